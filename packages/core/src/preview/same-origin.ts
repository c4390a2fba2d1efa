/**
 * Tells whether this site's own page sent a request: browsers say so in `Sec-Fetch-Site`, older ones by an `Origin` that
 * is the request's `Host`. A request that says neither is nobody's.
 */
export function isSameOrigin({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = headers.get('origin')
  const host = headers.get('host') ?? new URL(url).host
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host
}

/**
 * Tells whether another site loads something into its own page, such as a script or a picture. Whether that works would
 * tell it what exists here, so no session counts for it.
 */
export function isProbe(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  const isForeign = site === 'cross-site' || site === 'same-site'
  return isForeign && headers.get('sec-fetch-mode') !== 'navigate'
}
