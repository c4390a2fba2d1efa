import type { Context, Hono } from 'hono'
import type { Store } from '../store/store.js'
import { notFound, WireError } from './answer.js'
import type { Answer } from './answer.js'
import { getAsset } from './get-asset.js'
import { getSpace } from './get-space.js'
import { getStory } from './get-story.js'
import { listDatasourceEntries } from './list-datasource-entries.js'
import { getDatasource, listDatasources } from './list-datasources.js'
import { getLink, listLinks } from './list-links.js'
import { listStories } from './list-stories.js'
import { listTags } from './list-tags.js'
import { createRateLimit } from './rate-limit.js'
import { authorize } from './request.js'
import type { DeliveryRequest } from './request.js'

type Operation = (request: DeliveryRequest) => Answer

/** Endpoints of one record, whose identifier is the rest of the path. */
const recordOperations: Record<string, (request: DeliveryRequest, identifier: string) => Answer> = {
  '/v2/cdn/stories/': getStory,
  '/v2/cdn/links/': getLink,
  '/v2/cdn/datasources/': getDatasource,
}

/** Adds the endpoints of the Content Delivery API, version 2. */
export function addDeliveryRoutes(app: Hono, store: Store, { rateLimit = false }: { rateLimit?: boolean } = {}): void {
  const limit = rateLimit ? createRateLimit() : undefined
  const operations: Record<string, Operation> = {
    '/v2/cdn/stories': listStories,
    '/v2/cdn/links': listLinks,
    '/v2/cdn/spaces/me': getSpace,
    '/v2/cdn/tags': listTags,
    '/v2/cdn/datasources': listDatasources,
    '/v2/cdn/datasource_entries': listDatasourceEntries,
    '/v2/cdn/assets/me': getAsset,
  }
  app.get('/v2/cdn/*', (context) => {
    const url = new URL(context.req.url)
    // Storyblok accepts a trailing slash everywhere.
    const path = url.pathname.replace(/\/$/, '')
    return answer(context, url, () => {
      const request = authorize(store, url)
      limit?.(url.searchParams)
      const operation = operations[path]
      if (operation) return { request, answer: operation(request) }
      const [prefix, getRecord] = Object.entries(recordOperations).find(([prefix]) => path.startsWith(prefix)) ?? []
      if (!prefix || !getRecord) throw notFound()
      return { request, answer: getRecord(request, decodeIdentifier(path.slice(prefix.length))) }
    })
  })
}

function decodeIdentifier(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw notFound()
  }
}

function answer(context: Context, url: URL, run: () => { request: DeliveryRequest; answer: Answer }): Response {
  try {
    const { request, answer } = run()
    return write(context, url, answer, {
      'Cache-Control':
        request.version === 'draft'
          ? 'max-age=0, private, must-revalidate'
          : 'max-age=0, public, s-maxage=604800, stale-if-error=3600',
      ...answer.headers,
    })
  } catch (error) {
    if (error instanceof WireError) return write(context, url, error.answer, { 'Cache-Control': 'no-cache' })
    throw error
  }
}

function write(context: Context, url: URL, { status, body }: Answer, headers: Record<string, string>): Response {
  const text = typeof body === 'string' ? body : localizeAssets(serialize(body), url.origin)
  return context.body(text, status as 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Access-Control-Allow-Origin': '*',
    Vary: 'Origin',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
}

/** Serializes as Rails does: angle brackets and ampersands are escaped. */
function serialize(body: unknown): string {
  const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }
  return JSON.stringify(body).replace(/[<>&]/g, (character) => escapes[character] ?? character)
}

/** Points asset URLs at this server, which serves the files. */
function localizeAssets(json: string, origin: string): string {
  return json.replaceAll('https://a.storyblok.com/f/', `${origin}/f/`)
}
