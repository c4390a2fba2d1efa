import { notAllowed, unprocessable } from '../answer.js'

const everywhere = ['version', 'cv']

const shared = [
  'resolve_links',
  'resolve_relations',
  'resolve_level',
  'language',
  'fallback_lang',
  'content_type',
  'excluding_fields',
  'from_release',
  'resolve_links_level',
  'resolve_assets',
]

/** The parameters that the endpoint of one story takes. */
export const storyParameters: readonly string[] = [...everywhere, ...shared, 'find_by']

/** The parameters that the endpoint of the list takes. */
export const storiesParameters: readonly string[] = [
  ...everywhere,
  ...shared,
  'starts_with',
  'by_slugs',
  'excluding_slugs',
  'by_uuids',
  'by_uuids_ordered',
  'by_ids',
  'excluding_ids',
  'is_startpage',
  'with_tag',
  'sort_by',
  'page',
  'per_page',
  'level',
  'search_term',
  'filter_query',
  'in_workflow_stages',
  'only_variants',
  ...['published_at', 'first_published_at', 'updated_at'].flatMap((field) =>
    ['gt', 'gte', 'lt', 'lte'].map((operator) => `${field}_${operator}`),
  ),
]

/**
 * Checks a query against an endpoint's allow-list. The stories endpoints refuse what they do not know, and name nested
 * parameters by their root.
 *
 * @throws {WireError} With status 422.
 */
export function assertParameters(query: URLSearchParams, known: readonly string[]): void {
  const names = [...new Set([...query.keys()].map((name) => name.replace(/\[.*$/, '')))]
  const unknown = names.filter((name) => name !== 'token' && !known.includes(name)).toSorted()
  if (unknown.length > 0) throw notAllowed(unknown)
}

/** Splits a comma list; an absent or empty parameter is `undefined`. */
export function listParameter(query: URLSearchParams, name: string): string[] | undefined {
  const items = query
    .get(name)
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  return items === undefined || items.length === 0 ? undefined : items
}

export interface Page {
  page: number
  perPage: number
}

interface PageLimits {
  /** The size of a page that is not asked for; 25 by default. */
  usual?: number
  most: number
  /** What happens to a size above the most. */
  excessive: 'clamp' | 'refuse'
}

/**
 * Reads `page` and `per_page`; values out of range are moved into it.
 *
 * @throws {WireError} With status 422 when the page is too large and such are refused.
 */
export function pageParameters(query: URLSearchParams, { usual = 25, most, excessive }: PageLimits): Page {
  const perPage = integer(query.get('per_page')) ?? usual
  if (perPage > most && excessive === 'refuse') throw unprocessable(`per_page must be at most ${most}`)
  return { page: Math.max(1, integer(query.get('page')) ?? 1), perPage: Math.min(most, Math.max(1, perPage)) }
}

function integer(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : undefined
}
