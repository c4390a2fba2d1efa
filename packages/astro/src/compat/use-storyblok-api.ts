import { createClient } from '@keyblok/core/compat-server'
import type { StoryblokClient } from '@keyblok/core/compat'
import type { Storyblok } from '@keyblok/core/server'
import options from 'virtual:keyblok/options'
import siteSpace from 'virtual:keyblok/space'
import { currentReader, knowsRequests } from '../request-reader.js'
import { site } from '../site.js'

/**
 * Gives a client with the shape of Storyblok's own. It reads with the access of the current request, wherever it was asked
 * for: in pages, components, endpoints and `getStaticPaths`.
 *
 * @example
 * ```ts
 * import { useStoryblokApi } from '@keyblok/astro/compat'
 *
 * const { data } = await useStoryblokApi().get('cdn/stories/home', { resolve_relations: 'article.author' })
 * console.log(data.story.name)
 * ```
 */
export function useStoryblokApi(): StoryblokClient {
  return createClient(() => currentReader() ?? readerOfNoRequest(), siteSpace)
}

/** The build and the dev server ask for paths by themselves: no visitor’s request is behind them. */
function readerOfNoRequest(): Storyblok {
  if (!knowsRequests) tellOnce()
  // Where no request is ever known, this may be anybody's.
  return site.visit({ local: options.dev && knowsRequests, drafts: options.drafts })
}

let told = false

function tellOnce(): void {
  if (told) return
  told = true
  console.warn(
    '[keyblok] useStoryblokApi() reads what is published, for editors too: this runtime has no AsyncLocalStorage to tell ' +
      'whose request it is. On Cloudflare it has with the compatibility flag nodejs_als.',
  )
}
