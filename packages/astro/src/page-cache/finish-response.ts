import type { Reception } from '@keyblok/core/preview'
import type { APIContext } from 'astro'
import { pageVersions } from './page-versions.js'
import { site } from '../site.js'

type Cached = Pick<APIContext, 'cache'>

/**
 * Finishes a response, and tells Astro's route cache what its page shows, so that a webhook can drop it, or that no cache
 * may keep it. It has the last word: a page or component may have asked for the cache while it rendered.
 *
 * @returns The response; one that goes into the cache was read to its end, since components read stories until then.
 */
export async function finishResponse(response: Response, context: Cached, reception: Reception): Promise<Response> {
  const { cache } = context
  if (!cache.enabled) return reception.finish(response)
  const isWanted = cache.options.maxAge !== undefined && mayBeKept(response, reception)
  const whole = isWanted ? new Response(response.body && (await response.arrayBuffer()), response) : response
  const finished = reception.finish(whole)
  if (!mayBeKept(finished, reception)) noCache(context)
  else if (isWanted) await keep(context, reception)
  return finished
}

/** Keeps a response out of the cache, whatever its route or page asked for. */
export function noCache({ cache }: Cached): void {
  if (cache.enabled) cache.set(false)
}

async function keep(context: Cached, { storyblok: { journal } }: Reception): Promise<void> {
  await pageVersions.prepare(journal)
  // What was read while something was published may be of either side of it.
  if (!site.isCurrent(journal)) return noCache(context)
  context.cache.set({ tags: journal.tags })
  pageVersions.add(journal)
}

/**
 * Whether a cache may keep a response: one that failed or says itself that it is private may not, and one without a body
 * is not the page that Astro shows for its status.
 */
function mayBeKept({ status, headers, body }: Response, { uncacheable }: Reception): boolean {
  const isRefused = /\b(no-store|private)\b/i.test(headers.get('cache-control') ?? '')
  return !uncacheable && !isRefused && status < 500 && (status !== 404 || body !== null)
}
