import { notAllowed, notSupported, WireError } from './answer.js'

const everywhere = ['token', 'version', 'cv']

const shared = [
  'resolve_links',
  'resolve_relations',
  'resolve_level',
  'language',
  'fallback_lang',
  'content_type',
  'excluding_fields',
  'from_release',
]
const sharedUnsupported = ['resolve_links_level', 'resolve_assets']

/** The parameters of an endpoint: those answered here, and those only Storyblok answers. */
interface Parameters {
  supported: readonly string[]
  unsupported: readonly string[]
}

export const storyParameters: Parameters = {
  supported: [...everywhere, ...shared, 'find_by'],
  unsupported: sharedUnsupported,
}

export const storiesParameters: Parameters = {
  supported: [
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
    ...['published_at', 'first_published_at', 'updated_at'].flatMap((field) =>
      ['gt', 'gte', 'lt', 'lte'].map((operator) => `${field}_${operator}`),
    ),
  ],
  unsupported: [...sharedUnsupported, 'in_workflow_stages', 'only_variants'],
}

/**
 * Checks a query against an endpoint's allow-list. The stories endpoints refuse what they do not know, and name nested
 * parameters by their root.
 */
export function assertParameters(query: URLSearchParams, { supported, unsupported }: Parameters): void {
  for (const [name, value] of query) {
    if (`${name}${value}`.includes('\0')) throw new WireError(400, { error: 'string contains null byte' })
  }
  const names = [...new Set([...query.keys()].map((name) => name.replace(/\[.*$/, '')))].toSorted()
  const unknown = names.filter((name) => !supported.includes(name) && !unsupported.includes(name))
  if (unknown.length > 0) throw notAllowed(unknown)
  const missing = names.filter((name) => unsupported.includes(name))
  if (missing.length > 0) throw notSupported(missing)
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

/** Reads `page` and `per_page`; values out of range are moved into it. */
export function pageParameters(query: URLSearchParams, defaultPerPage: number, maxPerPage: number): Page {
  return {
    page: Math.max(1, integer(query.get('page')) ?? 1),
    perPage: Math.min(maxPerPage, Math.max(1, integer(query.get('per_page')) ?? defaultPerPage)),
  }
}

function integer(value: string | null): number | undefined {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : undefined
}
