import type { Catalogue } from './entry.js'

export type WebhookFindingId =
  | 'webhook-missing'
  | 'webhook-deactivated'
  | 'webhook-http'
  | 'webhook-unsigned'
  | 'webhook-secret-missing'
  | 'webhook-secret-differs'
  | 'webhook-topics'
  | 'webhook-failed'
  | 'webhook-unreachable'
  | 'webhook-unprotected'

const where = 'in Storyblok under Settings → Webhooks'

/** What is wrong with the webhooks that tell a site of changes. */
export const webhookFindings: Catalogue<WebhookFindingId> = {
  'webhook-missing': {
    severity: 'note',
    why: 'What is published shows after some seconds, or when the site is built again, not at once.',
    fix: `Add the site’s webhook, ${where}: docs/reading.md.`,
  },
  'webhook-deactivated': {
    severity: 'note',
    why: 'The site is told of nothing.',
    fix: `Activate it, or delete it, ${where}.`,
  },
  'webhook-http': {
    severity: 'warning',
    why: 'Whoever is on the way reads what happens in the space, and can send it again.',
    fix: `Give its https address, ${where}.`,
  },
  'webhook-unsigned': {
    severity: 'error',
    why: 'The site cannot tell Storyblok’s webhooks from anybody’s, and Keyblok refuses what is not signed.',
    fix: `Give it a random secret, ${where}, and set the same STORYBLOK_WEBHOOK_SECRET where the site runs.`,
  },
  'webhook-secret-missing': {
    severity: 'warning',
    why: 'The site refuses every webhook, so what is published does not show at once.',
    fix: 'Set STORYBLOK_WEBHOOK_SECRET to the secret of the webhook in Storyblok, where the site runs.',
  },
  'webhook-secret-differs': {
    severity: 'error',
    why: 'The site refuses what is signed with another secret.',
    fix: 'Set both to the same value, and deploy.',
  },
  'webhook-topics': {
    severity: 'warning',
    why: 'Pages stay old after a change that the site is not told of.',
    fix: `Choose these topics as well, ${where}.`,
  },
  'webhook-failed': {
    severity: 'warning',
    why: 'The site did not take what Storyblok told it, and may show old pages.',
    fix: `Look at the deliveries ${where}, and at the site’s logs.`,
  },
  'webhook-unreachable': {
    severity: 'error',
    why: 'The site is told of nothing.',
    fix: 'Correct the address, or deploy the route that `storyblokWebhook()` makes.',
  },
  'webhook-unprotected': {
    severity: 'error',
    why: 'Anybody can make the site drop its caches, as often as they like.',
    fix: 'Answer webhooks with `storyblokWebhook()`, or verify them with `readWebhook()`.',
  },
}
