import { addEditorScript, answerEditor, answerFailure, finishUnsaved, readAgain } from '@keyblok/core/preview'
import type { PageTicket } from '@keyblok/core/preview'
import type { Storyblok, Visit } from '@keyblok/core/server'
import { defineStories } from '@keyblok/core'
import type { APIContext, APIRoute } from 'astro'
import options from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'
import { visitOf } from '../visit.js'
import { withReader } from '../request-reader.js'
import { site } from '../site.js'
import { editorParts } from './editor-parts.js'

// The endpoint that the integration injects for editors’ pages.
export const prerender = false

export const ALL: APIRoute = async (context) => {
  const { params, request, url } = context
  const visit = visitOf(context)
  try {
    return await answerEditor(site, request, params['action'] ?? '', {
      components: options.components && new Set(options.components),
      async render(ticket, unsaved) {
        const storyblok = readAgain(site, visit, ticket, unsaved)
        const page = new URL(ticket.path, url)
        const response = await renderPage(context, storyblok, page)
        const draft = { site, storyblok, grants: [ticket.grant], url: page }
        return addEditorScript(finishUnsaved(site, response), draft, editorParts)
      },
      locate: (ticket, storyId) => locate(visit, ticket, storyId),
    })
  } catch (error) {
    return answerFailure(error)
  }
}

/** Renders a page of this site, as its own request would; the reader is already there. */
function renderPage(context: APIContext, storyblok: Storyblok, page: URL): Promise<Response> {
  context.locals.storyblok = storyblok
  const headers = new Headers(context.request.headers)
  for (const name of ['content-type', 'content-length', 'content-encoding']) headers.delete(name)
  return withReader(storyblok, () => context.rewrite(new Request(page, { headers })))
}

async function locate(visit: Visit, ticket: PageTicket, id: number): Promise<string | undefined> {
  const storyblok = readAgain(site, visit, ticket)
  const story = await storyblok.story(defineStories(siteSpace), { id }, { language: ticket.language })
  return story?.href
}
