import { isLocalRequest, setHeaders } from '@keyblok/core/server'
import type { Visit } from '@keyblok/core/server'
import type { APIContext, MiddlewareHandler } from 'astro'
import options from 'virtual:keyblok/options'
import { isLocalDevRequest } from './dev-requests-key.js'
import { errorResponse } from './error-response.js'
import { site } from './site.js'

/** Gives each request its reader, and its response the headers that the reader's version asks for. */
export const onRequest: MiddlewareHandler = async (context, next) => {
  // A rewrite runs the middleware again, with the same locals.
  if (context.locals.storyblok) return next()

  const visit: Visit = { local: isLocal(context), drafts: options.drafts }
  context.locals.storyblok = site.visit(visit)
  try {
    return setHeaders(await next(), site.responseHeaders(visit))
  } catch (error) {
    const { DEV } = import.meta.env
    // A page that cannot be prerendered fails the build.
    const response = context.isPrerendered && !DEV ? undefined : errorResponse(error, DEV)
    if (response) return response
    throw error
  }
}

function isLocal({ isPrerendered, request }: APIContext): boolean {
  if (!import.meta.env.DEV) return false
  return isPrerendered ? isLocalDevRequest() : isLocalRequest(request.headers)
}
