import { CacheTags } from './cache-tags.js'
import type { Link } from './reader.js'
import type { EnvPrefix } from './space.js'

/**
 * Gives the tags of the pages that are old, by what became of the stories of a space: those that show a story which was
 * published, moved or removed, the lists of its folders, and the navigation where a name, a slug or the order changed.
 *
 * @param before - The space's links with their dates when the oldest page was cached.
 * @param after - The links as they are now.
 */
export function tagsOfChanges(envPrefix: EnvPrefix, before: readonly Link[], after: readonly Link[]): string[] {
  const tags = new CacheTags(envPrefix)
  const changed = new Set<string>()
  const old = new Map(before.map((link) => [link.id, link]))
  const now = new Map(after.map((link) => [link.id, link]))
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(id), now.get(id)]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    changed.add(tags.story(id))
    for (const link of [was, is]) for (const list of link ? tags.listsOf(link.slug) : []) changed.add(list)
    if (entryOf(was) !== entryOf(is)) changed.add(tags.links)
  }
  return changed.size === 0 ? [] : [...changed, tags.stories, tags.missing, tags.tags]
}

/** What a navigation shows of a story. */
function entryOf(link: Link | undefined): string {
  if (!link) return ''
  const { published_at: _publishedAt, updated_at: _updatedAt, created_at: _createdAt, ...entry } = link
  return JSON.stringify(entry)
}
