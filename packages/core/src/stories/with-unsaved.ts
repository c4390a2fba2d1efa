import type { ReadContext } from '../delivery/delivery.js'
import type { Sideloaded, WireLinkedStory, WireStory } from '../delivery/wire.js'
import { findReferences } from './find-references.js'
import type { RelatedStories } from './related.js'
import { UnsavedContent } from './unsaved-content.js'
import type { UnsavedStory } from './unsaved-content.js'

/** What was read, before it is finished. */
export interface ReadStories {
  stories: readonly WireStory[]
  rels: readonly WireStory[]
  links: readonly WireLinkedStory[]
}

/** How the references of what is unsaved are followed. */
export interface Following {
  relations: readonly string[]
  /** How many levels of relations are resolved. */
  levels: number
  /** Whether links are told of their stories. */
  links: boolean
  language: string | undefined
  related: RelatedStories
  context: ReadContext
}

/**
 * Puts what an editor did not save in the place of what was read of the story, wherever it stands, and reads the stories
 * that only the unsaved content refers to.
 */
export async function withUnsaved(
  read: ReadStories,
  unsaved: UnsavedStory,
  following: Following,
): Promise<ReadStories> {
  const swap = (story: WireStory): WireStory => (story.id === unsaved.id ? swapped(story, unsaved, following) : story)
  const stories = read.stories.map(swap)
  const rels = read.rels.map(swap)
  const own = [...stories, ...rels].filter(({ id }) => id === unsaved.id)
  if (own.length === 0) return read
  const more = await readUnknown(own, { stories, rels, links: read.links }, following)
  return { stories, rels: [...rels, ...more.rels], links: [...read.links, ...more.links] }
}

function swapped(story: WireStory, unsaved: UnsavedStory, { language }: Following): WireStory {
  const { content, name = story.name, tag_list: tags = story.tag_list } = unsaved
  const delivered = new UnsavedContent(unsaved, language).deliver(content) as WireStory['content']
  return { ...story, name, tag_list: [...tags], content: delivered }
}

async function readUnknown(
  own: readonly WireStory[],
  { rels, links }: ReadStories,
  { relations, levels, links: readLinks, related, context }: Following,
): Promise<{ rels: WireStory[]; links: WireLinkedStory[] }> {
  const known = new Set(rels.map(({ uuid }) => uuid))
  const knownLinks = new Set(links.map(({ uuid }) => uuid))
  const found: { rels: WireStory[]; links: WireLinkedStory[] } = { rels: [], links: [] }
  let level: readonly WireStory[] = own
  for (let depth = 0; depth < levels && level.length > 0; depth++) {
    const references = level.map(({ content }) => findReferences(content, relations))
    const unknown = newOnes(
      references.flatMap((one) => [...one.relations]),
      known,
    )
    const unknownLinks = readLinks
      ? newOnes(
          references.flatMap((one) => [...one.links]),
          knownLinks,
        )
      : []
    if (unknown.length + unknownLinks.length === 0) break
    const answer: Sideloaded = { rels: [], rel_uuids: unknown, links: [], link_uuids: unknownLinks }
    const more = await related.of(answer, context)
    found.rels.push(...more.rels)
    found.links.push(...more.links)
    level = more.rels
  }
  return found
}

/** More stories than this are not read for what is unsaved: no page shows so many, and visitors share the limit of requests. */
const mostUnknown = 300

/** Gives those that are not known yet; then they are. */
function newOnes(uuids: readonly string[], known: Set<string>): string[] {
  const unknown = [...new Set(uuids)].filter((uuid) => !known.has(uuid)).slice(0, mostUnknown)
  for (const uuid of unknown) known.add(uuid)
  return unknown
}
