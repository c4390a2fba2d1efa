import { allEditorOrigins, allowFraming } from './allow-framing.js'
import { cacheMarker, markRedirect } from './clean-url.js'
import { addEditorScript } from './editor-page.js'
import type { EditorParts } from './editor-page.js'
import { publishedParameter } from './editor-view.js'
import { findGrants, mayHaveGrant } from './grant.js'
import type { AskedRequest, Grant, GrantDecision } from './grant.js'
import { knownView } from './read-again.js'
import type { Site, Visit } from '../site.js'
import { setHeaders } from '../set-headers.js'
import type { Storyblok } from '../stories/reader.js'
import { serverTiming } from '../stories/server-timing.js'
import { draftHeaders, privateHeaders } from '../tokens/draft-headers.js'

const noGrants: GrantDecision = { grants: [], cookies: [] }

/**
 * Receives a request: finds what it proves, and makes its reader.
 *
 * @param site - The site that the request is for.
 * @param request - The request, whose body is not touched; `null` while a page is prerendered, for everybody.
 * @param visit - What else is known of it.
 *
 * @example
 * ```ts
 * import { receive } from '@keyblok/core/preview'
 * import { Site } from '@keyblok/core/server'
 *
 * const site = new Site({ env: (name) => process.env[name], dev: false })
 *
 * export async function handle(request: Request): Promise<Response> {
 *   const { storyblok, redirect, finish } = await receive(site, request, { local: false })
 *   return redirect ?? finish(new Response(`You see what is ${storyblok.version}.`))
 * }
 * ```
 */
export async function receive(site: Site, request: AskedRequest | null, visit: Visit): Promise<Reception> {
  const decision = request && mayHaveGrant(request) ? await findGrants(request, site.previewSpaces) : noGrants
  const { grants } = decision
  const seen = grants.length > 0 && request ? knownView(new URL(request.url), visit) : {}
  const narrowed = request?.url.includes(publishedParameter) ? ({ version: 'published' } as const) : {}
  const storyblok = site.visit({ ...visit, ...seen, ...narrowed, grants })
  return new Reception(site, storyblok, decision, request?.url)
}

/** How a site receives one request: its reader, and what its response must carry. */
export class Reception {
  /** The reader of the request. */
  readonly storyblok: Storyblok
  /** The redirect to answer with instead of a page, to a clean address on this host. */
  readonly redirect: Response | undefined
  readonly #site: Site
  readonly #grants: readonly Grant[]
  readonly #url: string
  readonly #cookies: readonly string[]
  /** Whether an editor's session is open, or a link of one was followed. */
  readonly #edited: boolean

  constructor(site: Site, storyblok: Storyblok, { grants, cookies, redirect }: GrantDecision, url = '') {
    this.#site = site
    this.storyblok = storyblok
    this.#grants = grants
    this.#url = url
    this.#edited = grants.length > 0 || url.includes(`${cacheMarker}=`)
    this.#cookies = cookies
    this.redirect =
      redirect === undefined
        ? undefined
        : this.#addCookies(new Response(null, { status: 303, headers: { ...draftHeaders, Location: redirect } }))
  }

  /**
   * Whether caches must be left out. A framework's own route cache runs before middleware, so it has to be told after
   * the page was rendered.
   */
  get uncacheable(): boolean {
    return this.#edited || this.storyblok.isPrivate
  }

  /** What the request proved. */
  get grants(): readonly Grant[] {
    return this.#grants
  }

  /** Whether an editor is asking. */
  get isEditors(): boolean {
    return this.#grants.length > 0
  }

  /**
   * Adds to an editor's page the script that follows the editor; the page of anybody else stays as it is.
   *
   * @param parts - Where the script is, and what answers it.
   */
  invite(response: Response, parts: EditorParts): Response {
    if (!this.isEditors) return response
    const page = { site: this.#site, storyblok: this.storyblok, grants: this.#grants, url: new URL(this.#url) }
    return addEditorScript(response, page, parts)
  }

  /** Puts on a response what it must carry: the headers of a draft, who may frame it, and the session. */
  readonly finish = (response: Response): Response => {
    this.storyblok.decideHeaders()
    const isPrivate = this.storyblok.isPrivate || this.#edited || this.#cookies.length > 0
    const headers = isPrivate ? privateHeaders(response.headers) : {}
    const editors = this.isEditors ? this.#editorsHeaders(response) : {}
    const finished = this.#addCookies(setHeaders(response, { ...headers, ...editors }))
    return this.#site.isDev || this.isEditors ? addTiming(finished, this.storyblok) : finished
  }

  /** The editor frames what it sees, and keeps to the preview where it is sent on. */
  #editorsHeaders({ headers, status }: Response): Record<string, string> {
    const location = status >= 300 && status < 400 ? headers.get('location') : null
    return {
      ...allowFraming(headers, allEditorOrigins(this.#site)),
      ...(location !== null && { Location: markRedirect(location, new URL(this.#url)) }),
    }
  }

  #addCookies(response: Response): Response {
    if (this.#cookies.length === 0) return response
    const copy = new Response(response.body, response)
    for (const cookie of this.#cookies) copy.headers.append('Set-Cookie', cookie)
    return copy
  }
}

/**
 * Puts the headers of a draft on a response where its reader has read one, or would: for what is rendered apart from the
 * request's own page, such as an error page.
 */
export function withDraftHeaders(response: Response, storyblok: Storyblok): Response {
  storyblok.decideHeaders()
  return storyblok.isPrivate ? setHeaders(response, privateHeaders(response.headers)) : response
}

/** Says what was read so far; what a page reads while it is sent comes too late for a header. */
function addTiming(response: Response, { journal }: Storyblok): Response {
  if (journal.spaces.length === 0) return response
  const others = response.headers.get('server-timing')
  return setHeaders(response, { 'Server-Timing': [...(others ? [others] : []), serverTiming(journal)].join(', ') })
}
