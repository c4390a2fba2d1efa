import type { Space } from '@keyblok/core'
import { answerWebhook } from '@keyblok/core/webhooks'
import { site } from '../site.js'

/**
 * Makes the endpoint that Storyblok's webhooks call, so that what is published shows at once. It checks their signature
 * with `STORYBLOK_WEBHOOK_SECRET`.
 *
 * @param space - The space, where the site has several.
 *
 * @example
 * ```ts
 * // src/routes/storyblok-webhook/+server.ts
 * import { storyblokWebhook } from '@keyblok/sveltekit/server'
 *
 * export const POST = storyblokWebhook()
 * ```
 */
export function storyblokWebhook(space?: Space): (event: { request: Request }) => Promise<Response> {
  return ({ request }) => answerWebhook(site, request, { envPrefix: space?.envPrefix })
}
