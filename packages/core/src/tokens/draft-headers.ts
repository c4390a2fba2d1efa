/** The headers of a response that shows drafts: no cache keeps it, no search engine lists it, no other site learns its URL. */
export const draftHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'private, no-store',
  'CDN-Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'Referrer-Policy': 'same-origin',
}

/** Headers that count more than the two above, to one cache or another. */
const forCaches = /(^|-)cdn-cache-control$|^surrogate-control$|^x-accel-expires$|^expires$/i

/**
 * Gives what a response that shows drafts is to carry, whatever its page said to caches.
 *
 * @returns The headers to set; an empty one is to be deleted.
 */
export function privateHeaders(headers: Headers): Record<string, string> {
  const others = [...headers.keys()].filter((name) => forCaches.test(name))
  return { ...Object.fromEntries(others.map((name) => [name, ''])), ...draftHeaders }
}
