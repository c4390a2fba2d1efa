import { createFetch } from 'ofetch'
import type { $Fetch } from 'ofetch'
import { wait } from './wait.js'

/** A request; one that changes something is sent again only where it surely was not carried out. */
export interface HttpRequest {
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string
}

/** An HTTP answer, read to its end. */
export interface HttpAnswer {
  status: number
  headers: Headers
  text: string
}

/** How long to try. Times are in milliseconds. */
export interface RetryOptions {
  /** Requests in all, the first one included. */
  attempts: number
  /** The longest time for one request, its body included. */
  timeout: number
  /** The longest time for all of them, waiting between them included. */
  deadline: number
}

/** What a transport tells of one request. */
export interface TransportObserver {
  /** Tells how long to wait before the first request, and each further one. */
  beforeRequest(): number
  onWait(delay: number): void
  onAnswer(status: number, ms: number, attempt: number): void
  onFailure(reason: unknown, ms: number, attempt: number): void
  onRetry(attempt: number, delay: number): void
}

/** Tells that no answer came within the time given. */
export class TransportTimeout extends Error {
  override readonly name = 'TransportTimeout'
}

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>

const firstDelay = 200
const longestDelay = 5_000

/**
 * Sends requests, and again where that can help: on 408, 429, 5xx, network errors and timeouts. One that changes
 * something is sent again on 429 only.
 */
export class Transport {
  readonly #fetch: $Fetch
  readonly #retry: RetryOptions

  constructor(fetch: Fetch | undefined, retry: RetryOptions) {
    // Looked up at each call, so that what instruments the global fetch later is used.
    const current: Fetch = fetch ?? ((input, init) => globalThis.fetch(input, init))
    this.#fetch = createFetch({ fetch: current as typeof globalThis.fetch, Headers, AbortController })
    this.#retry = retry
  }

  /**
   * Sends a request until it is answered for good. Waiting for a free place in the rate limit counts neither as time
   * nor as a try: many reads that start at once would fail by their number alone.
   *
   * @param signal - Ends the read, between tries too.
   * @returns The last answer, whatever its status; redirects are not followed.
   * @throws {TransportTimeout} When no answer came in time; the signal's reason when it ended the read; otherwise the
   * error of the last try, which can hold the URL.
   */
  async send(request: HttpRequest, observer: TransportObserver, signal?: AbortSignal): Promise<HttpAnswer> {
    const { attempts, timeout, deadline } = this.#retry
    let left = deadline
    for (let attempt = 1; ; attempt++) {
      const place = observer.beforeRequest()
      if (place > 0) {
        observer.onWait(place)
        await wait(place, signal)
      }
      const start = Date.now()
      const outcome = await this.#try(request, Math.min(timeout, left), signal)
      const ms = Date.now() - start
      left -= ms
      if (outcome.answer) observer.onAnswer(outcome.answer.status, ms, attempt)
      else observer.onFailure(outcome.error, ms, attempt)

      // Full jitter: clients that failed together do not come back together.
      const delay = outcome.retryAfter ?? Math.random() * Math.min(longestDelay, firstDelay * 2 ** attempt)
      left -= delay
      if (signal?.aborted || !outcome.retry || attempt >= attempts || left <= 0) {
        if (outcome.answer) return outcome.answer
        throw outcome.error
      }
      observer.onRetry(attempt, delay)
      await wait(delay, signal)
    }
  }

  async #try(
    { url, method = 'GET', headers, body }: HttpRequest,
    timeout: number,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), timeout)
    const abort = (): void => controller.abort()
    signal?.addEventListener('abort', abort, { once: true })
    try {
      if (signal?.aborted) throw signal.reason
      const response = await this.#fetch.raw<string, 'text'>(url, {
        // Retries, statuses and JSON are decided here: ofetch’s own errors hold the URL and so the token.
        retry: false,
        ignoreResponseError: true,
        responseType: 'text',
        redirect: 'manual',
        method,
        headers,
        body,
        signal: controller.signal,
      })
      return answered({ status: response.status, headers: response.headers, text: response._data ?? '' }, method)
    } catch (error) {
      if (signal?.aborted) return { retry: false, error: signal.reason }
      const timedOut = controller.signal.aborted
      return {
        retry: method === 'GET',
        error: timedOut ? new TransportTimeout(`no answer within ${timeout} ms`) : rootOf(error),
      }
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  }
}

interface Outcome {
  retry: boolean
  answer?: HttpAnswer
  error?: unknown
  /** Milliseconds that the server asked to wait. */
  retryAfter?: number
}

function answered(answer: HttpAnswer, method: string): Outcome {
  const { status } = answer
  const retry = status === 429 || (method === 'GET' && (status === 408 || status >= 500))
  return { retry, retryAfter: retry ? parseRetryAfter(answer.headers) : undefined, answer }
}

function parseRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const delay = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(delay) ? undefined : Math.max(0, delay)
}

/** A FetchError’s message holds the URL; what it wraps says more. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.name === 'FetchError' && error.cause !== undefined ? error.cause : error
}
