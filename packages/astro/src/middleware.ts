import { setHeaders } from '@keyblok/core/server'
import type { Visit } from '@keyblok/core/server'
import type { MiddlewareHandler } from 'astro'
import options from 'virtual:keyblok/options'
import { isLocalDevRequest } from './dev-requests-key.js'
import { errorResponse } from './error-response.js'
import { site } from './site.js'

/** Gives each request its reader, and its response the headers that the reader's version asks for. */
export const onRequest: MiddlewareHandler = async (context, next) => {
  // A rewrite runs the middleware again, with the same locals.
  if (context.locals.storyblok) return next()

  const visit: Visit = { local: options.dev && isLocalDevRequest(), drafts: options.drafts }
  context.locals.storyblok = site.visit(visit)
  try {
    return setHeaders(await next(), site.responseHeaders(visit))
  } catch (error) {
    // A page that cannot be prerendered fails the build.
    const response = context.isPrerendered && !options.dev ? undefined : errorResponse(error, options.dev)
    if (response) return response
    throw error
  }
}
