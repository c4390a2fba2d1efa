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
  const withDates = query.get('include_dates') === '1'
  const links = rows.slice((page - 1) * perPage, page * perPage).map((row) => [
    row.uuid,
    {
      ...linkOf(row),
      ...(withDates && { published_at: row.published_at, created_at: row.created_at, updated_at: row.updated_at }),
    },
  ])
  return {
    status: 200,
    body: { links: Object.fromEntries(links) },
    headers: { Total: String(rows.length), 'Per-Page': String(perPage) },
  }
}
