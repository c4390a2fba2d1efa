import type { ServerResponse } from 'node:http'
import { tooManyRequests } from '../answer.js'
import type { FaultKind } from './faults.js'

const json = { 'Content-Type': 'application/json; charset=utf-8' }

/** The answers of the faults that have one. */
const responses: Record<
  Exclude<FaultKind, 'reset' | 'hang'>,
  { status: number; headers: Record<string, string>; body: string }
> = {
  429: {
    status: 429,
    headers: { ...json, 'Retry-After': '1' },
    body: JSON.stringify(tooManyRequests(50, true).answer.body),
  },
  500: { status: 500, headers: json, body: '{"error":"Internal Server Error"}' },
  html: {
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: '<!doctype html><title>Sign in</title><h1>Sign in to the Wi-Fi</h1>',
  },
  truncated: { status: 200, headers: json, body: '{"story":{"name":"Ho' },
}

/** Answers a request over HTTP as a fault does; one that hangs is held until the client goes. */
export function writeFault(kind: FaultKind, outgoing: ServerResponse): void {
  if (kind === 'hang') return
  if (kind === 'reset') {
    outgoing.socket?.resetAndDestroy()
    return
  }
  const { status, headers, body } = responses[kind]
  outgoing.writeHead(status, headers).end(body)
}

/**
 * Answers a request to the fetch handler as a fault does.
 *
 * @throws {TypeError} Like `fetch`, when the connection is reset; the signal's reason when one that hangs is aborted.
 */
export async function fetchFault(kind: FaultKind, { signal }: Request): Promise<Response> {
  if (kind === 'reset') throw new TypeError('fetch failed')
  if (kind === 'hang') {
    return new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error)
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
  }
  const { status, headers, body } = responses[kind]
  return new Response(body, { status, headers })
}
