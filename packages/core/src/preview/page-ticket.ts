import type { Grant } from './grant.js'
import { endOfSession } from './session.js'
import type { Session } from './session.js'
import { signClaims, verifyClaims } from './signed.js'
import type { Claims, PreviewSpace } from './signed.js'

/** What a page ticket claims. */
interface TicketClaims extends Claims {
  /** The session's `iat`: with the key it tells sessions apart, and renewals keep it. */
  iat: number
  /** The page's path, to render it again. */
  path: string
  /** The ids of the stories that the server read for the page. */
  stories: readonly number[]
  /** Whether an editor's signature opened the page, so that the ticket may stand without its cookie. */
  signed: boolean
}

/** What a valid ticket allows: to render a page again, with unsaved content of these stories. */
export interface PageTicket {
  spaceId: number
  path: string
  stories: readonly number[]
}

/**
 * Makes the ticket of a draft page. The page sends it back with unsaved content, of which it is the proof: of the
 * session, the path and the stories.
 *
 * @param grant - The grant that the page was read with.
 * @param path - The page's path on this site, from `/`.
 * @param stories - The numeric ids of the stories that the server read for it.
 * @param now - The time in Unix seconds.
 */
export async function createPageTicket(
  { spaceId, by, session }: Grant,
  path: string,
  stories: readonly number[],
  now: number = Math.floor(Date.now() / 1000),
): Promise<string> {
  const { kid, iat } = session.claims
  const claims: TicketClaims = {
    v: 1,
    space: spaceId,
    kid,
    iat,
    exp: endOfSession(iat, now),
    path,
    stories: [...new Set(stories)],
    signed: by === 'signature',
  }
  return signClaims(claims, 'ticket', session.token)
}

/**
 * Verifies a page ticket.
 *
 * @param session - The session that came with it, if the browser kept the cookie.
 * @returns What it allows, or `null` when it is not ours, over, or belongs to another session; without a session only the
 * ticket of a page that a signature opened counts.
 */
export async function verifyPageTicket(
  ticket: string,
  space: PreviewSpace,
  session: Session | null,
  now: number = Math.floor(Date.now() / 1000),
): Promise<PageTicket | null> {
  const verified = await verifyClaims<TicketClaims>(ticket, 'ticket', space, now)
  if (!verified) return null
  const { iat, kid, signed, path, stories } = verified.claims
  const own = session ? session.claims.iat === iat && session.claims.kid === kid : signed
  return own ? { spaceId: space.spaceId, path, stories } : null
}
