import type { Reception } from '@keyblok/core/preview'
import type { APIContext } from 'astro'
import { pageVersions } from './page-versions.js'
import { site } from '../site.js'

/**
 * Tells Astro's route cache what a page shows, so that a webhook can drop it, or that no cache may keep it. It has the
 * last word: a page or component may have asked for the cache while it rendered.
 *
 * @returns The response; one that goes into the cache was read to its end, since components read stories until then.
 */
export async function tagResponse(
  response: Response,
  { cache }: Pick<APIContext, 'cache'>,
  { uncacheable, storyblok }: Reception,
): Promise<Response> {
  if (!cache.enabled) return response
  if (uncacheable || response.status >= 500) {
    cache.set(false)
    return response
  }
  if (cache.options.maxAge === undefined) return response

  const whole = new Response(response.body && (await response.arrayBuffer()), response)
  const { journal } = storyblok
  // What was read while something was published may be of either side of it.
  if (site.isCurrent(journal)) {
    cache.set({ tags: journal.tags })
    pageVersions.add(journal)
  } else cache.set(false)
  return whole
}
