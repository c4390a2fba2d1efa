import type { AnyQuery } from '../delivery/query.js'
import { KeyblokError } from '../errors.js'
import type { ReadOptions } from '../stories/reader.js'
import { toFilterQuery } from './filter.js'
import { toTime } from './to-time.js'

/** What a call asks for, in the terms of the core. */
export interface AskedFor {
  query: AnyQuery
  options: Pick<ReadOptions, 'fromRelease'>
  findBy: unknown
}

type Convert = (value: unknown) => unknown

const text: Convert = (value) => String(value)
const number: Convert = (value) => Number(value)
const flag: Convert = (value) => value === true || value === 1 || value === '1' || value === 'true'
const list: Convert = (value) =>
  (Array.isArray(value) ? value : String(value).split(',')).map((item) => String(item).trim()).filter(Boolean)
const numbers: Convert = (value) => (list(value) as string[]).map(Number)
/** Storyblok takes times without a zone for UTC. */
const time: Convert = (value) => (value instanceof Date ? value : toTime(String(value)))
const links: Convert = (value) => (value === '0' ? undefined : value === '1' ? 'story' : value)

/** Parameters by the name that Storyblok's API has for them: the core's option, and how its value is read. */
const parameters: Readonly<Record<string, readonly [option: keyof AnyQuery, convert: Convert]>> = {
  resolve_relations: ['resolveRelations', list],
  resolve_level: ['resolveLevel', number],
  resolve_links: ['resolveLinks', links],
  resolve_links_level: ['resolveLinksLevel', number],
  resolve_assets: ['resolveAssets', flag],
  language: ['language', text],
  fallback_lang: ['fallbackLang', text],
  content_type: ['contentType', text],
  starts_with: ['startsWith', text],
  by_slugs: ['bySlugs', list],
  excluding_slugs: ['excludingSlugs', list],
  by_uuids: ['byUuids', list],
  by_uuids_ordered: ['byUuidsOrdered', list],
  by_ids: ['byIds', numbers],
  excluding_ids: ['excludingIds', numbers],
  excluding_fields: ['excludingFields', list],
  level: ['level', number],
  is_startpage: ['isStartpage', flag],
  with_tag: ['withTag', list],
  search_term: ['searchTerm', text],
  in_workflow_stages: ['inWorkflowStages', numbers],
  published_at_gt: ['publishedAtGt', time],
  published_at_lt: ['publishedAtLt', time],
  first_published_at_gt: ['firstPublishedAtGt', time],
  first_published_at_lt: ['firstPublishedAtLt', time],
  updated_at_gt: ['updatedAtGt', time],
  updated_at_lt: ['updatedAtLt', time],
  filter_query: ['filterQuery', toFilterQuery],
  sort_by: ['sortBy', text],
  page: ['page', number],
  per_page: ['perPage', number],
  include_dates: ['includeDates', flag],
  search: ['search', text],
  datasource: ['datasource', text],
  dimension: ['dimension', text],
}

/** Parameters that are read elsewhere, or that Keyblok decides about. */
const others = new Set(['version', 'token', 'cv', 'from_release', 'find_by', 'paginated'])

/**
 * Reads the parameters of a call.
 *
 * @throws {KeyblokError} `KB_PARAMETER_INVALID` for one that Keyblok does not forward.
 */
export function readParameters(params: Readonly<Record<string, unknown>>): AskedFor {
  const query: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null || value === '' || others.has(name)) continue
    const known = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (!known) throw new KeyblokError('KB_PARAMETER_INVALID', `There is no parameter “${name}”.`)
    query[known[0]] = known[1](value)
  }
  return { query: query as AnyQuery, options: releaseIn(params), findBy: params['find_by'] }
}

/** The Visual Editor writes `undefined` or 0 where it shows no release. */
function releaseIn({ from_release: release }: Readonly<Record<string, unknown>>): Pick<ReadOptions, 'fromRelease'> {
  const isOne = release !== undefined && release !== null && !['', '0', 'undefined', 'null'].includes(String(release))
  return isOne ? { fromRelease: String(release) } : {}
}
