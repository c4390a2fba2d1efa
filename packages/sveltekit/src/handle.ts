import { isLocalRequest, setHeaders } from '@keyblok/core/server'
import type { Storyblok, Visit } from '@keyblok/core/server'
import type { sequence } from '@sveltejs/kit/hooks'
import { building, dev } from '$app/env'
import options from 'virtual:keyblok/options'
import { throwKitError } from './kit-error.js'
import { site } from './site.js'

declare global {
  namespace App {
    interface Locals {
      /** Reads Storyblok content with the access of this request. */
      storyblok: Storyblok
    }
  }
}

type Handle = Parameters<typeof sequence>[number]

/**
 * Makes the `handle` hook that gives each request its reader, as `event.locals.storyblok`, and its response the headers
 * that the reader's version asks for.
 *
 * @example
 * ```ts
 * import { storyblokHandle } from '@keyblok/sveltekit/server'
 *
 * export const handle = storyblokHandle()
 * ```
 */
export function storyblokHandle(): Handle {
  return async ({ event, resolve }) => {
    const visit: Visit = {
      local: dev && !building && isLocalRequest(event.request.headers, event.getClientAddress()),
      drafts: options.drafts,
      // A prerendered page that cannot be read fails the build, with the error itself.
      onError: building ? undefined : throwKitError,
    }
    event.locals.storyblok = site.visit(visit)
    return setHeaders(await resolve(event), site.responseHeaders(visit))
  }
}
