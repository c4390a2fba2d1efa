import { createHmac, timingSafeEqual } from 'node:crypto'

/** How long a signed URL of a private asset opens it, in seconds. */
const lifetime = 3600

/**
 * Signs a private asset's path, in the form of an S3 URL.
 *
 * @param secret - The space's own key.
 * @param now - Milliseconds since 1970.
 */
export function signAssetPath(path: string, secret: string, now: number): { query: string; expiresAt: string } {
  const expires = Math.floor(now / 1000) + lifetime
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': new Date(now).toISOString().replace(/[-:]|\.\d+/g, ''),
    'X-Amz-Expires': String(lifetime),
    'X-Amz-Signature': `${hmac(`${path}\n${expires}`, secret)}-${expires}`,
  })
  return { query: query.toString(), expiresAt: new Date(expires * 1000).toISOString() }
}

/** Tells whether a query opens a private asset's path at a time. */
export function verifyAssetSignature(path: string, query: URLSearchParams, secret: string, now: number): boolean {
  const [signature = '', expires = ''] = (query.get('X-Amz-Signature') ?? '').split('-')
  const isGenuine = isEqual(signature, hmac(`${path}\n${expires}`, secret))
  return isGenuine && Number(expires) * 1000 > now
}

/** Signs a text with the space's own key, in hexadecimal. */
export function hmac(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}

/** Compares two texts in a time that depends on their lengths only. */
export function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
