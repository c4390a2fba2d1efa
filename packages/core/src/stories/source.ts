import type { FilterQuery } from '../delivery/filter-query.js'
import { trimSlashes } from './trim-slashes.js'
import type { Space } from './space.js'
import type { ContentField, ContentType } from './types.js'

/** Describes which stories to read: typed, token-free, plain data. */
export interface StorySource<Type extends string = string, Name extends string = string> {
  readonly space: Space<Name>
  /** The root component's name, or several; without it every content type matches. */
  readonly contentType?: Type | readonly Type[]
  /** The folder, such as `blog/`. Slugs are relative to it. Without it the whole space matches. */
  readonly startsWith: string
  /** Conditions on content fields. */
  readonly filterQuery?: FilterQuery
  /** A property or content field with a direction, such as `first_published_at:desc`. */
  readonly sortBy?: string
  /** Relations to resolve, fewer than the space's. */
  readonly resolveRelations?: readonly string[]
  /** What to read of the stories that links point to, in place of the space's choice. */
  readonly resolveLinks?: Space['resolveLinks']
  /** Stories a page, 1 to 100; 25 by default. */
  readonly perPage: number
}

/** What {@link defineStories} takes. */
export interface StoriesOptions<Type extends string, Name extends string> extends Partial<
  Omit<StorySource<Type, Name>, 'space' | 'filterQuery'>
> {
  /** Conditions on the fields of the content type. */
  readonly filterQuery?: FilterQuery<ContentField<Type, Name>>
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
 * export const articles = defineStories(space, {
 *   contentType: 'article',
 *   startsWith: 'blog/',
 *   filterQuery: { topic: { in: ['ice', 'rock'] } },
 * })
 * ```
 */
export function defineStories<Name extends string, const Type extends ContentType<Name> = ContentType<Name>>(
  space: Space<Name>,
  options: StoriesOptions<Type, Name> = {},
): StorySource<Type, Name> {
  const { startsWith = '', perPage = 25, ...rest } = options
  return { ...rest, space, startsWith: startsWith === '' ? '' : `${trimSlashes(startsWith)}/`, perPage }
}

/** Tells whether a story of some content type belongs to a source. */
export function hasContentType({ contentType }: StorySource, component: string): boolean {
  return contentType === undefined || [contentType].flat().includes(component)
}
