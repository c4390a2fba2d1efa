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

/**
 * Asks a site for something, and follows no redirect.
 *
 * @throws {KeyblokError} `KB_ABORTED`.
 */
export async function ask(url: URL, signal: AbortSignal, init: RequestInit = {}): Promise<Asked> {
  try {
    const limits = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
    const response = await fetch(url, { redirect: 'manual', ...init, signal: limits })
    const { status, headers } = response
    return { url, status, headers, cookies: headers.getSetCookie(), body: await readBody(response) }
  } catch (error) {
    if (signal.aborted) throw new KeyblokError('KB_ABORTED', 'Its signal was aborted.')
    return { failure: failureOf(error) }
  }
}

const mostRedirects = 5

/** Asks as a browser would that opens an address, redirects to safe places included. */
export async function follow(
  url: URL,
  signal: AbortSignal,
  isSafe: (url: URL) => boolean,
  init: RequestInit = {},
): Promise<Asked> {
  let next = url
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await ask(next, signal, init)
    if ('failure' in answer) return answer
    const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
    if (location === null) return answer
    if (!URL.canParse(location, next.href)) return { failure: 'it redirects to what is no address' }
    next = new URL(location, next)
    if (!isSafe(next)) return { failure: `it redirects to ${next.origin}, which is not https` }
  }
  return { failure: `it redirects more than ${mostRedirects} times` }
}

async function readBody({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > longest) break
  }
  return Buffer.concat(chunks)
}

/** Never the message: it can hold the address, and that a signature. */
function failureOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } }
  if (name === 'TimeoutError') return 'no answer within ten seconds'
  return typeof cause?.code === 'string' ? cause.code : 'no connection'
}
