// For servers: reads and answers what Storyblok's webhooks send.
export { answerWebhook } from './webhooks/answer-webhook.js'
export { readWebhook } from './webhooks/read-webhook.js'
export type { WebhookEvent, WebhookOptions } from './webhooks/read-webhook.js'
