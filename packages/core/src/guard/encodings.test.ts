import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokens } from '../test-support.js'
import { needlesOf } from './encodings.js'

const token = tokens.preview
/** Holds whatever some language escapes. */
const awkward = `fake"<a&b>'/\\+ =~\`\${é}fake`

function encodingsIn(text: string, value: string = token): string[] {
  const haystack = Buffer.from(text)
  return needlesOf('secret', value)
    .filter(({ bytes }) => haystack.includes(Buffer.from(bytes)))
    .map(({ encoding }) => encoding)
}

const escapeHtml = (text: string, quote: string, apostrophe: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe)

describe('needlesOf', () => {
  it('finds a token as it is', () => {
    expect(encodingsIn(`?token=${token}&x=1`)).toEqual(['raw'])
  })

  it('keeps the forms of a plain token few, since most escapes leave it as it is', () => {
    expect(needlesOf('preview token', token).length).toBeLessThanOrEqual(19)
  })

  it.each([
    ['a URL', encodeURIComponent(awkward)],
    ['a URL with small digits', encodeURIComponent(awkward).replace(/%../g, (code) => code.toLowerCase())],
    [
      'an address',
      new URL(`/?t=${awkward.replaceAll('&', '%26')}`, 'https://site.example').href.replaceAll('%26', '&'),
    ],
    [
      'a Location',
      (() => {
        const url = new URL('https://site.example')
        url.hash = awkward
        return url.href
      })(),
    ],
    ['a form', new URLSearchParams({ a: awkward }).toString()],
    ['JSON', JSON.stringify({ a: awkward })],
    ['JSON for a script', JSON.stringify(awkward).replaceAll('<', String.raw`\u003C`)],
    [
      'JSON for a page',
      JSON.stringify(awkward).replace(/[<>&]/g, (it) => String.raw`\u00` + it.charCodeAt(0).toString(16)),
    ],
    [
      'JSON in ASCII',
      JSON.stringify(awkward)
        .replaceAll('/', String.raw`\/`)
        .replaceAll('é', String.raw`\u00e9`),
    ],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ a: awkward }))],
    ['an attribute', escapeHtml(awkward, '&quot;', '&#39;')],
    ['an attribute with numbers', escapeHtml(awkward, '&#34;', '&#39;')],
    ['an attribute with hexadecimal numbers', escapeHtml(awkward, '&quot;', '&#x27;')],
    ['an element', escapeHtml(awkward, '"', "'")],
    ['an attribute of Astro', awkward.replaceAll('&', '&#38;').replaceAll('"', '&#34;')],
    ['an attribute of Svelte', awkward.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')],
    ['JSON in an attribute', escapeHtml(JSON.stringify(awkward), '&quot;', '&#39;')],
    ['a URL in an attribute', escapeHtml(`/?a=1&b=${encodeURIComponent(awkward)}`, '&quot;', '&#39;')],
    ['base64 in a URL', encodeURIComponent(btoa(encodeURIComponent('x')) + Buffer.from(awkward).toString('base64'))],
  ])('finds a secret of any characters in %s', (_name, text) => {
    expect(encodingsIn(text, awkward)).not.toEqual([])
  })

  it('finds a token in base64, wherever it stands in the encoded text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(encodingsIn(Buffer.from(before + token + after).toString('base64'))).toContain('base64')
      }),
    )
  })

  it('finds a secret in base64url', () => {
    const secret = '>>>???~~~fake~~~???>>>'
    const text = Buffer.from(`x${secret}x`).toString('base64url')
    expect(text).toMatch(/[-_]/)
    expect(encodingsIn(text, secret)).toContain('base64url')
  })

  it.each([
    ['base64 in base64', btoa(`x${btoa(`Basic ${token}`)}`)],
    ['list of bytes', JSON.stringify(Buffer.from(token))],
    ['UTF-16', Buffer.from(`x${token}`, 'utf16le').toString('latin1')],
  ])('finds a token as %s', (encoding, text) => {
    const haystack = Buffer.from(text, 'latin1')
    const found = needlesOf('secret', token).filter(({ bytes }) => haystack.includes(Buffer.from(bytes)))
    expect(found.map((needle) => needle.encoding)).toContain(encoding)
  })

  it('finds a secret beyond ASCII as `btoa` takes it, and one of several lines', () => {
    expect(encodingsIn(btoa('fakeé-ÿfake'), 'fakeé-ÿfake')).toContain('base64')
    expect(encodingsIn('-----FAKE-----\nfake\n', String.raw`-----FAKE-----\nfake\n`)).toContain('raw')
  })

  it.each(['hex', 'HEX'])('finds a token in %s', (name) => {
    const text = Buffer.from(`x${token}x`).toString('hex')
    expect(encodingsIn(name === 'hex' ? text : text.toUpperCase())).toEqual(['hex'])
  })

  it('finds no token in other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        expect(encodingsIn(text)).toEqual([])
        expect(encodingsIn(btoa(encodeURIComponent(text)))).toEqual([])
      }),
    )
  })

  it('does not search for what would be found by chance', () => {
    expect(needlesOf('short', 'fake123')).toEqual([])
  })
})
