import { utf8 } from '../encoding.js'
import { setHeaders } from '../set-headers.js'
import type { Needle } from './encodings.js'
import { maskText } from './mask.js'
import { MaskStream } from './mask-stream.js'
import type { Matcher } from './matcher.js'

/** A secret that was on its way to a browser. */
export interface Leak {
  /** Which secret it is, in words, such as `preview token`. */
  label: string
  /** How it was written, such as `base64`. */
  encoding: string
  /** Where it stood: `body`, `status`, or a header’s name. */
  place: string
}

/**
 * Overwrites secrets in a response’s headers and body, with as many asterisks. The body streams through: only bytes that
 * begin a secret wait for the next ones. A body with a `Content-Encoding` passes unread.
 *
 * @param response - The response; unless it held a secret in a header or has a body, it is returned itself.
 * @param matcher - What to look for.
 * @param onLeak - Is told of each secret, while the body is read. What it throws ends the body with that error.
 */
export function guardResponse(response: Response, matcher: Matcher, onLeak: (leak: Leak) => void): Response {
  const guarded = guardHeaders(response, matcher, onLeak)
  if (!guarded.body || guarded.headers.has('Content-Encoding')) return guarded
  const body = guardBody(guarded.body, new MaskStream(matcher, (needle) => onLeak(leakOf(needle, 'body'))))
  return new Response(body, guarded)
}

function guardHeaders(response: Response, matcher: Matcher, onLeak: (leak: Leak) => void): Response {
  // One search for all, since nearly always there is nothing.
  const { statusText } = response
  if (!matcher.find(utf8([statusText, ...response.headers.values()].join('\n')))) return response
  const status = maskText(statusText, matcher, (needle) => onLeak(leakOf(needle, 'status')))
  const plain =
    status === statusText ? response : new Response(response.body, { ...initOf(response), statusText: status })
  return guardEachHeader(plain, matcher, onLeak)
}

function initOf({ status, headers }: Response): ResponseInit {
  return { status, headers }
}

function guardEachHeader(response: Response, matcher: Matcher, onLeak: (leak: Leak) => void): Response {
  const masked: [string, string][] = []
  for (const [name, value] of response.headers) {
    const text = maskText(value, matcher, (needle) => onLeak(leakOf(needle, name)))
    if (text !== value) masked.push([name, text])
  }
  if (masked.length === 0) return response
  // A cookie is a header of its own; setting one would drop the others.
  const cookies = response.headers.getSetCookie().map((cookie) => maskText(cookie, matcher, () => {}))
  const copy = setHeaders(response, Object.fromEntries(masked))
  if (cookies.length > 0) copy.headers.delete('Set-Cookie')
  for (const cookie of cookies) copy.headers.append('Set-Cookie', cookie)
  return copy
}

function leakOf({ label, encoding }: Needle, place: string): Leak {
  return { label, encoding, place }
}

/** A plain reader costs a third of what a `TransformStream` does. */
function guardBody(body: ReadableStream<Uint8Array>, stream: MaskStream): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // A pull that enqueues nothing would not be followed by another.
        for (;;) {
          const { done, value } = await reader.read()
          const piece = done ? stream.end() : stream.push(value)
          if (piece.length > 0) controller.enqueue(piece)
          if (done) return controller.close()
          if (piece.length > 0) return
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
