import { KeyblokError } from '../errors.js'
import type { Site } from '../site.js'
import type { EnvPrefix } from '../stories/space.js'
import { readWebhook } from './read-webhook.js'

/**
 * Answers a webhook: what was read before is old from now on, so that what is published shows at once.
 *
 * @param site - The site.
 * @param request - The request; its body is used up.
 * @param envPrefix - The prefix of the space's variables, of which the webhook's secret is one.
 * @returns 200 with JSON, as Storyblok wants it; 401 for what is not Storyblok's.
 */
export async function answerWebhook(
  site: Site,
  request: Request,
  envPrefix: EnvPrefix = 'STORYBLOK',
): Promise<Response> {
  const { webhookSecret: secret, spaceId } = site.connect(envPrefix).settings
  try {
    if (!secret) throw new KeyblokError('KB_WEBHOOK_REFUSED', `${envPrefix}_WEBHOOK_SECRET is not set.`)
    await readWebhook(request, { secret, spaceId })
    site.refresh(envPrefix)
    return Response.json({ ok: true })
  } catch (error) {
    if (!(error instanceof KeyblokError) || error.code !== 'KB_WEBHOOK_REFUSED') throw error
    console.warn(error.report)
    return Response.json({ ok: false }, { status: 401 })
  }
}
