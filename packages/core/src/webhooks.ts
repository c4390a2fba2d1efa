// For servers: reads what Storyblok's webhooks send.
export { readWebhook } from './webhooks/read-webhook.js'
export type { WebhookEvent, WebhookOptions } from './webhooks/read-webhook.js'
