import type { Visit } from '@keyblok/core/server'
import type { APIContext } from 'astro'
import options from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'
import { isLocalDevRequest } from './dev/dev-requests-key.js'

/** Tells what is known of a request, beside what it proves. */
export function visitOf(context: APIContext): Visit {
  const { isPrerendered, locals, request } = context
  const { cfContext } = locals as { cfContext?: { waitUntil(work: Promise<unknown>): void } }
  return {
    local: options.dev && isLocalDevRequest(isPrerendered ? undefined : request.headers),
    drafts: options.drafts,
    // Astro finds it once a request: asked for before a rewrite, it would be that of another page.
    language: () => context.currentLocale,
    languages: siteSpace.languages,
    building: isPrerendered && !options.dev,
    waitUntil: cfContext && ((work) => cfContext.waitUntil(work)),
  }
}
