import { receive } from '@keyblok/core/preview'
import type { Visit } from '@keyblok/core/server'
import type { APIContext, MiddlewareHandler } from 'astro'
import options from 'virtual:keyblok/options'
import { isLocalDevRequest } from './dev-requests-key.js'
import { errorResponse } from './error-response.js'
import { site } from './site.js'

/** Gives each request its reader, and its response the headers that the reader's version asks for. */
export const onRequest: MiddlewareHandler = async (context, next) => {
  // A rewrite runs the middleware again, with the same locals; so does an error page, whose answer passes here only.
  if (context.locals.storyblok) return guard(await next(), context)

  const reception = await receive(site, requestOf(context), visitOf(context))
  if (reception.redirect) return reception.redirect
  context.locals.storyblok = reception.storyblok
  try {
    const response = reception.finish(await next())
    // Astro's route cache knows no cookies, and a page may have asked for it while it rendered.
    if (reception.uncacheable && context.cache.enabled) context.cache.set(false)
    return await guard(response, context)
  } catch (error) {
    // A page that cannot be prerendered fails the build.
    const shown = context.isPrerendered && !options.dev ? undefined : errorResponse(error, options.dev)
    if (shown) return shown
    throw error
  }
}

/** A page that is prerendered is everybody's, and Astro warns of whatever looks at its request. */
function requestOf({ request, isPrerendered }: APIContext): Request | null {
  return isPrerendered ? null : request
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

function visitOf({ currentLocale, isPrerendered, locals }: APIContext): Visit {
  const { cfContext } = locals as { cfContext?: { waitUntil(work: Promise<unknown>): void } }
  return {
    local: options.dev && isLocalDevRequest(),
    drafts: options.drafts,
    language: currentLocale,
    building: isPrerendered && !options.dev,
    waitUntil: cfContext && ((work) => cfContext.waitUntil(work)),
  }
}
