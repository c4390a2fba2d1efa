import type { Secret } from '../tokens/secret.js'
import { fromBase64Url, toBase64Url, utf8 } from '../encoding.js'
import { deriveKey, keyId } from './keys.js'
import type { KeyPurpose } from './keys.js'

/** A space whose editors can be verified. */
export interface PreviewSpace {
  spaceId: number
  /** All of its preview tokens, each of which verifies. */
  preview: readonly Secret[]
}

/** What every signed value claims besides its own: the format, the space, the key, and its end in Unix seconds. */
export interface Claims {
  v: 1
  space: number
  kid: string
  exp: number
}

/** Signs claims: their JSON and its HMAC-SHA-256, both in URL-safe Base64, with a dot between. */
export async function signClaims(claims: Claims, purpose: KeyPurpose, token: Secret): Promise<string> {
  const payload = toBase64Url(utf8(JSON.stringify(claims)))
  const key = await deriveKey(token, purpose, claims.space)
  return `${payload}.${toBase64Url(await crypto.subtle.sign('HMAC', key, utf8(payload)))}`
}

/** Far more than any signed value of ours, and nothing to hash for long. */
const longest = 16_384

/**
 * Verifies what {@link signClaims} made, with the token that its key id names.
 *
 * @returns The claims and the token, or `null` when anything is wrong: the form, the signature, the purpose, the space,
 * a token that was rotated out, or the end of its time.
 */
export async function verifyClaims<Kind extends Claims>(
  value: string,
  purpose: KeyPurpose,
  { spaceId, preview }: PreviewSpace,
  now: number,
): Promise<{ claims: Kind; token: Secret } | null> {
  const [payload = '', signature = '', ...rest] = value.length > longest ? [] : value.split('.')
  const mac = fromBase64Url(signature)
  if (payload === '' || !mac || rest.length > 0) return null

  const claims = parseClaims<Kind>(payload)
  if (claims?.v !== 1 || claims.space !== spaceId || !(claims.exp > now)) return null
  for (const token of preview) {
    if ((await keyId(token, spaceId)) !== claims.kid) continue
    const key = await deriveKey(token, purpose, spaceId)
    if (await crypto.subtle.verify('HMAC', key, mac, utf8(payload))) return { claims, token }
  }
  return null
}

function parseClaims<Kind extends Claims>(payload: string): Kind | null {
  const bytes = fromBase64Url(payload)
  if (!bytes) return null
  try {
    const claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
    // Nothing in it is used before the signature is verified.
    return typeof claims === 'object' ? (claims as Kind | null) : null
  } catch {
    return null
  }
}
