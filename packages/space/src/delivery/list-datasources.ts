import { notFound } from './answer.js'
import type { Answer } from './answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import { listParameter, pageParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/datasources`. */
export function listDatasources(request: DeliveryRequest): Answer {
  const { store, query } = request
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const search = (query.get('search') ?? '').toLowerCase()
  const ids = listParameter(query, 'by_ids')
  const { page, perPage } = pageParameters(query, 25, 1000)
  const found = store
    .datasources()
    .filter(
      ({ id, name, slug }) => `${name}\n${slug}`.toLowerCase().includes(search) && (ids?.includes(`${id}`) ?? true),
    )
  return {
    status: 200,
    body: { datasources: found.slice((page - 1) * perPage, page * perPage), cv: store.space.cv },
    headers: { Total: String(found.length), 'Per-Page': String(perPage) },
  }
}

/** Answers `GET /v2/cdn/datasources/{id or slug}`. */
export function getDatasource(request: DeliveryRequest, identifier: string): Answer {
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const { store } = request
  const datasource = store.datasources().find(({ id, slug }) => slug === identifier || String(id) === identifier)
  if (!datasource) throw notFound()
  return { status: 200, body: { datasource, cv: store.space.cv } }
}
