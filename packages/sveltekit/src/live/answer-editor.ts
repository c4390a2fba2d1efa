import { defineSpace, defineStories } from '@keyblok/core'
import type { Space } from '@keyblok/core'
import { answerEditor, answerFailure, endpointFolder, readAgain } from '@keyblok/core/preview'
import type { PageTicket } from '@keyblok/core/preview'
import type { UnsavedStory, Visit } from '@keyblok/core/server'
import type { RequestEvent } from '@sveltejs/kit'
import { stringify } from 'devalue'
import options from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'
import { readPage } from '../page/read-page.js'
import { site } from '../site.js'
import { rememberGrants } from './story-preview.js'

/** Gives what the path of a request asks of the endpoint for editors' pages; nothing for every other path. */
export function editorAction({ pathname }: URL): string | undefined {
  const folder = `${options.routing.base ?? ''}${endpointFolder}/`
  return pathname.startsWith(folder) ? pathname.slice(folder.length).replace(/\/$/, '') : undefined
}

/** Answers the script of an editor's page. */
export async function answerEditorsPage(
  { request, url }: RequestEvent,
  action: string,
  visit: Visit,
): Promise<Response> {
  try {
    return await answerEditor(site, request, action, {
      components: options.components && new Set(options.components),
      render: (ticket, unsaved) => sendUnsaved(visit, ticket, unsaved, url),
      async locate(ticket, id) {
        const story = await readStory(visit, ticket, id)
        return story?.href
      },
    })
  } catch (error) {
    return answerFailure(error)
  }
}

/** Sends the story as a load does, with what its bloks read. */
async function sendUnsaved(visit: Visit, ticket: PageTicket, unsaved: UnsavedStory, url: URL): Promise<Response> {
  const storyblok = readAgain(site, visit, ticket, unsaved)
  rememberGrants(storyblok, [ticket.grant])
  const story = await storyblok.story(sourceOf(ticket), { id: unsaved.id }, { language: ticket.language })
  const event = { locals: { storyblok }, url: new URL(ticket.path, url) }
  const page = story && (await readPage(event, story, spaceOf(ticket), ticket.language))
  return new Response(stringify(page), { headers: { 'Content-Type': 'application/json' } })
}

function readStory(visit: Visit, ticket: PageTicket, id: number): Promise<{ href: string } | null> {
  const { language } = ticket
  return readAgain(site, visit, ticket).story<string, string, string>(sourceOf(ticket), { id }, { language })
}

/** Any story of the space, with what the page asked for beside it. */
function sourceOf(ticket: PageTicket): ReturnType<typeof defineStories> {
  const { relations = [], links } = ticket
  return { ...defineStories(spaceOf(ticket)), resolveRelations: relations, resolveLinks: links }
}

function spaceOf({ grant: { spaceId } }: PageTicket): Space {
  const prefix = site.spaces.find((one) => site.connect(one).settings.spaceId === spaceId)
  return prefix === undefined || prefix === siteSpace.envPrefix ? siteSpace : defineSpace({ envPrefix: prefix })
}
