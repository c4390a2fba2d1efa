import { createHmac } from 'node:crypto'
import type { Behaviour } from '../behaviour.js'
import type { Clock } from '../clock.js'
import type { Recorded } from '../store/records.js'
import type { Store } from '../store/store.js'

/** The topics that an endpoint can listen to. */
export const webhookActions = [
  'story.published',
  'story.unpublished',
  'story.deleted',
  'story.moved',
  'datasource.entries_updated',
  'asset.created',
  'asset.replaced',
  'asset.deleted',
  'asset.restored',
  'workflow.stage.changed',
  'release.merged',
  'pipeline.deployed',
] as const

export type WebhookAction = (typeof webhookActions)[number]

/** The topics whose bodies name another action than the part behind their first dot. */
const actions: Partial<Record<WebhookAction, string>> = {
  'release.merged': 'release_merged',
  'pipeline.deployed': 'branch_deployed',
}

/** How long a receiver may take, in milliseconds. */
const timeout = 120_000

/** Characters of a receiver's answer that the log keeps. */
const loggedLength = 1000

/** Sends what happens in the space to the endpoints that listen, signed, and logs how they answer. */
export class Webhooks {
  readonly #store: Store
  readonly #clock: Clock
  readonly #retries: number
  readonly #running = new Set<Promise<void>>()
  readonly #stop = new AbortController()

  constructor(store: Store, clock: Clock, { webhookRetries }: Behaviour) {
    this.#store = store
    this.#clock = clock
    this.#retries = webhookRetries
  }

  /**
   * Sends an event, after the transaction that it happened in. The fields beside `text`, `action` and `space_id` depend
   * on the topic.
   */
  emit(topic: WebhookAction, text: string, fields: Readonly<Record<string, unknown>>): void {
    this.#store.afterCommit(() => this.#emit(topic, text, fields))
  }

  #emit(topic: WebhookAction, text: string, fields: Readonly<Record<string, unknown>>): void {
    const action = actions[topic] ?? topic.slice(topic.indexOf('.') + 1)
    const body = { text, action, space_id: this.#store.spaceId, ...fields }
    for (const endpoint of this.#store.records('webhook_endpoints').list()) {
      const wanted = endpoint['actions']
      if (endpoint['activated'] !== true || !Array.isArray(wanted) || !wanted.includes(topic)) continue
      this.#send(endpoint, topic, JSON.stringify(body))
    }
  }

  /** Resolves when all that was sent is answered, or has failed. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Ends what is under way; nothing is logged any more. */
  close(): void {
    this.#stop.abort()
  }

  #send(endpoint: Recorded, topic: WebhookAction, body: string): void {
    const log = this.#store.records('webhook_logs').insert({
      webhook_endpoint_id: endpoint.id,
      status: 'pending',
      kind: topic,
      executed_at: this.#clock.iso(),
      payload: body,
      retries: 0,
      response: null,
    })
    const running = this.#deliver(endpoint, topic, body, log)
      // What cannot be logged, as while another process holds the file, must not end the space.
      .catch((error: unknown) => console.error(error))
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #deliver(endpoint: Recorded, topic: WebhookAction, body: string, log: Recorded): Promise<void> {
    for (let retries = 0; retries <= this.#retries; retries++) {
      const { isSuccess, response } = await this.#post(endpoint, topic, body)
      if (this.#stop.signal.aborted) return
      this.#store
        .records('webhook_logs')
        .update({ ...log, status: isSuccess ? 'success' : 'failed', retries, response })
      if (isSuccess) return
    }
  }

  async #post(
    { endpoint, secret }: Recorded,
    topic: WebhookAction,
    body: string,
  ): Promise<{ isSuccess: boolean; response: unknown }> {
    try {
      const response = await fetch(String(endpoint), {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Storyblok-Topic': topic,
          ...(typeof secret === 'string' && secret !== '' && { 'Webhook-Signature': sign(body, secret) }),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeout)]),
      })
      return { isSuccess: response.ok, response: { status: response.status, body: await readStart(response) } }
    } catch (error) {
      return { isSuccess: false, response: { error: (error as Error).message } }
    }
  }
}

/** Reads as much of an answer as is logged. */
async function readStart({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    // Leaving the loop cancels the rest.
    if (text.length >= loggedLength) break
  }
  return text.slice(0, loggedLength)
}

/** Signs a body as Storyblok does: HMAC-SHA1 in hexadecimal, without a prefix. */
function sign(body: string, secret: string): string {
  return createHmac('sha1', secret).update(body).digest('hex')
}
