import { createHmac } from 'node:crypto'

/** The secret that sites of these tests share with the local space. */
export const webhookSecret = 'fakeWEBHOOKfakeWEBHOOKtt'

/** Calls a site's webhook endpoint as Storyblok does, and gives the status that it answers with. */
export async function sendWebhook(url: string, event: object, secret = webhookSecret): Promise<number> {
  const body = JSON.stringify(event)
  const signature = createHmac('sha1', secret).update(body).digest('hex')
  const headers = { 'webhook-signature': signature, 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', body, headers })).status
}
