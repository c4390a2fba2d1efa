import { assetHosts } from '@keyblok/core/management'

/**
 * Gives the address of an asset at Storyblok, as content names it; `undefined` when it is elsewhere, and so nothing to
 * fetch. The Management API also answers the bucket behind the host.
 */
export function storyblokAssetUrl(filename: unknown): URL | undefined {
  if (typeof filename !== 'string') return undefined
  const absolute = filename.startsWith('//') ? `https:${filename}` : filename
  const url = URL.canParse(absolute) ? new URL(absolute) : undefined
  const inBucket = url?.hostname === 's3.amazonaws.com' ? /^\/([^/]+)(\/f\/.*)$/.exec(url.pathname) : undefined
  const [host, path] = inBucket ? [inBucket[1] ?? '', inBucket[2] ?? ''] : [url?.host ?? '', url?.pathname ?? '']
  if (url?.protocol !== 'https:' || !assetHosts.includes(host) || !path.startsWith('/f/')) return undefined
  return new URL(`https://${host}${path}`)
}

/** Tells whether what Storyblok signed for a private asset leads to Storyblok, or to the local space. */
export function isSignedUrl(signedUrl: string, localOrigin: string | undefined): boolean {
  if (!URL.canParse(signedUrl)) return false
  const { protocol, host, hostname, pathname, username, password, origin } = new URL(signedUrl)
  if (username !== '' || password !== '') return false
  if (localOrigin !== undefined) return origin === localOrigin
  const [, bucket] = /^(?:(.+)\.)?s3(?:[.-][a-z\d-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(hostname) ?? []
  const named = hostname.includes('amazonaws') ? (bucket ?? pathname.split('/')[1] ?? '') : host
  return protocol === 'https:' && assetHosts.includes(named)
}
