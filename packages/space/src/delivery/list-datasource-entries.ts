import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import { findDatasource } from './list-datasources.js'
import { pageParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/datasource_entries`: those of one datasource, or all of the space. */
export function listDatasourceEntries(request: DeliveryRequest): Answer {
  const { store, query, cv, behaviour } = request
  const asked = query.get('datasource') ?? ''
  const datasource = findDatasource(store, asked)
  if (asked !== '' && !datasource) throw notFound()
  const entries = store.datasourceEntries.list(datasource?.id)
  const dimension = query.get('dimension') ?? ''
  const { page, perPage } = pageParameters(query, { most: 1000, excessive: behaviour.excessivePerPage })
  return {
    status: 200,
    body: {
      datasource_entries: entries
        .slice((page - 1) * perPage, page * perPage)
        .map(({ id, name, value, dimensions }) => ({
          id,
          name,
          value,
          dimension_value: Object.hasOwn(dimensions, dimension) ? dimensions[dimension] : null,
        })),
      cv,
    },
    headers: { Total: String(entries.length), 'Per-Page': String(perPage) },
  }
}
