import { KeyblokError } from '../errors.js'
import type { Site } from '../site.js'
import type { UnsavedStory } from '../stories/unsaved-content.js'
import { draftHeaders, privateHeaders } from '../tokens/draft-headers.js'
import { setHeaders } from '../set-headers.js'
import { allEditorOrigins, allowFraming } from './allow-framing.js'
import { cleanPath, isEditorsParameter } from './clean-url.js'
import { dropSession, keepSession } from './cookies.js'
import type { Jar } from './cookies.js'
import { findGrants } from './grant.js'
import { isOwnPath } from './own-path.js'
import { verifyPageTicket } from './page-ticket.js'
import type { PageTicket } from './page-ticket.js'
import { parseUnsaved } from './parse-unsaved.js'
import { readBody } from './read-body.js'
import { isSameOrigin } from './same-origin.js'
import { openSession, serializeSession } from './session.js'

/** The folder of paths, below the site's base, at which a site answers the editor's script. */
export const endpointFolder = '/_keyblok'

/** The header that carries a page's ticket. Only a site's own page can send it without being asked for leave. */
const ticketHeader = 'x-keyblok-ticket'

/** The longest body of a request with unsaved content, in bytes. */
const mostBytes = 1024 * 1024

/** What an adapter gives to answer the script with. */
export interface EditorAnswers {
  /** Renders the page of a ticket, with the unsaved story in it. */
  render(ticket: PageTicket, unsaved: UnsavedStory): Promise<Response>
  /** Gives the path of a story's page, by its numeric id; `undefined` where there is none. */
  locate(ticket: PageTicket, storyId: number): Promise<string | undefined>
  /** The names of the space's components, where they are known; content with others is refused. */
  components?: ReadonlySet<string> | undefined
}

/** A request to the endpoint, whose page proved what it may. */
interface Asked {
  site: Site
  request: Request
  url: URL
  answers: EditorAnswers
}

const actions: Readonly<Record<string, (asked: Asked) => Promise<Response>>> = {
  'POST story': (asked) => showUnsaved(asked),
  'POST address': (asked) => tellAddress(asked),
  'GET session': (asked) => tellSession(asked),
  'POST session': (asked) => keepFrameSession(asked),
  'POST tab': (asked) => openTab(asked),
  'GET leave': (asked) => leave(asked),
  'POST leave': (asked) => leave(asked),
}

/**
 * Answers the script of an editor's page. Each answer is private and for the site's own pages only: `story` shows unsaved
 * content, `address` tells where a story's page is, `session` whether the browser keeps the session, `tab` opens the preview
 * at top level, and `leave` ends it.
 *
 * @param action - The last segment of the path.
 */
export async function answerEditor(
  site: Site,
  request: Request,
  action: string,
  answers: EditorAnswers,
): Promise<Response> {
  const known = Object.keys(actions).filter((name) => name.endsWith(` ${action}`))
  if (known.length === 0) return refuse(404, 'There is nothing here.')
  const answer = actions[`${request.method} ${action}`]
  if (!answer) return refuse(405, 'This method is not answered here.')
  const mayCome = action === 'leave' ? isOwnOrTyped(request) : isSameOrigin(request)
  if (!mayCome) return refuse(403, 'Only pages of this site are answered.')
  const response = await answer({ site, request, url: new URL(request.url), answers })
  return setHeaders(response, privateHeaders(response.headers))
}

/** An address that somebody typed in, or a link of this site. */
function isOwnOrTyped(request: Request): boolean {
  return request.headers.get('sec-fetch-site') === 'none' || isSameOrigin(request)
}

async function showUnsaved({ site, request, answers }: Asked): Promise<Response> {
  if (!isJson(request)) return refuse(415, 'Unsaved content comes as JSON.')
  const ticket = await findTicket(site, request, request.headers.get(ticketHeader) ?? '')
  if (!ticket) return refuse(403, 'The page has no valid ticket: load it again.')
  const text = await readBody(request, mostBytes)
  if (text === undefined) return refuse(413, 'The story is larger than a megabyte.')
  const unsaved = parseUnsaved(text, ticket.grant.spaceId, answers.components)
  if ('refused' in unsaved) return refuse(400, unsaved.refused)
  if (!ticket.stories.includes(unsaved.id)) return refuse(403, 'The story is none of this page.')
  const response = await answers.render(ticket, unsaved)
  // A browser would go there with the ticket.
  if (response.status >= 300 && response.status < 400)
    return refuse(409, 'With these changes the page redirects to another.')
  return response
}

async function tellAddress({ site, request, answers }: Asked): Promise<Response> {
  if (!isJson(request)) return refuse(415, 'The story’s id comes as JSON.')
  const ticket = await findTicket(site, request, request.headers.get(ticketHeader) ?? '')
  const id = ticket && Number(/^\{"id":(\d{1,16})\}$/.exec((await readBody(request, 64)) ?? '')?.[1])
  if (!ticket || !ticket.stories.includes(id ?? 0)) return refuse(403, 'The story is none of this page.')
  const path = await answers.locate(ticket, id ?? 0)
  return Response.json({ path: path ?? null })
}

async function tellSession({ site, request }: Asked): Promise<Response> {
  const { grants } = await findGrants(request, site.previewSpaces)
  return Response.json({ kept: grants.length > 0 })
}

/** After the browser allowed it: the ticket of a page that a signature opened is worth the session that this opened. */
async function keepFrameSession({ site, request }: Asked): Promise<Response> {
  const ticket = await findTicket(site, request, request.headers.get(ticketHeader) ?? '')
  if (!ticket || !isJson(request)) return refuse(403, 'The page has no valid ticket: load it again.')
  return withCookies(new Response(null, { status: 204 }), [await sessionCookie(ticket, 'frame')])
}

/** Opens the page of a ticket in a tab of its own. The ticket comes in a form's body, so that no link holds it. */
async function openTab({ site, request }: Asked): Promise<Response> {
  const form = new URLSearchParams((await readBody(request, 16_384)) ?? '')
  const ticket = await findTicket(site, request, form.get('ticket') ?? '')
  if (!ticket) return refuse(403, 'The page has no valid ticket: load it again.')
  const answer = new Response(null, { status: 303, headers: { Location: ticket.path } })
  return withCookies(answer, [await sessionCookie(ticket, 'top')])
}

async function leave({ site, url }: Asked): Promise<Response> {
  const asked = url.searchParams.get('to') ?? '/'
  const path = isOwnPath(asked) ? cleanPath(new URL(asked, url), isEditorsParameter) : '/'
  const cookies = site.previewSpaces.flatMap(({ spaceId }) => dropSession(spaceId))
  return withCookies(new Response(null, { status: 303, headers: { Location: path } }), cookies)
}

/** Finds what a ticket allows, with the session that came with it or without one. */
async function findTicket({ previewSpaces }: Site, request: Request, ticket: string): Promise<PageTicket | null> {
  if (ticket === '') return null
  const { grants } = await findGrants(request, previewSpaces)
  for (const space of previewSpaces) {
    const session = grants.find(({ spaceId }) => spaceId === space.spaceId)?.session ?? null
    const verified = await verifyPageTicket(ticket, space, session)
    if (verified) return verified
  }
  return null
}

async function sessionCookie({ grant }: PageTicket, jar: Jar): Promise<string> {
  const { claims, token } = grant.session
  const session = await openSession(grant.spaceId, claims.iat, token, Math.floor(Date.now() / 1000))
  return keepSession(grant.spaceId, jar, await serializeSession(session))
}

function isJson({ headers }: Request): boolean {
  return /^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '')
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie)
  return response
}

function refuse(status: number, why: string): Response {
  return new Response(why, { status, headers: { ...draftHeaders, 'Content-Type': 'text/plain; charset=utf-8' } })
}

/** Lets the editor frame what is rendered for its page, as it does the page. */
export function finishUnsaved(site: Site, response: Response): Response {
  return setHeaders(response, {
    ...privateHeaders(response.headers),
    ...allowFraming(response.headers, allEditorOrigins(site)),
  })
}

/** Answers an error of ours to the script, which shows it to the editor. */
export function answerFailure(error: unknown): Response {
  if (!(error instanceof KeyblokError)) throw error
  console.error(error.report)
  return refuse(error.unavailable ? 503 : 500, error.report)
}
