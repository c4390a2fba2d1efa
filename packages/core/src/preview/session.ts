import type { Secret } from '../tokens/secret.js'
import { keyId } from './keys.js'
import { signClaims, verifyClaims } from './signed.js'
import type { Claims, PreviewSpace } from './signed.js'

/** How long a session lasts without use, and at most after the editor's signature, in seconds. */
export const sessionLifetime = 3600
const longestSession = 8 * 3600

/** What a preview session claims. Times are Unix seconds. */
export interface SessionClaims extends Claims {
  /** When the Visual Editor signed; renewals keep it. */
  iat: number
}

/** A verified session with the preview token that signed it. */
export interface Session {
  claims: SessionClaims
  token: Secret
}

/** Opens the session that an editor's signature earns. */
export async function openSession(spaceId: number, timestamp: number, token: Secret, now: number): Promise<Session> {
  const kid = await keyId(token, spaceId)
  return { claims: { v: 1, space: spaceId, kid, iat: timestamp, exp: endOfSession(timestamp, now) }, token }
}

/**
 * Renews a session by its use, once half of its time is over.
 *
 * @returns The session with its new end, or `null` when nothing is to be renewed; it never outlives 8 hours.
 */
export function renewSession({ claims, token }: Session, now: number): Session | null {
  const exp = endOfSession(claims.iat, now)
  return claims.exp - now < sessionLifetime / 2 && exp > claims.exp ? { claims: { ...claims, exp }, token } : null
}

/** When a session that is used now ends. */
export function endOfSession(iat: number, now: number): number {
  return Math.min(now + sessionLifetime, iat + longestSession)
}

export function serializeSession({ claims, token }: Session): Promise<string> {
  return signClaims(claims, 'session', token)
}

/** Verifies a session's cookie value; `null` when it is not ours, over, or its preview token is no longer configured. */
export async function verifySession(value: string, space: PreviewSpace, now: number): Promise<Session | null> {
  const verified = await verifyClaims<SessionClaims>(value, 'session', space, now)
  if (!verified || !Number.isSafeInteger(verified.claims.iat) || now - verified.claims.iat > longestSession) return null
  return verified
}
