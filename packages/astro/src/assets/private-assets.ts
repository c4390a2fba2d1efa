import { KeyblokError, defineSpace } from '@keyblok/core'
import type { Space } from '@keyblok/core'
import { answerPrivateAsset } from '@keyblok/core/assets'
import type { RequestedAsset } from '@keyblok/core/assets'
import type { APIContext } from 'astro'
import { prerenderedError } from './prerendered-error.js'
import { noCache } from '../page-cache/finish-response.js'
import { site } from '../site.js'

export interface PrivateAssetsOptions {
  /**
   * Decides whether the visitor may have the asset; anything but `true` is a no. It is asked before Storyblok is, so the
   * asset is what the address says, and may not exist.
   */
  authorize: (context: APIContext, asset: RequestedAsset) => boolean | Promise<boolean>
  /** The space, where the site has several. */
  space?: Space
}

/**
 * Makes the endpoint that opens private assets to those who may have them, by a redirect to the URL that Storyblok signs
 * for a while. It needs `STORYBLOK_ASSET_TOKEN`. Tell the integration where it is: `keyblok({ privateAssets: '/assets' })`.
 *
 * @returns The endpoint; it answers GET and HEAD.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` without `authorize`, and when the route is prerendered.
 *
 * @example
 * ```ts
 * // src/pages/assets/[...file].ts
 * import { privateAssets } from '@keyblok/astro/server'
 *
 * export const prerender = false
 * export const ALL = privateAssets({ authorize: ({ cookies }) => cookies.has('member') })
 * ```
 */
export function privateAssets({
  authorize,
  space = defineSpace(),
}: PrivateAssetsOptions): (context: APIContext) => Promise<Response> {
  if (typeof authorize !== 'function') {
    throw new KeyblokError('KB_CONFIGURATION_INVALID', 'privateAssets() was called without “authorize”.', {
      hint: 'Give a function that decides who may have an asset: without one, everybody could.',
    })
  }
  return async (context) => {
    if (context.isPrerendered) throw prerenderedError(context.routePattern)
    // Whoever asks next is another visitor.
    noCache(context)
    // The rest parameter is the last of the route.
    const file = Object.values(context.params).at(-1)
    return answerPrivateAsset(site, context.locals.storyblok, context.request, {
      space,
      file,
      authorize: (asset) => authorize(context, asset),
    })
  }
}
