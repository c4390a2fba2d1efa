import { sessionLifetime } from './session.js'

/** The jar of a page at top level, and of one in the editor's frame, which browsers partition. */
export type Jar = 'top' | 'frame'

const jars: Record<Jar, { suffix: string; attributes: string }> = {
  top: { suffix: '', attributes: 'SameSite=Lax' },
  frame: { suffix: '-frame', attributes: 'SameSite=None; Partitioned' },
}

/** The start of every session cookie's name; `__Host-` binds it to this host, over https. */
const prefix = '__Host-keyblok-'

function cookieName(spaceId: number, jar: Jar): string {
  return `${prefix}${spaceId}${jars[jar].suffix}`
}

/** Tells whether a request may carry a session, without reading it. */
export function mayHaveSession(headers: Headers): boolean {
  return headers.get('cookie')?.includes(prefix) ?? false
}

/** One session cookie as a request sent it. */
export interface SessionCookie {
  jar: Jar
  value: string
}

/** Finds a space's session cookies. A name that comes twice is nobody's: a browser sends a `__Host-` cookie once. */
export function readSessionCookies(headers: Headers, spaceId: number): SessionCookie[] {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() }
  })
  return (['frame', 'top'] as const).flatMap((jar) => {
    const found = pairs.filter(({ name }) => name === cookieName(spaceId, jar))
    return found.length === 1 ? [{ jar, value: found[0]?.value ?? '' }] : []
  })
}

/** Writes a `Set-Cookie` header that keeps a session. */
export function keepSession(spaceId: number, jar: Jar, value: string): string {
  return setCookie(spaceId, jar, value, sessionLifetime)
}

/** Writes the `Set-Cookie` headers that end a session in both jars. Without `Partitioned` the frame's would stay. */
export function dropSession(spaceId: number): string[] {
  return (['top', 'frame'] as const).map((jar) => setCookie(spaceId, jar, '', 0))
}

function setCookie(spaceId: number, jar: Jar, value: string, maxAge: number): string {
  return `${cookieName(spaceId, jar)}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; ${jars[jar].attributes}`
}

/** Finds the jar that a response's cookies go to: a cross-site frame has its own. */
export function jarOf(headers: Headers): Jar {
  const framed = /^i?frame$/.test(headers.get('sec-fetch-dest') ?? '')
  return framed && headers.get('sec-fetch-site') === 'cross-site' ? 'frame' : 'top'
}
