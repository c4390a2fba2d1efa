import { redactError, systemCode } from '../delivery/redact.js'
import { Transport, TransportTimeout } from '../delivery/transport.js'
import type { Fetch, HttpAnswer, HttpRequest, RetryOptions } from '../delivery/transport.js'
import { KeyblokError } from '../errors.js'
import type { Json } from '../json.js'
import { isLoopbackHost } from '../tokens/loopback-host.js'
import type { Secret } from '../tokens/secret.js'
import { Pace } from './pace.js'

/** How the Management API is reached. */
export interface ManagementOptions {
  /** The API's origin, such as `https://mapi.storyblok.com`, or a local space's. */
  url: string
  /** A personal access token. */
  token: Secret
  fetch?: Fetch
  retry?: Partial<RetryOptions>
  /** Requests a second: 6 by default, as Storyblok allows; without a limit where the API is on this machine. */
  perSecond?: number
  /** Ends whatever is under way. */
  signal?: AbortSignal
}

/** One request. */
export interface ManagementRequest {
  method?: HttpRequest['method']
  /** The path behind `/v1/`, its segments encoded, with its query. */
  path: string
  /** The scope that a personal access token needs for it, such as `stories:read`; errors name it. */
  scope?: string
  body?: Json
}

/** A list of the API that comes in pages. */
export interface ManagementList extends Pick<ManagementRequest, 'path' | 'scope'> {
  /** The field of the body that holds it. */
  field: string
  /** How many come at once; 100 is the most of nearly all lists. */
  perPage?: number
}

const defaultRetry: RetryOptions = { attempts: 5, timeout: 30_000, deadline: 120_000 }

/**
 * Speaks Storyblok's Management API with a personal access token, at the pace that the API allows.
 *
 * Reads are sent again where that can help. What changes something is sent again only when the rate limit refused it:
 * after any other failure it may have happened.
 *
 * @example
 * ```ts
 * import { Management } from '@keyblok/core/management'
 * import { Secret } from '@keyblok/core/server'
 *
 * export async function listSpaces(token: string): Promise<unknown> {
 *   const management = new Management({ url: 'https://mapi.storyblok.com', token: new Secret(token, 'personal') })
 *   return (await management.get({ path: 'spaces', scope: 'spaces:read' }))['spaces']
 * }
 * ```
 */
export class Management {
  /** The API's origin. */
  readonly url: string
  readonly #token: Secret
  readonly #transport: Transport
  readonly #signal: AbortSignal | undefined
  readonly #pace: Pace

  constructor({ url, token, fetch, retry, perSecond, signal }: ManagementOptions) {
    this.url = url.replace(/\/+$/, '')
    this.#pace = new Pace(perSecond ?? (isLoopbackHost(new URL(url).hostname) ? Number.POSITIVE_INFINITY : undefined))
    this.#token = token
    this.#transport = new Transport(fetch, { ...defaultRetry, ...retry })
    this.#signal = signal
  }

  /** Requests a second that are sent at most; fewer once the API refused one. */
  get perSecond(): number {
    return this.#pace.perSecond
  }

  /**
   * Reads.
   *
   * @throws {KeyblokError} `KB_TOKEN_REFUSED` on 401 and 403; `KB_MANAGEMENT_REFUSED` on any other 4xx; otherwise
   * `KB_RATE_LIMITED`, `KB_TIMEOUT`, `KB_UPSTREAM_FAILED`, `KB_UPSTREAM_INVALID` or `KB_ABORTED`.
   */
  get(request: Pick<ManagementRequest, 'path' | 'scope'>): Promise<Json> {
    return this.send(request)
  }

  /**
   * Reads a list, page by page.
   *
   * @returns Its items, as they come; the total is known with the first page.
   * @throws {KeyblokError} As `get` does.
   */
  async *list({ path, field, perPage = 100, scope }: ManagementList): AsyncGenerator<{ items: Json[]; total: number }> {
    const separator = path.includes('?') ? '&' : '?'
    let seen = 0
    for (let page = 1; ; page++) {
      const answer = await this.#answer({ path: `${path}${separator}page=${page}&per_page=${perPage}`, scope })
      const items = parseBody(answer.text)?.[field]
      if (!Array.isArray(items)) {
        throw new KeyblokError('KB_UPSTREAM_INVALID', `There is no list of ${field} in the answer.`, {
          url: this.#urlOf(path),
        })
      }
      seen += items.length
      const named = Number(answer.headers.get('total') ?? Number.NaN)
      const total = Number.isSafeInteger(named) ? named : seen
      yield { items: items as Json[], total }
      if (items.length === 0 || seen >= total) return
    }
  }

  /** Reads a list to its end. Throws as `get` does. */
  async all(list: ManagementList): Promise<Json[]> {
    const found: Json[] = []
    for await (const { items } of this.list(list)) found.push(...items)
    return found
  }

  /**
   * Sends a request.
   *
   * @returns The body; empty where the API answers nothing.
   * @throws {KeyblokError} As `get` does.
   */
  async send(request: ManagementRequest): Promise<Json> {
    const { status, text } = await this.#answer(request)
    const body = status === 204 || text.trim() === '' ? {} : parseBody(text)
    if (body) return body
    throw new KeyblokError('KB_UPSTREAM_INVALID', 'The answer is not JSON.', { status, url: this.#urlOf(request.path) })
  }

  async #answer({ method = 'GET', path, scope, body }: ManagementRequest): Promise<HttpAnswer> {
    const url = this.#urlOf(path)
    const request: HttpRequest = {
      url,
      method,
      headers: {
        // A personal access token stands alone; `Bearer` is for OAuth (Storyblok's reference of its authentication).
        authorization: this.#token.reveal(),
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }
    const answer = await this.#transport
      .send(request, this.#observer, this.#signal)
      .catch((error: unknown) => this.#throwFailure(error, url))
    if (answer.status >= 200 && answer.status < 300) return answer
    throw refusal(answer, url, scope)
  }

  readonly #observer = {
    beforeRequest: () => this.#pace.reserve(),
    onWait: () => {},
    onAnswer: (status: number) => {
      if (status === 429) this.#pace.slowDown()
    },
    onFailure: () => {},
    onRetry: () => {},
  }

  #throwFailure(error: unknown, url: string): never {
    if (this.#signal?.aborted) throw new KeyblokError('KB_ABORTED', 'Its signal was aborted.', { url })
    if (error instanceof TransportTimeout) throw new KeyblokError('KB_TIMEOUT', `It gave ${error.message}.`, { url })
    const cause = redactError(error, this.#token)
    const reason = systemCode(cause)
    const said = `${this.url} cannot be reached${reason === undefined ? '' : `: ${reason}`}.`
    throw new KeyblokError('KB_UPSTREAM_FAILED', said, { url, cause })
  }

  #urlOf(path: string): string {
    return `${this.url}/v1/${path}`
  }
}

function parseBody(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

function refusal({ status, text }: HttpAnswer, url: string, scope: string | undefined): KeyblokError {
  const reason = reasonIn(text)
  const said = `The Management API answered ${status}${reason === undefined ? '' : `: ${reason}`}.`
  if (status === 401) {
    const hint =
      'The personal access token is unknown, expired or revoked, or of another region’s account. ' +
      'Create one in Storyblok under My account → Account settings → Personal access tokens.'
    return new KeyblokError('KB_TOKEN_REFUSED', said, { status, url, hint })
  }
  if (status === 403) {
    const needed = scope === undefined ? 'rights that it does not have' : `the scope ${scope}`
    const hint = `The personal access token needs ${needed}, for this space, and its user a role that may do this.`
    return new KeyblokError('KB_TOKEN_REFUSED', said, { status, url, hint })
  }
  if (status === 429) return new KeyblokError('KB_RATE_LIMITED', said, { status, url })
  return new KeyblokError(status >= 500 ? 'KB_UPSTREAM_FAILED' : 'KB_MANAGEMENT_REFUSED', said, { status, url })
}

/** The reasons that Rails gives: an array, `error`, or a list for each field. Never the whole body: it may hold tokens. */
function reasonIn(text: string): string | undefined {
  const body = parseBody(text)
  if (!body) return undefined
  if (Array.isArray(body)) return shorten(body[0])
  const { error } = body
  if (typeof error === 'string') return shorten(error)
  const fields = typeof error === 'object' && error !== null ? (error as Json) : body
  const reasons = Object.entries(fields).flatMap(([field, value]) =>
    Array.isArray(value) && typeof value[0] === 'string' ? [`${field} ${value[0]}`] : [],
  )
  return reasons.length > 0 ? shorten(reasons.join(', ')) : undefined
}

const longestReason = 300

function shorten(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  // It is shown in terminals.
  return value
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replace(/\.$/, '')
    .slice(0, longestReason)
}
