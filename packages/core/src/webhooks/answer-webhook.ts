import { KeyblokError } from '../errors.js'
import type { Site } from '../site.js'
import { CacheTags } from '../stories/cache-tags.js'
import type { EnvPrefix } from '../stories/space.js'
import { readWebhook } from './read-webhook.js'

/** What answering a webhook needs to know. */
export interface AnswerOptions {
  /** The prefix of the space's variables, of which the webhook's secret is one. */
  envPrefix?: EnvPrefix
  /** Is told that the webhook is Storyblok's and about content, before anything else happens. */
  onVerified?: () => void
  /** Drops cached pages; `tags` are those that the event itself makes old. */
  invalidate?: (tags: string[]) => Promise<void>
}

/**
 * Answers a webhook: what was read before is old from now on, so that what is published shows at once.
 *
 * @param site - The site.
 * @param request - The request; its body is used up.
 * @returns 200 with JSON, as Storyblok wants it; 401 for what is not Storyblok's.
 */
export async function answerWebhook(
  site: Site,
  request: Request,
  { envPrefix = 'STORYBLOK', onVerified, invalidate }: AnswerOptions = {},
): Promise<Response> {
  const { webhookSecret: secret, spaceId } = site.connect(envPrefix).settings
  try {
    if (!secret) throw new KeyblokError('KB_WEBHOOK_REFUSED', `${envPrefix}_WEBHOOK_SECRET is not set.`)
    const event = await readWebhook(request, { secret, spaceId })
    const tags = new CacheTags(envPrefix).ofEvent(event)
    if (tags.length > 0) {
      onVerified?.()
      await site.refresh(envPrefix)
      await invalidate?.(tags)
    }
    return Response.json({ ok: true })
  } catch (error) {
    if (!(error instanceof KeyblokError) || error.code !== 'KB_WEBHOOK_REFUSED') throw error
    console.warn(error.report)
    return Response.json({ ok: false }, { status: 401 })
  }
}
