import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import { allOf, startsWith } from '../store/condition.js'
import type { StoryEntry } from '../store/stories.js'
import { pageParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'
import { linkOf } from './sideload.js'

/** Answers `GET /v2/cdn/links`: stories and folders without content, by UUID. */
export function listLinks(request: DeliveryRequest): Answer {
  const { store, view, scope, query, behaviour } = request
  const conditions = [scope, startsWith(query.get('starts_with') ?? '')]
  const parent = query.get('with_parent')
  if (parent) conditions.push({ sql: 's.parent_id = ?', values: [Number(parent)] })
  const uuid = query.get('by_uuid')
  if (uuid) conditions.push({ sql: 's.uuid = ?', values: [uuid] })
  const rows = store.stories.findLinks(view, allOf(conditions))
  const answer = (shown: readonly StoryEntry[], headers: Record<string, string>): Answer => ({
    status: 200,
    body: { links: Object.fromEntries(shown.map((row) => [row.uuid, datedLink(row, query)])) },
    headers,
  })
  if (behaviour.pagedLinks === 'onRequest' && query.get('paginated') !== '1') return answer(rows, {})
  const { page, perPage } = pageParameters(query, { most: 1000, excessive: behaviour.excessivePerPage })
  return answer(rows.slice((page - 1) * perPage, page * perPage), {
    Total: String(rows.length),
    'Per-Page': String(perPage),
  })
}

/** Answers `GET /v2/cdn/links/{uuid}`. */
export function getLink(request: DeliveryRequest, uuid: string): Answer {
  const { store, view, scope, query } = request
  const [row] = store.stories.findLinks(view, allOf([scope, { sql: 's.uuid = ?', values: [uuid] }]))
  if (row === undefined) throw notFound()
  return { status: 200, body: { link: datedLink(row, query) } }
}

function datedLink(row: StoryEntry, query: URLSearchParams): Record<string, unknown> {
  const { published_at, created_at, updated_at } = row
  return { ...linkOf(row), ...(query.get('include_dates') === '1' && { published_at, created_at, updated_at }) }
}
