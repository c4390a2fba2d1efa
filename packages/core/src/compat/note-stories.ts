import type { WireStory } from '../delivery/wire.js'
import { referTo } from '../stories/complete.js'
import { findReferences } from '../stories/find-references.js'
import type { Story } from '../stories/types.js'
import type { ReadStories } from '../stories/with-unsaved.js'
import type { Call } from './call.js'

/** Notes that a page shows a story, or that there is none: what caches and editors have to know. */
export function noteStory(call: Call, read: ReadStories | null): void {
  const { reader, space } = call
  const [story] = read?.stories ?? []
  reader.journal.story(space, read && story ? notedOf(story, read, call) : null)
}

/** Notes that a page shows a list. */
export function noteList(call: Call, read: ReadStories): void {
  const { reader, space, query } = call
  const { startsWith = '' } = query
  reader.journal.list(
    { space, startsWith },
    read.stories.map((story) => notedOf(story, read, call)),
  )
}

/** A story as the journal has it, with all that was delivered beside it: any of that may stand in it. */
function notedOf(story: WireStory, { rels, links }: ReadStories, { reader, space, query }: Call): Story {
  const noted: Story = { ...story, href: reader.href(space, story.full_slug) ?? '', alternates: [] }
  const known = new Set(rels.map(({ uuid }) => uuid))
  const { relations } = findReferences(story.content, query.resolveRelations ?? [])
  const folders = (story.alternates ?? []).filter(({ is_folder: isFolder }) => !isFolder)
  referTo(noted, {
    stories: new Set([...rels, ...links]),
    missing: new Set([...relations].filter((uuid) => !known.has(uuid))),
    alternates: folders.map(({ id, full_slug: slug }) => ({ id, slug })),
  })
  return noted
}
