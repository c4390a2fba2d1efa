import type { Space } from './space.js'
import { trimSlashes } from './trim-slashes.js'

/**
 * Turns a full slug into the path of its page: the home story is `/`, a folder's start page is the folder.
 *
 * @param fullSlug - A story's `full_slug`, or a link's `slug` or `cached_url`.
 */
export function storyHref(space: Space, fullSlug: string): string {
  const slug = trimSlashes(fullSlug)
  return slug === trimSlashes(space.home) ? '/' : `/${slug}`
}
