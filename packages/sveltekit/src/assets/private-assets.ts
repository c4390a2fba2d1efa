import { KeyblokError, defineSpace } from '@keyblok/core'
import type { Space } from '@keyblok/core'
import { answerPrivateAsset } from '@keyblok/core/assets'
import type { RequestedAsset } from '@keyblok/core/assets'
import type { RequestEvent } from '@sveltejs/kit'
import { building } from 'virtual:keyblok/kit'
import { site } from '../site.js'

// oxlint-disable-next-line no-explicit-any -- Kit's tools fill in a route's own event
type AnyRequestEvent = RequestEvent<any, any>

export interface PrivateAssetsOptions<Event> {
  /**
   * Decides whether the visitor may have the asset; anything but `true` is a no. It is asked before Storyblok is, so the
   * asset is what the address says, and may not exist.
   */
  authorize: (event: Event, asset: RequestedAsset) => boolean | Promise<boolean>
  /** The space, where the app has several. */
  space?: Space
}

/**
 * Makes the endpoint that opens private assets to those who may have them, by a redirect to the URL that Storyblok signs
 * for a while. It needs `STORYBLOK_ASSET_TOKEN`. Tell the plugin where it is: `keyblok({ privateAssets: '/assets' })`.
 *
 * @returns The endpoint for GET and HEAD.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` without `authorize`, and when the route is prerendered.
 *
 * @example
 * ```ts
 * // src/routes/assets/[...file]/+server.ts
 * import { privateAssets } from '@keyblok/sveltekit/server'
 *
 * export const GET = privateAssets({ authorize: ({ cookies }) => cookies.get('member') !== undefined })
 * export const HEAD = GET
 * ```
 */
export function privateAssets<Event extends AnyRequestEvent = AnyRequestEvent>({
  authorize,
  space = defineSpace(),
}: PrivateAssetsOptions<Event>): (event: Event) => Promise<Response> {
  if (typeof authorize !== 'function') {
    throw new KeyblokError('KB_CONFIGURATION_INVALID', 'privateAssets() was called without “authorize”.', {
      hint: 'Give a function that decides who may have an asset: without one, everybody could.',
    })
  }
  return async (event) => {
    if (building) {
      throw new KeyblokError(
        'KB_CONFIGURATION_INVALID',
        `Private assets need an on-demand route, and ${event.route.id} is prerendered.`,
        { hint: 'Take `prerender` off it: a signed URL in a file would open the asset to everybody, and expire.' },
      )
    }
    return answerPrivateAsset(site, event.locals.storyblok, event.request, {
      space,
      // The rest parameter is the last of the route.
      file: String(Object.values(event.params as Record<string, unknown>).at(-1) ?? ''),
      authorize: (asset) => authorize(event, asset),
    })
  }
}
