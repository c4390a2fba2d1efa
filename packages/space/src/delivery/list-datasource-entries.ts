import { notFound } from './answer.js'
import type { Answer } from './answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import { pageParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/datasource_entries`: those of one datasource, or all of the space. */
export function listDatasourceEntries(request: DeliveryRequest): Answer {
  const { store, query } = request
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const asked = query.get('datasource') ?? ''
  const datasource = store.datasources().find(({ id, slug }) => slug === asked || String(id) === asked)
  if (asked !== '' && !datasource) throw notFound()
  const entries = store.datasourceEntries(datasource?.id)
  const dimension = query.get('dimension') ?? ''
  const { page, perPage } = pageParameters(query, 25, 1000)
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
      cv: store.space.cv,
    },
    headers: { Total: String(entries.length), 'Per-Page': String(perPage) },
  }
}
