import type { StoryEntry } from '../store/stories.js'
import type { Store } from '../store/store.js'

/** A story of the same group: the same page in another folder, often in another language. */
export interface Alternate {
  id: number
  name: string
  slug: string
  published: boolean
  full_slug: string
  is_folder: boolean
  parent_id: number
}

/** Finds the other stories of a story's group, as both APIs answer them. */
export function findAlternates(store: Store, entry: StoryEntry): Alternate[] {
  return store.stories.findAlternates(entry).map((other) => ({
    id: other.id,
    name: other.name,
    slug: other.slug,
    published: other.published_at !== null,
    full_slug: other.full_slug,
    is_folder: other.is_folder === 1,
    parent_id: other.parent_id,
  }))
}
