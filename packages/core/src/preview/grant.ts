import { cacheMarker, cleanPath, leaveValue } from './clean-url.js'
import { dropSession, jarOf, keepSession, mayHaveSession, readSessionCookies } from './cookies.js'
import type { Jar } from './cookies.js'
import { hasEditorSignature, isSignatureParameter, verifyEditorSignature } from './editor-signature.js'
import { openSession, renewSession, serializeSession, verifySession } from './session.js'
import type { Session } from './session.js'
import { isProbe } from './same-origin.js'
import type { PreviewSpace } from './signed.js'

/** Proof that a request may see a space's drafts. */
export interface Grant {
  spaceId: number
  /** Whether this very request carries the editor's signature, or the session that an earlier one opened. */
  by: 'signature' | 'session'
  session: Session
}

/** What a request's proofs come to. */
export interface GrantDecision {
  /** The grants, at most one a space. */
  grants: readonly Grant[]
  /** `Set-Cookie` headers for the response. */
  cookies: readonly string[]
  /** Where to send the browser instead of answering, as a path on this host. */
  redirect?: string
}

/** What is read of a request. */
export type AskedRequest = Pick<Request, 'method' | 'url' | 'headers'>

const nothing: GrantDecision = { grants: [], cookies: [] }

/** Tells, without any work, whether a request can carry a grant or asks for something about one. */
export function mayHaveGrant(request: AskedRequest): boolean {
  const { url, headers } = request
  return url.includes('_storyblok_tk') || url.includes(cacheMarker) || mayHaveSession(headers)
}

/**
 * Finds what a request proves: the Visual Editor's signature, or the session that one opened. A signature that does not
 * verify leaves no grant, whatever the cookies say.
 *
 * @param request - The request; only its method, URL and headers are read.
 * @param spaces - The spaces whose editors are known here.
 * @param now - The time in Unix seconds.
 */
export async function findGrants(
  request: AskedRequest,
  spaces: readonly PreviewSpace[],
  now: number = Math.floor(Date.now() / 1000),
): Promise<GrantDecision> {
  const url = new URL(request.url)
  const marker = url.searchParams.get(cacheMarker)
  if (marker === leaveValue && !isProbe(request.headers)) {
    return { grants: [], cookies: spaces.flatMap(({ spaceId }) => dropSession(spaceId)), redirect: unmarked(url) }
  }
  const decision = hasEditorSignature(url.searchParams)
    ? await grantBySignature(request, url, spaces, now)
    : await grantBySessions(request, spaces, now)
  // Caches know pages by their URL: only an editor may have one of these.
  const redirect = marker !== null && decision.grants.length === 0 ? unmarked(url) : decision.redirect
  return redirect !== undefined && isNavigable(request) ? { ...decision, redirect } : withoutRedirect(decision)
}

function unmarked(url: URL): string {
  return cleanPath(url, (name) => name === cacheMarker)
}

function isNavigable({ method }: AskedRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

function withoutRedirect({ grants, cookies }: GrantDecision): GrantDecision {
  return { grants, cookies }
}

async function grantBySignature(
  request: AskedRequest,
  url: URL,
  spaces: readonly PreviewSpace[],
  now: number,
): Promise<GrantDecision> {
  const signature = await verifyEditorSignature(url.searchParams, spaces, now)
  if (!signature) return nothing
  const { spaceId, timestamp, token } = signature
  const session = await openSession(spaceId, timestamp, token, now)
  const cookies = [keepSession(spaceId, jarOf(request.headers), await serializeSession(session))]
  // In a frame the page's script takes the signature out of the address: a redirect would lose what the editor adds.
  const framed = /^i?frame$/.test(request.headers.get('sec-fetch-dest') ?? '')
  const redirect = framed ? undefined : cleanPath(url, isSignatureParameter)
  return { grants: [{ spaceId, by: 'signature', session }], cookies, redirect }
}

async function grantBySessions(
  request: AskedRequest,
  spaces: readonly PreviewSpace[],
  now: number,
): Promise<GrantDecision> {
  if (isProbe(request.headers)) return nothing
  const found = await Promise.all(spaces.map((space) => findSession(request.headers, space, now)))
  const sessions = found.filter((session) => session !== null)
  const renewed = sessions.map(({ jar, ...session }) => ({ jar, session: renewSession(session, now) }))
  const cookies = await Promise.all(
    renewed.flatMap(({ jar, session }) =>
      session ? [serializeSession(session).then((value) => keepSession(session.claims.space, jar, value))] : [],
    ),
  )
  return {
    grants: sessions.map(({ jar: _jar, ...session }) => ({ spaceId: session.claims.space, by: 'session', session })),
    cookies,
  }
}

/** The frame's jar comes first: in the editor it is the fresher one. */
async function findSession(
  headers: Headers,
  space: PreviewSpace,
  now: number,
): Promise<(Session & { jar: Jar }) | null> {
  for (const { jar, value } of readSessionCookies(headers, space.spaceId)) {
    const session = await verifySession(value, space, now)
    if (session) return { ...session, jar }
  }
  return null
}
