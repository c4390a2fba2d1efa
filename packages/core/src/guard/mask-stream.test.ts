import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../encoding.js'
import { tokens } from '../test-support.js'
import { needlesOf } from './encodings.js'
import { MaskStream } from './mask-stream.js'
import { Matcher } from './matcher.js'

const token = tokens.preview
const matcher = new Matcher(needlesOf('preview token', token))

/** Sends pieces through; gives what came out and how many secrets were found. */
function send(pieces: readonly (string | Uint8Array)[]): { text: string; found: number; sent: string[] } {
  let found = 0
  const stream = new MaskStream(matcher, () => found++)
  const sent = [...pieces.map((piece) => stream.push(typeof piece === 'string' ? utf8(piece) : piece)), stream.end()]
  return { text: Buffer.concat(sent).toString(), found, sent: sent.map((piece) => Buffer.from(piece).toString()) }
}

/** Cuts a text at positions, in bytes. */
function cut(text: string, positions: readonly number[]): Uint8Array[] {
  const bytes = utf8(text)
  const ends = [...new Set(positions.map((position) => position % (bytes.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length))
}

const encodings: ((text: string) => string)[] = [
  (text) => text,
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`x${text}`).toString('base64url'),
  (text) => Buffer.from(text).toString('hex'),
]

describe('MaskStream', () => {
  it('overwrites a token with as many asterisks', () => {
    expect(send([`<a href="?token=${token}">`]).text).toBe(`<a href="?token=${'*'.repeat(token.length)}">`)
  })

  it('finds a token at any cut, and changes nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc.constantFrom(...encodings),
        fc.array(fc.nat(), { maxLength: 12 }),
        (before, after, encode, positions) => {
          const haystack = before + encode(token) + after
          const { text, found } = send(cut(haystack, positions))
          expect(found).toBe(1)
          expect(utf8(text)).toHaveLength(utf8(haystack).length)
          expect(text.replaceAll('*', '')).not.toContain(token)
          expect(encodings.some((form) => text.includes(form(token)))).toBe(false)
        },
      ),
    )
  })

  it('finds a token that comes byte by byte', () => {
    expect(send([...`ab${token}cd`]).text).toBe(`ab${'*'.repeat(token.length)}cd`)
  })

  it('passes on what holds none, as it is and whole', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (pieces) => {
        const stream = new MaskStream(matcher, () => expect.unreachable())
        const sent = [...pieces.map((piece) => stream.push(piece)), stream.end()]
        expect(Buffer.concat(sent)).toEqual(Buffer.concat(pieces))
      }),
    )
  })

  it('holds back only what begins a token', () => {
    const { sent } = send(['streamed at once', `and ${token.slice(0, 7)}`, 'x'])
    expect(sent).toEqual(['streamed at once', 'and ', `${token.slice(0, 7)}x`, ''])
  })

  it('lets out at the end what only began like a token', () => {
    expect(send([token.slice(0, -1)]).text).toBe(token.slice(0, -1))
  })

  it('leaves the bytes that it was given as they are', () => {
    const piece = utf8(`x${token}`)
    send([piece])
    expect(Buffer.from(piece).toString()).toBe(`x${token}`)
  })
})
