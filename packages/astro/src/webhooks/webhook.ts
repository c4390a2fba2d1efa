import { storyblokWebhook } from './storyblok-webhook.js'

// The endpoint that the integration injects where a site asks for one.
export const prerender = false
export const POST: ReturnType<typeof storyblokWebhook> = storyblokWebhook()
