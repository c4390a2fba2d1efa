import { KeyblokError } from '../errors.js'
import type { Access } from '../tokens/access.js'
import { redact } from './redact.js'
import type { HttpAnswer } from './transport.js'

/** An answer of the API, parsed. */
export interface JsonAnswer {
  status: number
  headers: Headers
  body: object
  /** What was asked, without the token. */
  url: string
}

/**
 * Takes an HTTP answer for what its endpoint answers; any server can answer 200 with some JSON.
 *
 * @param field - What the endpoint's body holds.
 * @throws {KeyblokError} By its status, or `KB_UPSTREAM_INVALID`.
 */
export function parseAnswer(answer: HttpAnswer, url: string, access: Access, field: string): JsonAnswer {
  const { status, headers, text } = answer
  const body = parseJson(text)
  if (body && status === 404) return { status, headers, body, url }
  if (!body || status !== 200) {
    throw new KeyblokError(codeOf(status, access), `It answered ${status}${explain(body, access)}.`, { status, url })
  }
  if (isObject((body as Record<string, unknown>)[field])) return { status, headers, body, url }
  throw new KeyblokError('KB_UPSTREAM_INVALID', `It answered ${status} without “${field}”.`, { status, url })
}

/** Takes a stored answer for what its endpoint answers, or not at all. */
export function hasField({ status, headers, text }: HttpAnswer, url: string, field: string): JsonAnswer | undefined {
  const body = parseJson(text)
  return body && isObject((body as Record<string, unknown>)[field]) ? { status, headers, body, url } : undefined
}

function parseJson(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function codeOf(status: number, { release }: Access): KeyblokError['code'] {
  if (status === 403 && release !== undefined) return 'KB_RELEASE_REFUSED'
  if (status === 401 || status === 403) return 'KB_TOKEN_REFUSED'
  if (status === 400 || status === 422) return 'KB_PARAMETER_INVALID'
  if (status === 429) return 'KB_RATE_LIMITED'
  return status >= 500 ? 'KB_UPSTREAM_FAILED' : 'KB_UPSTREAM_INVALID'
}

function explain(body: object | undefined, { token }: Access): string {
  if (!body) return ' with something that is not JSON'
  const reason = 'error' in body && typeof body.error === 'string' ? body.error : undefined
  return ` to the ${token.kind} token${reason === undefined ? '' : `: ${redact(reason, token)}`}`
}
