import type { Secret } from '../tokens/secret.js'
import { toBase64Url, utf8 } from '../encoding.js'

/** What a key is for; one purpose never verifies another. */
export type KeyPurpose = 'session' | 'ticket'

/**
 * Derives a signing key from a preview token with HKDF-SHA-256. Whoever holds the token may read all drafts anyway, and
 * a rotation ends everything that was signed with it.
 */
export async function deriveKey(previewToken: Secret, purpose: KeyPurpose, spaceId: number): Promise<CryptoKey> {
  const bits = await deriveBits(previewToken, `${purpose}:${spaceId}`, 256)
  return crypto.subtle.importKey('raw', bits, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
}

/** Names a preview token without telling it, so that what it signed finds it again. */
export async function keyId(previewToken: Secret, spaceId: number): Promise<string> {
  return toBase64Url(await deriveBits(previewToken, `key-id:${spaceId}`, 48))
}

async function deriveBits(previewToken: Secret, info: string, length: number): Promise<ArrayBuffer> {
  const material = await crypto.subtle.importKey('raw', utf8(previewToken.reveal()), 'HKDF', false, ['deriveBits'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(`keyblok:${info}`) }
  return crypto.subtle.deriveBits(parameters, material, length)
}
