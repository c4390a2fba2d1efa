import type { FilterQuery } from '../delivery/filter-query.js'
import { trimSlashes } from './trim-slashes.js'
import type { Space } from './space.js'
import type { ContentFields, ContentType, RelationName } from './types.js'

/** Describes which stories to read: typed, token-free, plain data. */
export interface StorySource<
  Type extends string = string,
  Name extends string = string,
  Relation extends string = string,
> {
  readonly space: Space<Name>
  /** The root component's name, or several; without it every content type matches. */
  readonly contentType?: Type | readonly Type[]
  /** The folder, such as `blog/`. Slugs are relative to it. Without it the whole space matches. */
  readonly startsWith: string
  /** Conditions on content fields. */
  readonly filterQuery?: FilterQuery
  /** A property or content field with a direction, such as `first_published_at:desc`, or several, the first deciding. */
  readonly sortBy?: string | readonly string[]
  /** Relations to resolve, in place of the space's. */
  readonly resolveRelations?: readonly Relation[]
  /** What to read of the stories that links point to, in place of the space's choice. */
  readonly resolveLinks?: Space['resolveLinks']
  /** Stories a page, 1 to 100; 25 by default. */
  readonly perPage: number
}

type StoryProperty =
  | 'id'
  | 'uuid'
  | 'name'
  | 'slug'
  | 'full_slug'
  | 'created_at'
  | 'updated_at'
  | 'published_at'
  | 'first_published_at'
  | 'sort_by_date'
  | 'position'

/**
 * An order of stories: a property, or `content.` and a field, with a direction. Content compares as text unless `int` or
 * `float` follows.
 */
export type SortBy<Fields = Record<string, unknown>> =
  | `${StoryProperty}:${'asc' | 'desc'}`
  | `content.${keyof Fields & string}:${'asc' | 'desc'}${'' | ':int' | ':float'}`

/** What {@link defineStories} takes. */
export interface StoriesOptions<Type extends string, Name extends string, Relation extends string = string> {
  /** The root component's name, or several; without it every content type matches. */
  readonly contentType?: Type | readonly Type[]
  /** The folder, such as `blog/`. Slugs are relative to it. Without it the whole space matches. */
  readonly startsWith?: string
  /** Relations to resolve, in place of the space's. */
  readonly resolveRelations?: readonly Relation[]
  /** What to read of the stories that links point to, in place of the space's choice. */
  readonly resolveLinks?: Space['resolveLinks']
  /** Stories a page, 1 to 100; 25 by default. */
  readonly perPage?: number
  /** Conditions on the fields of the content type. */
  readonly filterQuery?: FilterQuery<ContentFields<Type, Name>>
  /** A property or content field with a direction, such as `first_published_at:desc`, or several, the first deciding. */
  readonly sortBy?: SortBy<ContentFields<Type, Name>> | readonly SortBy<ContentFields<Type, Name>>[]
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
export function defineStories<
  Name extends string,
  SpaceRelation extends string,
  const Type extends ContentType<Name> = ContentType<Name>,
  const Relation extends RelationName<Name> = SpaceRelation & RelationName<Name>,
>(
  space: Space<Name, SpaceRelation>,
  options: StoriesOptions<Type, Name, Relation> = {},
): StorySource<Type, Name, Relation> {
  const { startsWith = '', perPage = 25, ...rest } = options
  return { ...rest, space, startsWith: startsWith === '' ? '' : `${trimSlashes(startsWith)}/`, perPage }
}

/** Tells whether a story of some content type belongs to a source. */
export function hasContentType({ contentType }: StorySource, component: string): boolean {
  return contentType === undefined || [contentType].flat().includes(component)
}
