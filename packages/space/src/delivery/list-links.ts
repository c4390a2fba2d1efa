import type { StoryRow } from '../store/store.js'
import { notFound } from './answer.js'
import type { Answer } from './answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import { pageParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'
import { linkOf } from './sideload.js'

/** Answers `GET /v2/cdn/links`: stories and folders without content, by UUID. */
export function listLinks(request: DeliveryRequest): Answer {
  const { store, version, query } = request
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const rows = store.findLinks(version, query.get('starts_with') ?? '')
  const { page, perPage } = pageParameters(query, 25, 1000)
  const links = rows.slice((page - 1) * perPage, page * perPage).map((row) => [row.uuid, datedLink(row, query)])
  return {
    status: 200,
    body: { links: Object.fromEntries(links) },
    headers: { Total: String(rows.length), 'Per-Page': String(perPage) },
  }
}

/** Answers `GET /v2/cdn/links/{uuid}`. */
export function getLink(request: DeliveryRequest, uuid: string): Answer {
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const row = request.store.findLink(request.version, uuid)
  if (row === undefined) throw notFound()
  return { status: 200, body: { link: datedLink(row, request.query) } }
}

function datedLink(row: Omit<StoryRow, 'content'>, query: URLSearchParams): Record<string, unknown> {
  const { published_at, created_at, updated_at } = row
  return { ...linkOf(row), ...(query.get('include_dates') === '1' && { published_at, created_at, updated_at }) }
}
