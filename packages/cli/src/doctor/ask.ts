import { request as requestByHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as requestByHttps } from 'node:https'
import { KeyblokError } from '@keyblok/core'

/** A site's answer. */
export interface SiteAnswer {
  url: URL
  status: number
  headers: Headers
  cookies: string[]
  body: Buffer
}

/** What a site answered, or why it did not, as a few words. */
export type Asked = SiteAnswer | { failure: string }

const timeout = 10_000
/** No page is longer; what follows is not read. In bytes. */
const longest = 8 << 20

/** What is sent beside the address. */
export interface AskOptions {
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
}

/**
 * Asks a site for something, and follows no redirect. Headers go out as they are: `fetch` would say of each request that
 * it is a script’s.
 *
 * @throws {KeyblokError} `KB_ABORTED`.
 */
export async function ask(url: URL, signal: AbortSignal, options: AskOptions = {}): Promise<Asked> {
  const limits = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
  try {
    const response = await send(url, limits, options)
    const headers = new Headers()
    for (const [name, values = []] of Object.entries(response.headersDistinct)) {
      for (const value of values) headers.append(name, value)
    }
    const { statusCode: status = 0 } = response
    return { url, status, headers, cookies: headers.getSetCookie(), body: await readBody(response) }
  } catch (error) {
    if (signal.aborted) throw new KeyblokError('KB_ABORTED', 'Its signal was aborted.')
    return { failure: limits.aborted ? 'no answer within ten seconds' : failureOf(error) }
  }
}

function send(
  url: URL,
  signal: AbortSignal,
  { method = 'GET', headers = {}, body }: AskOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestByHttps : requestByHttp
    request(url, { method, headers: { 'accept-encoding': 'identity', ...headers }, signal }, resolve)
      .once('error', reject)
      .end(body)
  })
}

const mostRedirects = 5

/** Asks as a browser would that opens an address, redirects to safe places included. */
export async function follow(
  url: URL,
  signal: AbortSignal,
  isSafe: (url: URL) => boolean,
  options: AskOptions = {},
): Promise<Asked> {
  let next = url
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await ask(next, signal, options)
    if ('failure' in answer) return answer
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
    if (location === null) return answer
    if (!URL.canParse(location, next.href)) return { failure: 'it redirects to what is no address' }
    next = new URL(location, next)
    if (!isSafe(next)) return { failure: `it redirects to ${next.origin}, which is not https` }
  }
  return { failure: `it redirects more than ${mostRedirects} times` }
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    // Leaving the loop ends the connection.
    if (length > longest) break
  }
  return Buffer.concat(chunks)
}

/** Never the message: it can hold the address, and that a signature. */
function failureOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : 'no connection'
}
