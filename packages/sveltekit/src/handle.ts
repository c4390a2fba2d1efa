import { pathOutOfPreview, receive } from '@keyblok/core/preview'
import { isLocalRequest, readsDrafts } from '@keyblok/core/server'
import type { Storyblok, Visit } from '@keyblok/core/server'
import { isRedirect } from '@sveltejs/kit'
import type { Redirect, RequestEvent } from '@sveltejs/kit'
import type { sequence } from '@sveltejs/kit/hooks'
import { building, dev } from 'virtual:keyblok/kit'
import options from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'
import { loadBloks } from './components/lazy-bloks.svelte.js'
import { throwKitError } from './kit-error.js'
import { answerEditorsPage, editorAction } from './live/answer-editor.js'
import { rememberGrants } from './live/story-preview.js'
import { inputsRead } from './queries/prerender-inputs.js'
import { site } from './site.js'

declare global {
  namespace App {
    interface Locals {
      /** Reads Storyblok content with the access of this request. */
      storyblok: Storyblok
    }
  }
}

let bloksLoaded: Promise<void> | undefined

/** Loads what the map imports late, once; a failure is tried again by the next request. */
function loadAllBloks(): Promise<void> {
  bloksLoaded ??= loadBloks().catch((error: unknown) => {
    bloksLoaded = undefined
    throw error
  })
  return bloksLoaded
}

type Handle = Parameters<typeof sequence>[number]
type Resolve = Parameters<Handle>[0]['resolve']

/** How the app's requests are read; all of it has defaults. */
export interface StoryblokHandleOptions {
  /** Gives the language of a request, such as from a route's parameter. */
  language?: (event: RequestEvent) => string | undefined
}

/**
 * Makes the `handle` hook that gives each request its reader, as `event.locals.storyblok`, and its response the headers
 * that the reader's version asks for.
 *
 * @example
 * ```ts
 * import { storyblokHandle } from '@keyblok/sveltekit/server'
 *
 * export const handle = storyblokHandle({ language: ({ params }) => params.lang })
 * ```
 */
export function storyblokHandle({ language }: StoryblokHandleOptions = {}): Handle {
  return async ({ event, resolve }) => {
    // Svelte's server waits for nothing while it renders.
    await loadAllBloks()
    const visit = visitOf(event, language?.(event))
    if (building) return build(visit, event, resolve)
    const route = `${event.request.method} ${event.url.pathname}`
    const action = editorAction(event.url)
    if (action !== undefined) return site.guard(await answerEditorsPage(event, action, visit), route)

    const reception = await receive(site, askedOf(event), visit)
    if (reception.redirect) return reception.redirect
    const { storyblok, finish } = reception
    const visitors = pathOutOfPreview(event.url, options.editor)
    // What has no page there is on demand where it is for everybody.
    const isElsewhere = !readsDrafts(storyblok) || !isPreviewRoute(event)
    if (visitors !== undefined && isElsewhere) return finish(redirectTo(visitors))
    event.locals.storyblok = storyblok
    rememberGrants(storyblok, reception.grants)
    try {
      const response = comeBack(finish(await resolve(event)), storyblok)
      return await site.guard(reception.invite(response, options.editor), route)
    } catch (error) {
      // Kit makes an answer of it outside of its hooks.
      if (!isRedirect(error)) throw error
      await guardRedirect(error, route)
      // Of an editor's page it is answered here, with what such an answer carries.
      if (!reception.uncacheable || event.isDataRequest || event.isRemoteRequest) throw error
      return finish(redirectTo(error.location, error.status))
    }
  }
}

/** Tells what is known of a request, beside what it proves. */
function visitOf(event: RequestEvent, language: string | undefined): Visit {
  return {
    local: dev && !building && isLocalRequest(event.request.headers, event.getClientAddress()),
    drafts: options.drafts,
    language,
    languages: siteSpace.languages,
    building,
    // A visitor who goes on to another page no longer waits for this one.
    signal: building ? undefined : event.request.signal,
    waitUntil: waitUntilOf(event),
    // A prerendered page that cannot be read fails the build, with the error itself.
    onError: building ? undefined : throwKitError,
  }
}

/** A page that is prerendered is everybody's. */
async function build(visit: Visit, event: RequestEvent, resolve: Resolve): Promise<Response> {
  const { storyblok, finish } = await receive(site, null, visit)
  event.locals.storyblok = storyblok
  await inputsRead()
  return finish(await resolve(event))
}

/** Tells whether a route is for previews: one below the preview's path, or one with an optional segment for it. */
function isPreviewRoute({ params, route: { id } }: RequestEvent): boolean {
  const { prefix = '' } = options.editor
  if (id === null) return false
  const isSegment = ([name, value]: [string, unknown]): boolean => value === prefix.slice(1) && id.includes(`[[${name}`)
  return id.startsWith(`${prefix}/`) || Object.entries(params).some(isSegment)
}

function redirectTo(location: string, status = 307): Response {
  return new Response(null, { status, headers: { Location: location } })
}

/** What a request asks for: that of a page's data is its page's, so that redirects are for the page. */
function askedOf({ request: { headers, method }, url }: RequestEvent): Parameters<typeof receive>[1] {
  return { headers, method, url: url.href }
}

/** Says when to ask again, where the content could not be had now. */
function comeBack(response: Response, { journal }: Storyblok): Response {
  if (response.status !== 503 || !journal.failed || response.headers.has('retry-after')) return response
  const answer = new Response(response.body, response)
  answer.headers.set('Retry-After', '5')
  return answer
}

/** Overwrites a secret in the address that a handler inside of this one redirects to. */
async function guardRedirect(redirect: Redirect, route: string): Promise<void> {
  // Headers are ASCII.
  const written = redirect.location.replace(/[^ -~]+/g, encodeURIComponent)
  const answer = await site.guard(new Response(null, { headers: { location: written } }), route)
  const location = answer.headers.get('location') ?? written
  if (location !== written) redirect.location = location
}

/** Cloudflare's adapter tells its context by one of two names. */
function waitUntilOf({ platform }: RequestEvent): Visit['waitUntil'] {
  const { ctx, context = ctx } = (platform ?? {}) as Record<
    string,
    { waitUntil?(work: Promise<unknown>): void } | undefined
  >
  return context?.waitUntil && ((work) => context.waitUntil?.(work))
}
