import type { Space } from '@keyblok/core'
import { answerWebhook } from '@keyblok/core/webhooks'
import type { APIContext } from 'astro'
import { pageVersions } from '../page-cache/page-versions.js'
import { site } from '../site.js'

/**
 * Makes the endpoint that Storyblok's webhooks call, so that what is published shows at once: reads are asked again, and
 * of cached pages those are dropped that show what changed. It checks the signature with `STORYBLOK_WEBHOOK_SECRET`.
 *
 * A site with one space needs no file for it: the integration's option `webhook` names the path.
 *
 * @param space - The space, where the site has several.
 *
 * @example
 * ```ts
 * // src/pages/docs-webhook.ts
 * import { defineSpace } from '@keyblok/astro/stories'
 * import { storyblokWebhook } from '@keyblok/astro/server'
 *
 * export const POST = storyblokWebhook(defineSpace({ name: 'docs', envPrefix: 'STORYBLOK_DOCS' }))
 * ```
 */
export function storyblokWebhook(space?: Space): (context: Pick<APIContext, 'request' | 'cache'>) => Promise<Response> {
  return async ({ request, cache }) => {
    let release: (() => void) | undefined
    try {
      return await answerWebhook(site, request, {
        envPrefix: space?.envPrefix,
        onVerified: () => (release = pageVersions.hold()),
        async invalidate(told) {
          if (!cache.enabled) return
          // Other instances fill a cache that is in front of this one, so only the event counts there.
          const { inProcess } = pageVersions
          const tags = inProcess ? await pageVersions.changed(space?.envPrefix ?? 'STORYBLOK', told) : told
          await cache.invalidate({ tags })
        },
      })
    } finally {
      release?.()
    }
  }
}
