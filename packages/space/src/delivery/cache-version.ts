import type { Answer } from './answer.js'
import type { DeliveryRequest } from './request.js'

/**
 * Sends a published read without a current cache version to the same URL with it, as Storyblok's CDN does. The
 * answer's `Location` carries the token.
 *
 * @returns The redirect, or `undefined` when the request can be answered.
 */
export function redirectToCacheVersion({ store, version, url, query }: DeliveryRequest): Answer | undefined {
  if (version === 'draft') return undefined
  const { cv } = store.space
  if (Number(query.get('cv') ?? 0) >= cv) return undefined

  const target = new URL(url)
  target.searchParams.delete('cv')
  target.search = `?cv=${cv}&${target.searchParams}`
  return {
    status: 301,
    body: `<html><body>You are being <a href="${target.href.replaceAll('&', '&amp;')}">redirected</a>.</body></html>`,
    headers: { Location: target.href, 'Cache-Control': 'no-cache', 'Content-Type': 'text/html; charset=utf-8' },
  }
}
