import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import type { Recorded } from '../store/records.js'
import type { Store } from '../store/store.js'
import { listParameter, pageParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/datasources`. */
export function listDatasources(request: DeliveryRequest): Answer {
  const { store, query, cv, behaviour } = request
  const search = (query.get('search') ?? '').toLowerCase()
  const ids = listParameter(query, 'by_ids')
  const { page, perPage } = pageParameters(query, { most: 1000, excessive: behaviour.excessivePerPage })
  const found = store
    .records('datasources')
    .list()
    .filter(({ id, name, slug }) => {
      const isNamed = `${String(name)}\n${String(slug)}`.toLowerCase().includes(search)
      return isNamed && (ids?.includes(String(id)) ?? true)
    })
  return {
    status: 200,
    body: { datasources: found.slice((page - 1) * perPage, page * perPage), cv },
    headers: { Total: String(found.length), 'Per-Page': String(perPage) },
  }
}

/** Answers `GET /v2/cdn/datasources/{id or slug}`. */
export function getDatasource(request: DeliveryRequest, identifier: string): Answer {
  const datasource = findDatasource(request.store, identifier)
  if (!datasource) throw notFound()
  return { status: 200, body: { datasource, cv: request.cv } }
}

/** Finds a datasource by its slug or id. */
export function findDatasource(store: Store, identifier: string): Recorded | undefined {
  const datasources = store.records('datasources').list()
  return datasources.find(({ id, slug }) => slug === identifier || String(id) === identifier)
}
