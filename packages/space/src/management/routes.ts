import type { Context, Hono } from 'hono'
import { notFound, unauthorized, WireError } from '../delivery/answer.js'
import type { Answer } from '../delivery/answer.js'
import { pageParameters } from '../delivery/parameters.js'
import type { Store } from '../store/store.js'

/** Adds what tools need of the Management API, version 1, to know a space's schema. */
export function addManagementRoutes(app: Hono, store: Store): void {
  const lists: Record<string, (query: URLSearchParams) => Answer> = {
    components: () => ({ status: 200, body: { components: store.components } }),
    datasources: (query) => page('datasources', store.datasources(), query, 100),
    datasource_entries: (query) => page('datasource_entries', listEntries(store, query), query, 1000),
  }
  app.get('/v1/spaces/:space/:list', (context) => {
    const { space, list } = context.req.param()
    const { searchParams } = new URL(context.req.url)
    return answer(context, () => {
      if (!store.isPersonalToken(context.req.header('Authorization') ?? '')) throw unauthorized()
      const operation = Object.hasOwn(lists, list) ? lists[list] : undefined
      if (!operation || space !== String(store.spaceId)) throw notFound()
      return operation(searchParams)
    })
  })
}

function listEntries(store: Store, query: URLSearchParams): unknown[] {
  const asked = query.get('datasource_id') ?? query.get('datasource_slug') ?? ''
  const datasource = store.datasources().find(({ id, slug }) => String(id) === asked || slug === asked)
  if (asked !== '' && !datasource) throw notFound()
  return store
    .datasourceEntries(datasource?.id)
    .map(({ id, name, value }) => ({ id, name, value, dimension_value: null }))
}

function page(name: string, items: readonly unknown[], query: URLSearchParams, most: number): Answer {
  const { page, perPage } = pageParameters(query, 25, most)
  return {
    status: 200,
    body: { [name]: items.slice((page - 1) * perPage, page * perPage) },
    headers: { Total: String(items.length), 'Per-Page': String(perPage) },
  }
}

function answer(context: Context, run: () => Answer): Response {
  try {
    const { status, body, headers } = run()
    return context.json(body as object, status as 200, { ...headers, 'Cache-Control': 'no-store' })
  } catch (error) {
    if (error instanceof WireError) return context.json(error.answer.body as object, error.answer.status as 401)
    throw error
  }
}
