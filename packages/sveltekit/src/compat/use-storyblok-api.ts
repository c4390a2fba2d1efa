import { createClient } from '@keyblok/core/compat-server'
import type { StoryblokClient } from '@keyblok/core/compat'
import type { Storyblok } from '@keyblok/core/server'
import type { RequestEvent } from '@sveltejs/kit'
import { getRequestEvent } from '$app/server'
import { building } from 'virtual:keyblok/kit'
import options from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'
import { assertReader } from '../loads/load-event.js'
import { site } from '../site.js'

/**
 * Gives a client with the shape of Storyblok's own. It reads with the access of the current request, so it is for code that
 * runs on the server: `+page.server.js`, `+layout.server.js`, `+server.js`, hooks, remote functions and `entries`.
 *
 * @example
 * ```ts
 * // src/routes/+page.server.ts
 * import { useStoryblokApi } from '@keyblok/sveltekit/compat'
 *
 * export const load = async () => {
 *   const { data } = await useStoryblokApi().get('cdn/stories/home')
 *   return { story: data.story }
 * }
 * ```
 */
export function useStoryblokApi(): StoryblokClient {
  return createClient(readerOfRequest, siteSpace)
}

function readerOfRequest(): Storyblok {
  const event = currentEvent()
  // The build asks for entries by itself: no visitor’s request is behind them.
  return event ? assertReader(event) : site.visit({ local: false, drafts: options.drafts, building })
}

/** SvelteKit throws where no request is known. */
function currentEvent(): RequestEvent | undefined {
  try {
    return getRequestEvent()
  } catch {
    return undefined
  }
}
