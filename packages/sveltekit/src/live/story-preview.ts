import type { Space, Story as ReadStory } from '@keyblok/core'
import { createPageTicket } from '@keyblok/core/preview'
import type { Grant } from '@keyblok/core/preview'
import { referencedIds } from '@keyblok/core/server'
import type { Storyblok } from '@keyblok/core/server'
import blokData from 'virtual:keyblok/blok-data'
import { site } from '../site.js'

/** What an editor's page is told of a story, beside the story. */
export interface StoryPreview {
  /** The proof that the server read the story for this page. */
  ticket: string
  space: number
  language: string | undefined
  /** The relations that were asked for, as `component.field`. */
  relations: readonly string[]
  links: Space['resolveLinks']
  /** The components whose data the server reads. */
  data: readonly string[]
}

/** The field of a story that holds it. Only editors' pages have it. */
export const previewField = '_keyblok'

const grantsOf = new WeakMap<Storyblok, readonly Grant[]>()

/** Remembers by what right a request reads drafts. */
export function rememberGrants(storyblok: Storyblok, grants: readonly Grant[]): void {
  if (grants.length > 0) grantsOf.set(storyblok, grants)
}

/** Tells what an editor's page needs to follow a story; nothing for anybody else's. */
export async function previewOf(
  storyblok: Storyblok,
  story: ReadStory,
  { url, space, language }: { url: URL; space: Space; language: string | undefined },
): Promise<StoryPreview | undefined> {
  const { spaceId } = site.connect(space.envPrefix).settings
  const grant = grantsOf.get(storyblok)?.find((one) => one.spaceId === spaceId)
  if (!grant) return undefined
  const { relations, links } = storyblok.journal
  const stories = referencedIds(story)
  const ticket = await createPageTicket(grant, { path: url.pathname, stories, language, relations, links })
  return { ticket, space: grant.spaceId, language, relations, links, data: Object.keys(blokData) }
}
