import type { Answer } from '../answer.js'
import type { ApiKey } from '../store/api-keys.js'
import type { DeliveryRequest } from './request.js'

/** The cache versions that tokens see. One with `min_cache` sees a new version at most once in so many seconds. */
export class TokenCacheVersions {
  readonly #seen = new Map<number, { cv: number; since: number }>()

  /**
   * @param cv - The space's cache version.
   * @param now - Milliseconds since 1970.
   */
  of({ id, min_cache: seconds }: ApiKey, cv: number, now: number): number {
    if (seconds <= 0) return cv
    const seen = this.#seen.get(id)
    if (seen && (seen.cv === cv || now - seen.since < seconds * 1000)) return seen.cv
    this.#seen.set(id, { cv, since: now })
    return cv
  }
}

/**
 * Sends a published read without a current cache version to the same URL with it, as Storyblok's CDN does. The
 * answer's `Location` carries the token.
 *
 * @returns The redirect, or `undefined` when the request can be answered.
 */
export function redirectToCacheVersion({ isDraft, behaviour, cv, url, query }: DeliveryRequest): Answer | undefined {
  if (isDraft) return undefined
  const asked = Number(query.get('cv') ?? 0)
  // 0 and 1 were never a cache version of any space.
  if (asked >= cv || (behaviour.oldCacheVersion === 'answer' && asked > 1)) return undefined

  const target = new URL(url)
  target.searchParams.delete('cv')
  target.search = `?cv=${cv}&${target.searchParams}`
  return {
    status: 301,
    body: `<html><body>You are being <a href="${target.href.replaceAll('&', '&amp;')}">redirected</a>.</body></html>`,
    headers: { Location: target.href, 'Cache-Control': 'no-cache', 'Content-Type': 'text/html; charset=utf-8' },
  }
}
