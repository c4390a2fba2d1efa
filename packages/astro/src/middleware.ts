import { KeyblokError } from '@keyblok/core'
import { endpointFolder, pathOutOfPreview, receive, withDraftHeaders } from '@keyblok/core/preview'
import { readsDrafts } from '@keyblok/core/server'
import type { APIContext, MiddlewareHandler } from 'astro'
import options from 'virtual:keyblok/options'
import { errorResponse } from './error-response.js'
import { withReader } from './request-reader.js'
import { addSiteTiming } from './dev/site-timing.js'
import { site } from './site.js'
import { editorParts } from './live/editor-parts.js'
import { finishResponse, noCache } from './page-cache/finish-response.js'
import { visitOf } from './visit.js'

/** Gives each request its reader, and its response the headers that the reader's version asks for. */
export const onRequest: MiddlewareHandler = async (context, next) => {
  // A rewrite runs the middleware again, with the same locals; so does an error page, whose answer passes here only.
  if (context.locals.storyblok) return guard(withDraftHeaders(await next(), context.locals.storyblok), context)

  const reception = await receive(site, requestOf(context), visitOf(context))
  if (reception.redirect) {
    noCache(context)
    return reception.redirect
  }
  const { storyblok } = reception
  if (isPreviewPage(context) && !readsDrafts(storyblok)) {
    return context.redirect(pathOutOfPreview(context.url, editorParts) ?? '/', 307)
  }
  context.locals.storyblok = storyblok
  try {
    const response = await withReader(storyblok, next)
    const page = options.dev ? await readPage(response) : response
    // What answers the script of an editor's page has all that it needs, and may end the session.
    if (context.routePattern.startsWith(`${endpointFolder}/`)) return await guard(page, context)
    const finished = await finishResponse(page, context, reception)
    return await guard(reception.invite(finished, editorParts), context)
  } catch (error) {
    noCache(context)
    // A page that cannot be prerendered fails the build.
    if (context.isPrerendered && !options.dev) throw placed(error, context.url.pathname)
    const shown = errorResponse(error, options.dev)
    if (shown) return shown
    // Astro prints the error itself, without what to do about it.
    if (error instanceof KeyblokError) console.error(`[keyblok] ${error.hint}`)
    throw error
  }
}

/** Tells whether a page is one of those that only editors see. Astro also finds pages without the site’s base before them. */
function isPreviewPage({ isPrerendered, routePattern }: APIContext): boolean {
  const { prefix } = editorParts
  return !isPrerendered && prefix !== undefined && `${routePattern}/`.startsWith(`${prefix}/`)
}

function placed(error: unknown, path: string): unknown {
  return error instanceof KeyblokError ? error.at(`the page ${path}`) : error
}

/** In dev a page's headers tell all that it read, so it is read to its end first. */
async function readPage(response: Response): Promise<Response> {
  const isPage = response.headers.get('content-type')?.startsWith('text/html')
  if (!isPage) return response
  const page = new Response(response.body && (await response.arrayBuffer()), response)
  addSiteTiming(page)
  return page
}

/** A page that is prerendered is everybody's, and Astro warns of whatever looks at its request. */
function requestOf({ request, isPrerendered }: APIContext): Request | null {
  return isPrerendered || !options.preview ? null : request
}

async function guard(response: Response, context: APIContext): Promise<Response> {
  if (context.isPrerendered) return response
  const { cookies, request, url } = context
  const route = `${request.method} ${url.pathname}`
  // Astro adds its cookies to the answer later.
  const set = [...cookies.headers()].map((cookie): [string, string] => ['Set-Cookie', cookie])
  if (set.length > 0) await site.guard(new Response(null, { headers: set }), route)
  return site.guard(response, route)
}
