import { createHash, randomUUID } from 'node:crypto'
import { WireError } from '../answer.js'
import type { Answer } from '../answer.js'
import { localizeAssets } from '../assets/localize.js'
import type { SpaceContext } from '../context.js'
import type { RateLimit } from '../rate-limit.js'
import { BoundedCache } from '../bounded-cache.js'
import { TokenCacheVersions } from './cache-version.js'
import { bytes, lengthOf, toJson } from './json.js'
import type { Parts } from './json.js'
import { findOperation, operate } from './operations.js'
import { Renderer } from './renderer.js'
import { authorize } from './request.js'
import type { DeliveryRequest } from './request.js'

/** An HTTP answer that is ready to be written. */
interface WireResponse {
  status: number
  headers: Record<string, string>
  /** The body in parts, which are shared with other answers. */
  body: Parts
}

/**
 * Answers a GET request of the Content Delivery API, version 2.
 *
 * @param href - The URL.
 * @param ifNoneMatch - The entity tag that the client has.
 */
export type Deliver = (href: string, ifNoneMatch?: string | null) => WireResponse

/** Bytes of answers to keep, each no larger than a story is; lists are quickly put together again. */
const answerLimit = 12_000_000
const largestAnswer = 16_000

const commonHeaders = {
  'Content-Type': 'application/json; charset=utf-8',
  'Access-Control-Allow-Origin': '*',
  // What clients in browsers page by.
  'Access-Control-Expose-Headers': 'Total, Per-Page',
  Vary: 'Origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
}

/** Makes the Content Delivery API of a space. An answer is kept until the space changes. */
export function createDelivery(context: SpaceContext, rateLimit: RateLimit | undefined): Deliver {
  const services = { cacheVersions: new TokenCacheVersions(), renderer: new Renderer(context.store) }
  // Two runs of one space count their revisions from the start.
  const instance = randomUUID()
  const answers = new BoundedCache<WireResponse>(answerLimit, ({ body }) => lengthOf(body) + 500, largestAnswer)

  return (href, ifNoneMatch) => {
    try {
      const url = rateLimit && new URL(href)
      if (url) rateLimit.delivery(url.searchParams)
      const known = answers.get(href, context.store.revision)
      if (known) return finish(known, ifNoneMatch, known.headers['ETag'] !== undefined)

      const asked = url ?? new URL(href)
      const found = findOperation(asked.pathname)
      const request = authorize(context, services, asked, found?.operation.isForAssets ?? false)
      const etag = entityTag(`${instance} ${context.store.revision} ${request.cv} ${href}`)
      const response = write(request, operate(request, found), etag, rateLimit !== undefined)
      if (isLasting(request, response)) answers.set(href, response, context.store.revision)
      return finish(response, ifNoneMatch, false)
    } catch (error) {
      if (error instanceof WireError) return finish(refuse(error.answer), null, false)
      console.error(error)
      return finish(refuse({ status: 500, body: { error: 'Internal Server Error' } }), null, false)
    }
  }
}

/** What depends on the time is not kept. */
function isLasting({ key }: DeliveryRequest, { status, headers }: WireResponse): boolean {
  return status === 200 && key.min_cache === 0 && headers['Cache-Control'] !== 'no-store'
}

/** Makes a weak entity tag. It changes with the space, not with the answer alone, which saves reading the answer. */
function entityTag(text: string): string {
  return `W/"${createHash('md5').update(text).digest('hex')}"`
}

function write(
  request: DeliveryRequest,
  { status, body, headers }: Answer,
  etag: string,
  isLimited: boolean,
): WireResponse {
  return {
    status,
    headers: {
      ...commonHeaders,
      'Cache-Control': request.isDraft
        ? 'max-age=0, private, must-revalidate'
        : 'max-age=0, public, s-maxage=604800, stale-if-error=3600',
      // What is not to be stored is not to be revalidated either.
      ...(status === 200 && headers?.['Cache-Control'] !== 'no-store' && { ETag: etag }),
      // A client of Storyblok takes the quota for one of requests a second, so it is only named where there is one.
      ...(isLimited && request.isDraft && concurrencyHeaders),
      ...headers,
    },
    body: toParts(body, request),
  }
}

function toParts(body: unknown, { url, store }: DeliveryRequest): Parts {
  if (Array.isArray(body)) return body as Parts
  return bytes(typeof body === 'string' ? body : localizeAssets(toJson(body), url.origin, store))
}

const concurrencyHeaders = {
  'X-RateLimit': '"space-concurrent-requests";r=29',
  'X-RateLimit-Policy': '"space-concurrent-requests";q=30',
}

function refuse({ status, body, headers }: Answer): WireResponse {
  return { status, headers: { ...commonHeaders, 'Cache-Control': 'no-cache', ...headers }, body: bytes(toJson(body)) }
}

function finish(response: WireResponse, ifNoneMatch: string | null | undefined, isHit: boolean): WireResponse {
  const headers: Record<string, string> = {
    ...response.headers,
    'X-Request-Id': randomUUID(),
    'X-Cache': isHit ? 'Hit from cloudfront' : 'Miss from cloudfront',
  }
  if (ifNoneMatch && ifNoneMatch === headers['ETag']) return { status: 304, headers, body: [] }
  return { ...response, headers }
}
