import { toHex, utf8 } from '../encoding.js'
import { KeyblokError } from '../errors.js'
import { equalInConstantTime } from '../tokens/constant-time.js'
import type { Secret } from '../tokens/secret.js'

/** What Storyblok told of. Fields that belong to another kind of event are not there. */
export interface WebhookEvent {
  /** The kind of event, such as `story.published` or `datasource.entries_updated`. */
  topic: string
  /** The part of the topic after its dot. */
  action: string
  spaceId: number
  /** What happened, as a sentence for people. */
  text: string
  storyId?: number
  fullSlug?: string
  assetId?: number
  datasourceSlug?: string
  releaseId?: number
  branchId?: number
}

export interface WebhookOptions {
  /** The webhook's secret, as set in Storyblok. */
  secret: Secret
  /** The space that events must be of; any when it is not known. */
  spaceId?: number | null
}

/** Far more than any event, and nothing to read for long. */
const longest = 1_000_000

/**
 * Reads a webhook of Storyblok, after checking that it is one: `webhook-signature` is the HMAC-SHA-1 of the raw body
 * (Storyblok's documentation of webhooks).
 *
 * The signature holds no time, so an event can be sent again by whoever saw it: answer it in a way that does no harm
 * twice, such as {@link Site.refresh}.
 *
 * @param request - The request; its body is used up.
 * @returns What happened.
 * @throws {KeyblokError} `KB_WEBHOOK_REFUSED` when it is not Storyblok's, not of the space, or no event.
 *
 * @example
 * ```ts
 * import { Secret } from '@keyblok/core/server'
 * import { readWebhook } from '@keyblok/core/webhooks'
 *
 * export async function POST(request: Request): Promise<Response> {
 *   const secret = new Secret(process.env['STORYBLOK_WEBHOOK_SECRET'] ?? '', 'webhook')
 *   const { topic } = await readWebhook(request, { secret })
 *   return Response.json({ topic })
 * }
 * ```
 */
export async function readWebhook(request: Request, { secret, spaceId }: WebhookOptions): Promise<WebhookEvent> {
  if (secret.reveal() === '') refuse('No secret is configured, so anybody could send it.')
  if (request.method !== 'POST') refuse('It is not a POST request.')
  const body = await readBody(request)
  const signature = request.headers.get('webhook-signature') ?? ''
  if (!equalInConstantTime(await sign(body, secret), signature)) refuse('Its signature is missing or wrong.')

  const event = parseEvent(new TextDecoder().decode(body), request.headers.get('x-storyblok-topic'))
  if (!event) refuse('Its body is no event.')
  if (spaceId !== undefined && spaceId !== null && event.spaceId !== spaceId) refuse('It is of another space.')
  return event
}

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > longest) refuse('It is too long.')
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > longest) refuse('It is too long.')
  }
  const body = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.length
  }
  return body
}

async function sign(body: Uint8Array<ArrayBuffer>, secret: Secret): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', utf8(secret.reveal()), algorithm, false, ['sign'])
  return toHex(await crypto.subtle.sign('HMAC', key, body))
}

function parseEvent(text: string, header: string | null): WebhookEvent | undefined {
  const body = parseObject(text)
  if (!body || typeof body['action'] !== 'string' || !Number.isSafeInteger(body['space_id'])) return undefined
  const action = body['action']
  const topic = header ?? ('story_id' in body ? `story.${action}` : action)
  return {
    topic,
    action,
    spaceId: body['space_id'] as number,
    text: typeof body['text'] === 'string' ? body['text'] : '',
    ...pick(body, 'story_id', 'storyId', 'number'),
    ...pick(body, 'full_slug', 'fullSlug', 'string'),
    ...pick(body, 'asset_id', 'assetId', 'number'),
    ...pick(body, 'datasource_slug', 'datasourceSlug', 'string'),
    ...pick(body, 'release_id', 'releaseId', 'number'),
    ...pick(body, 'branch_id', 'branchId', 'number'),
  }
}

function pick(body: Record<string, unknown>, field: string, name: string, type: 'number' | 'string'): object {
  return typeof body[field] === type ? { [name]: body[field] } : {}
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function refuse(details: string): never {
  throw new KeyblokError('KB_WEBHOOK_REFUSED', details)
}
