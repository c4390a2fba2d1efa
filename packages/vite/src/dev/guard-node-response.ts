import type { IncomingMessage, ServerResponse } from 'node:http'
import { maskText, MaskStream } from '@keyblok/core/guard'
import type { Leak, Matcher } from '@keyblok/core/guard'

/** The addresses of films and sounds, which hold no text. */
const media = /\.(mp4|m4v|m4a|mov|webm|ogg|ogv|oga|mp3|wav|flac|aac)$/i

type Callback = (error?: Error | null) => void
type Headers = Record<string, number | string | readonly string[] | undefined>

/**
 * Overwrites secrets in what a Node server answers, headers and body, whatever writes it. The request’s wish for a packed
 * body or a part of one is dropped, since nothing could be found in these.
 *
 * @param onLeak - Is told of each secret.
 */
export function guardNodeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  matcher: Matcher,
  onLeak: (leak: Leak) => void,
): void {
  delete request.headers['accept-encoding']
  // Two parts of a file could hold the two parts of a secret. Some browsers play films in parts only.
  if (!media.test(request.url?.split('?')[0] ?? '')) delete request.headers['range']
  const stream = new MaskStream(matcher, ({ label, encoding }) => onLeak({ label, encoding, place: 'body' }))
  const mask = (name: string, value: string): string =>
    maskText(value, matcher, ({ label, encoding }) => onLeak({ label, encoding, place: name }))
  const { write, end, writeHead, writeEarlyHints, addTrailers } = response

  response.writeHead = function (status: number, ...rest: unknown[]) {
    for (const [name, value] of Object.entries(response.getHeaders())) {
      const masked = maskHeader(name, value, mask)
      if (masked !== value) response.setHeader(name, masked as string | string[])
    }
    if (typeof response.statusMessage === 'string') response.statusMessage = mask('status', response.statusMessage)
    if (typeof rest[0] === 'string') rest[0] = mask('status', rest[0])
    const last = rest.at(-1)
    if (typeof last === 'object' && last !== null)
      rest[rest.length - 1] = maskHeaders(last as Headers | unknown[], mask)
    return Reflect.apply(writeHead, response, [status, ...rest]) as ServerResponse
  }

  response.writeEarlyHints = function (hints: Headers, ...rest: unknown[]) {
    Reflect.apply(writeEarlyHints, response, [maskHeaders(hints, mask), ...rest])
  } as typeof writeEarlyHints

  response.addTrailers = function (trailers: Headers | unknown[]) {
    Reflect.apply(addTrailers, response, [maskHeaders(trailers, mask)])
  } as typeof addTrailers

  response.write = function (chunk: unknown, ...rest: unknown[]) {
    const safe = stream.push(bytesOf(chunk, rest))
    const callback = callbackOf(rest)
    if (safe.length > 0) return Reflect.apply(write, response, [safe, ...callback]) as boolean
    if (callback[0]) process.nextTick(callback[0])
    return true
  }

  response.end = function (...args: unknown[]) {
    const [chunk, ...rest] = typeof args[0] === 'function' ? [undefined, ...args] : args
    const last = chunk === undefined || chunk === null ? [] : [stream.push(bytesOf(chunk, rest))]
    const bytes = Buffer.concat([...last, stream.end()])
    // HTTP/2 ends by a write, and this one is checked.
    response.write = write
    return Reflect.apply(end, response, [...(bytes.length > 0 ? [bytes] : []), ...callbackOf(rest)]) as ServerResponse
  }
}

function bytesOf(chunk: unknown, [encoding]: unknown[]): Uint8Array {
  if (typeof chunk !== 'string') return chunk as Uint8Array
  return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
}

function callbackOf(args: readonly unknown[]): [] | [Callback] {
  const callback = args.find((arg) => typeof arg === 'function')
  return callback ? [callback as Callback] : []
}

/** Headers come as an object, as a list of pairs, or as one list of names and values in turn. */
function maskHeaders(headers: Headers | unknown[], mask: (name: string, value: string) => string): unknown {
  if (!Array.isArray(headers)) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, maskHeader(name, value, mask)]))
  }
  return headers.map((entry, index) => {
    if (Array.isArray(entry)) return [entry[0], maskHeader(String(entry[0]), entry[1], mask)]
    return index % 2 === 1 ? maskHeader(String(headers[index - 1]), entry, mask) : entry
  })
}

function maskHeader(name: string, value: unknown, mask: (name: string, value: string) => string): unknown {
  if (typeof value === 'string') return mask(name, value)
  if (!Array.isArray(value)) return value
  const masked = value.map((part) => mask(name, String(part)))
  return masked.every((part, index) => part === value[index]) ? value : masked
}
