import type { Space } from '../stories/space.js'
import type { Grant } from './grant.js'
import { isOwnPath } from './own-path.js'
import { endOfSession } from './session.js'
import type { Session } from './session.js'
import { signClaims, verifyClaims } from './signed.js'
import type { Claims, PreviewSpace } from './signed.js'

/** How a page read its stories, so that they can be read again with what is unsaved. */
export interface PageReading {
  /** The language that was read, in the space's spelling. */
  language?: string | undefined
  /** The relations that were asked for, as `component.field`. */
  relations?: readonly string[]
  /** What was asked for of the stories that links point to. */
  links?: Space['resolveLinks']
}

/** What is signed of a page. */
export interface TicketedPage extends PageReading {
  /** The page's path and query on this site, from `/`. */
  path: string
  /** The numeric ids of the stories that the server read for it. */
  stories: readonly number[]
}

/** What a page ticket claims. */
interface TicketClaims extends Claims, TicketedPage {
  /** The session's `iat`: with the key it tells sessions apart, and renewals keep it. */
  iat: number
  /** Whether an editor's signature opened the page, so that the ticket may stand without its cookie. */
  signed: boolean
}

/** What a valid ticket allows: to render a page again, with unsaved content of its stories. */
export interface PageTicket extends TicketedPage {
  /** The right to see drafts by which the page was read. */
  grant: Grant
}

/** More stories than this are not ticketed: a page that shows so many is a list. */
const mostStories = 400

/**
 * Makes the ticket of a draft page. The page sends it back with unsaved content, of which it is the proof: of the
 * session, the path and the stories.
 *
 * @param grant - The grant that the page was read with.
 * @param page - The page. Of more than 400 stories the first are ticketed.
 * @param now - The time in Unix seconds.
 */
export async function createPageTicket(
  { spaceId, by, session }: Grant,
  page: TicketedPage,
  now: number = Math.floor(Date.now() / 1000),
): Promise<string> {
  const { kid, iat } = session.claims
  const claims: TicketClaims = {
    ...page,
    v: 1,
    space: spaceId,
    kid,
    iat,
    exp: endOfSession(iat, now),
    stories: [...new Set(page.stories)].slice(0, mostStories),
    signed: by === 'signature',
  }
  return signClaims(claims, 'ticket', session.token)
}

/**
 * Verifies a page ticket.
 *
 * @param session - The session that came with it, if the browser kept the cookie.
 * @returns What it allows, or `null` when it is not ours, over, or belongs to another session. The ticket of a page that a
 * signature opened stands by itself: such a page has no other proof where the browser refuses the cookie, and the cookie of
 * a page that was opened later takes the place of its own.
 */
export async function verifyPageTicket(
  ticket: string,
  space: PreviewSpace,
  session: Session | null,
  now: number = Math.floor(Date.now() / 1000),
): Promise<PageTicket | null> {
  const verified = await verifyClaims<TicketClaims>(ticket, 'ticket', space, now)
  if (!verified) return null
  const { iat, kid, signed, exp, path, stories, language, relations, links } = verified.claims
  const isOwn = signed || (session?.claims.iat === iat && session.claims.kid === kid)
  if (!isOwn || !isOwnPath(path)) return null
  const { spaceId } = space
  const claims = { v: 1, space: spaceId, kid, iat, exp } as const
  const grant: Grant = {
    spaceId,
    by: signed ? 'signature' : 'session',
    session: { claims, token: verified.token },
  }
  return { grant, path, stories, language, relations, links }
}
