import { trimSlashes } from './trim-slashes.js'
import type { Space } from './space.js'
import type { ContentType } from './types.js'

/** Describes which stories to read: typed, token-free, plain data. */
export interface StorySource<Type extends string = string, Name extends string = string> {
  readonly space: Space<Name>
  /** The root component's name; without it every content type matches. */
  readonly contentType?: Type
  /** The folder, such as `blog/`. Slugs are relative to it. Without it the whole space matches. */
  readonly startsWith: string
  /** A property or content field with a direction, such as `first_published_at:desc`. */
  readonly sortBy?: string
  /** Stories a page, 1 to 100; 25 by default. */
  readonly perPage: number
}

/**
 * Defines a story source.
 *
 * @param space - The space that the stories live in.
 * @param options - Which of its stories.
 * @returns The source, to hand to a reader.
 *
 * @example
 * ```ts
 * import { defineSpace, defineStories } from '@keyblok/core'
 *
 * const space = defineSpace()
 * export const articles = defineStories(space, { contentType: 'article', startsWith: 'blog/' })
 * ```
 */
export function defineStories<Name extends string, const Type extends ContentType<Name> = ContentType<Name>>(
  space: Space<Name>,
  options: Partial<Omit<StorySource<Type, Name>, 'space'>> = {},
): StorySource<Type, Name> {
  const { startsWith = '', perPage = 25, ...rest } = options
  return { ...rest, space, startsWith: startsWith === '' ? '' : `${trimSlashes(startsWith)}/`, perPage }
}
