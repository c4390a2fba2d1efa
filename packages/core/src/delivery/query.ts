import { KeyblokError } from '../errors.js'
import { serializeFilter, toMinute } from './filter-query.js'
import type { FilterQuery } from './filter-query.js'

/** What every read of stories may ask for. */
export interface StoryQuery {
  /** Relations to deliver beside the stories, such as `article.author`. */
  resolveRelations?: readonly string[]
  /** How many levels of relations; 2 by default. */
  resolveLevel?: 1 | 2
  /** What to deliver of the stories that links point to. */
  resolveLinks?: 'story' | 'url' | 'link'
  resolveLinksLevel?: 1 | 2
  /** Delivers the assets that fields refer to, on plans that have it. */
  resolveAssets?: boolean
  /** A language's code; without it the space's default language. */
  language?: string
  /** The language of fields that are not translated. */
  fallbackLang?: string
  /** Fields to leave out, of the first content level. */
  excludingFields?: readonly string[]
  /** The root component's name. */
  contentType?: string
}

/** What a read of several stories may ask for. */
export interface StoriesQuery extends StoryQuery {
  /** A prefix of the full slug. */
  startsWith?: string
  /** Full slugs; `*` stands for anything. */
  bySlugs?: readonly string[]
  excludingSlugs?: readonly string[]
  byUuids?: readonly string[]
  /** As `byUuids`, answered in this order. */
  byUuidsOrdered?: readonly string[]
  byIds?: readonly number[]
  excludingIds?: readonly number[]
  /** Folder depth, 1 at the root. */
  level?: number
  isStartpage?: boolean
  /** Stories with any of the tags. */
  withTag?: readonly string[]
  searchTerm?: string
  /** Ids of workflow stages. */
  inWorkflowStages?: readonly number[]
  publishedAtGt?: Date
  publishedAtLt?: Date
  firstPublishedAtGt?: Date
  firstPublishedAtLt?: Date
  updatedAtGt?: Date
  updatedAtLt?: Date
  /** Conditions on content fields. */
  filterQuery?: FilterQuery
  /** A property or content field with a direction, such as `first_published_at:desc`, or several, the first deciding. */
  sortBy?: string | readonly string[]
  /** The page, from 1. */
  page?: number
  /** Stories a page, 1 to 100. */
  perPage?: number
}

/** What a read of links may ask for. */
export interface LinksQuery extends Pick<StoriesQuery, 'startsWith' | 'page' | 'perPage'> {
  /** Adds the times of creation and publication. */
  includeDates?: boolean
}

/** What a read of datasources may ask for. */
export interface DatasourcesQuery extends Pick<StoriesQuery, 'page' | 'perPage'> {
  search?: string
  byIds?: readonly number[]
}

/** What a read of a datasource's entries may ask for. */
export interface DatasourceEntriesQuery extends Pick<StoriesQuery, 'page' | 'perPage'> {
  /** The datasource's slug; without it the entries of all of them. */
  datasource?: string
  /** The code of a dimension, whose values are delivered beside. */
  dimension?: string
}

/** What a read of tags may ask for. */
export interface TagsQuery extends Pick<StoriesQuery, 'startsWith' | 'filterQuery'> {
  allTags?: boolean
}

/** Every option that a read may have. */
export type AnyQuery = StoriesQuery & LinksQuery & DatasourcesQuery & DatasourceEntriesQuery & TagsQuery

/** The allow-list: options that become parameters of Storyblok's API, by turning their names to snake case. */
const allowed = new Set<string>([
  'resolveRelations',
  'resolveLinks',
  'resolveLinksLevel',
  'resolveAssets',
  'language',
  'fallbackLang',
  'excludingFields',
  'contentType',
  'startsWith',
  'bySlugs',
  'excludingSlugs',
  'byUuids',
  'byUuidsOrdered',
  'byIds',
  'excludingIds',
  'level',
  'isStartpage',
  'withTag',
  'searchTerm',
  'inWorkflowStages',
  'publishedAtGt',
  'publishedAtLt',
  'firstPublishedAtGt',
  'firstPublishedAtLt',
  'updatedAtGt',
  'updatedAtLt',
  'sortBy',
  'page',
  'perPage',
  'includeDates',
  'search',
  'datasource',
  'dimension',
  'allTags',
] satisfies (keyof AnyQuery)[])

const parameterNames = new Map([...allowed].map((option) => [option, toSnakeCase(option)]))

function toSnakeCase(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/**
 * Turns options into parameters, encoded and joined with `&`. What is not on the allow-list, such as a version or a
 * token, is refused.
 *
 * @throws {KeyblokError} `KB_PARAMETER_INVALID`.
 */
export function serializeQuery({ filterQuery, resolveLevel = 2, ...query }: AnyQuery): string {
  const parts: string[] = []
  for (const [option, value] of Object.entries(query)) {
    if (value === undefined) continue
    const name = parameterNames.get(option)
    if (name === undefined) throw new KeyblokError('KB_PARAMETER_INVALID', `There is no option “${option}”.`)
    const text = serializeValue(option, value)
    if (text !== '') parts.push(`${name}=${encodeURIComponent(text)}`)
  }
  // Without it Storyblok leaves second-level relations out once the first level is large.
  if (query.resolveRelations?.length && resolveLevel === 2) parts.push('resolve_level=2')
  const filter = filterQuery ? serializeFilter(filterQuery) : ''
  if (filter !== '') parts.push(filter)
  return parts.join('&')
}

function serializeValue(option: string, value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => serializeValue(option, item))
    if (items.some((item) => item.includes(','))) {
      throw new KeyblokError('KB_PARAMETER_INVALID', `An item of “${option}” holds a comma, which separates items.`)
    }
    return items.join(',')
  }
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'string' && value.isWellFormed()) return value
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value)
  if (value instanceof Date && !Number.isNaN(value.getTime())) return toMinute(value)
  throw new KeyblokError('KB_PARAMETER_INVALID', `The option “${option}” is ${JSON.stringify(value)}.`)
}
