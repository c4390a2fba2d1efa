import { createFetch } from 'ofetch'
import type { $Fetch } from 'ofetch'

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
  /** The longest time for all of them, waiting included. */
  deadline: number
}

/** Tells that no answer came within the time given. */
export class TransportTimeout extends Error {
  override readonly name = 'TransportTimeout'
}

type Fetch = (input: string, init?: RequestInit) => Promise<Response>

const firstDelay = 200

/** Sends GET requests, and again where that can help: on 408, 429, 5xx, network errors and timeouts. */
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
   * Sends a request until it is answered for good.
   *
   * @returns The last answer, whatever its status; redirects are not followed.
   * @throws {TransportTimeout} When no answer came in time; otherwise the error of the last try, which can hold the URL.
   */
  async get(url: string): Promise<HttpAnswer> {
    const { attempts, timeout, deadline } = this.#retry
    const start = Date.now()
    const end = start + deadline
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#try(url, Math.min(timeout, end - Date.now()), start)
      const delay = outcome.retryAfter ?? Math.random() * firstDelay * 2 ** attempt
      if (!outcome.retry || attempt >= attempts || Date.now() + delay >= end) return outcome.end()
      await new Promise((resolve) => setTimeout(resolve, delay))
    }
  }

  async #try(url: string, timeout: number, start: number): Promise<Outcome> {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), timeout)
    try {
      const response = await this.#fetch.raw<string, 'text'>(url, {
        // Retries, statuses and JSON are decided here: ofetch’s own errors hold the URL and so the token.
        retry: false,
        ignoreResponseError: true,
        responseType: 'text',
        redirect: 'manual',
        signal: controller.signal,
        headers: { accept: 'application/json' },
      })
      return answered({ status: response.status, headers: response.headers, text: response._data ?? '' })
    } catch (error) {
      const reason = controller.signal.aborted
        ? new TransportTimeout(`no answer within ${Date.now() - start} ms`)
        : rootOf(error)
      return { retry: true, end: () => Promise.reject(reason) }
    } finally {
      clearTimeout(timer)
    }
  }
}

interface Outcome {
  retry: boolean
  /** Milliseconds that the server asked to wait. */
  retryAfter?: number
  end(): Promise<HttpAnswer>
}

function answered(answer: HttpAnswer): Outcome {
  const retry = answer.status === 408 || answer.status === 429 || answer.status >= 500
  return { retry, retryAfter: retry ? parseRetryAfter(answer.headers) : undefined, end: () => Promise.resolve(answer) }
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
