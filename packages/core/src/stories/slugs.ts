import { encodeSlug } from '../delivery/slug.js'
import type { StorySource } from './source.js'
import { trimSlashes } from './trim-slashes.js'

/**
 * Gives the full slug that a slug relative to a source means.
 *
 * @param slug - Empty or `undefined` is the source's start page, in a source without folder the space's home.
 * @returns The full slug, or `null` when no story can have it.
 */
export function resolveSlug({ startsWith, space }: StorySource, slug = ''): string | null {
  const relative = trimSlashes(slug)
  const fullSlug = relative === '' ? trimSlashes(startsWith) || space.home : `${startsWith}${relative}`
  return encodeSlug(fullSlug) === null ? null : fullSlug
}

/** Gives a story's slug relative to its source: the inverse of {@link resolveSlug}; a start page's is `undefined`. */
export function relativeSlug({ startsWith, space }: StorySource, fullSlug: string): string | undefined {
  const slug = trimSlashes(fullSlug)
  const start = trimSlashes(startsWith) || trimSlashes(space.home)
  return slug === start ? undefined : slug.slice(startsWith.length)
}
