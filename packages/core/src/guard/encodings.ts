import { toBase64Url, toHex, utf8 } from '../encoding.js'

/** A form in which a secret may stand in a file or an answer. */
export interface Needle {
  /** Which secret it is, in words, such as `preview token`. */
  readonly label: string
  /** How the secret is written, such as `base64`. */
  readonly encoding: string
  readonly bytes: Uint8Array
}

/** A shorter secret would be found by chance, and is not searched for. In bytes. */
export const shortestSecret = 8

type Escape = (text: string) => string

/** As the parts of a `URL` are written. */
const urlPart = (part: 'search' | 'pathname' | 'hash'): Escape => {
  const url = new URL('https://a')
  const mark = { search: '?', pathname: '/', hash: '#' }[part]
  return (text) => {
    url[part] = mark + text
    return url[part].slice(1)
  }
}

const json: Escape = (text) => JSON.stringify(text).slice(1, -1)
const slashes: Escape = (text) => json(text).replaceAll('/', String.raw`\/`)

/** What serialisers write as `\u` and four digits, beyond what JSON asks for: for inline scripts, and for ASCII alone. */
const unicodeEscapes = [/</g, /[<>/]/g, /[<>&]/g, /[<>&']/g, /[^ -~]/g, /[^ -~]|[<>&']/g]

const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What is escaped in HTML differs: all that could matter, or what matters in a text or an attribute. */
const entities: readonly Readonly<Record<string, string>>[] = [
  { ...named, '"': '&quot;', "'": '&#39;' },
  { ...named, '"': '&#34;', "'": '&#39;' },
  { ...named, '"': '&quot;', "'": '&#x27;' },
  { ...named, '"': '&quot;', "'": '&apos;' },
  { ...named, '"': '&quot;' },
  named,
  { '&': '&amp;', '<': '&lt;', '"': '&quot;' },
  { '&': '&amp;', '<': '&lt;' },
  { '&': '&amp;', '"': '&quot;' },
  { '&': '&#38;', '"': '&#34;' },
]

/** How a text is written inside another language. Most leave a token of letters and digits as it is. */
const escapes: readonly (readonly [string, Escape])[] = [
  ['URL-encoded', encodeURIComponent],
  ['URL-encoded', (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase())],
  ['URL-encoded', urlPart('search')],
  ['URL-encoded', urlPart('pathname')],
  ['URL-encoded', urlPart('hash')],
  ['form-encoded', (text) => new URLSearchParams([['', text]]).toString().slice(1)],
  ['JSON', json],
  ['JSON', slashes],
  ...unicodeEscapes.flatMap((characters): [string, Escape][] => [
    ['JSON', (text) => json(text).replace(characters, (character) => unicode(character))],
    [
      'JSON',
      (text) => json(text).replace(characters, (character) => unicode(character).toUpperCase().replace('U', 'u')),
    ],
    ['JSON', (text) => slashes(text).replace(characters, (character) => unicode(character))],
  ]),
  ['JavaScript', (text) => text.replace(/[\\'`]|\$\{/g, String.raw`\$&`)],
  ...entities.map((names): [string, Escape] => [
    'HTML',
    (text) => text.replace(/[&<>"']/g, (character) => names[character] ?? character),
  ]),
]

function unicode(character: string): string {
  return String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0')
}

/**
 * Lists the forms in which a secret may stand in what a browser gets: as it is; escaped for a URL, a form, JSON,
 * JavaScript or HTML, or for two of these, one inside the other; hexadecimal; and base64 as it looks at each of the three
 * positions that it can have inside a longer encoded text.
 *
 * @param label - Which secret it is, in words that may be printed.
 * @param value - The secret itself.
 * @returns Each different form once; none for a secret of fewer than {@link shortestSecret} bytes.
 */
export function needlesOf(label: string, value: string): Needle[] {
  const bytes = utf8(value)
  if (bytes.length < shortestSecret) return []
  const forms = new Map<string, string>()
  const add = (encoding: string, text: string): void => {
    if (!forms.has(text)) forms.set(text, encoding)
  }

  add('raw', value)
  // Variables often hold a text of many lines on one, and programs write the lines.
  const lines = value.replaceAll(String.raw`\n`, '\n')
  add('raw', lines)
  for (const text of [value, lines]) for (const [encoding, escape] of escapes) add(encoding, escape(text))
  // Of those by then, not of what is added meanwhile.
  const once = new Map(forms)
  for (const [text, encoding] of once) {
    for (const [outer, escape] of escapes) add(`${encoding} in ${outer}`, escape(text))
  }
  for (const text of [value, lines]) addBinary(text, add)
  return [...forms]
    .map(([text, encoding]): Needle => ({ label, encoding, bytes: utf8(text) }))
    .concat(utf16Needles(label, value))
}

/** Adds the forms of the bytes: base64, hexadecimal digits, lists of numbers. */
function addBinary(value: string, add: (encoding: string, text: string) => void): void {
  const bytes = utf8(value)
  // What `btoa` takes, of characters beyond ASCII too.
  const narrow = [...value].every((character) => character.charCodeAt(0) < 256)
    ? [Uint8Array.from(value, (character) => character.charCodeAt(0))]
    : []
  for (const form of [bytes, ...narrow]) {
    for (const plain of base64Forms(form)) {
      add('base64', plain)
      add('base64url', plain.replaceAll('+', '-').replaceAll('/', '_'))
      add('base64 in URL-encoded', encodeURIComponent(plain))
      add('base64 in JSON', plain.replaceAll('/', String.raw`\/`))
      for (const twice of base64Forms(utf8(plain))) add('base64 in base64', twice)
    }
  }
  const hex = toHex(bytes.buffer)
  add('hex', hex)
  add('hex', hex.toUpperCase())
  add('list of bytes', bytes.join(','))
  add('list of bytes', bytes.join(', '))
}

/** Writes bytes as base64 shows them at each of the three positions that they can have in a longer text. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => base64UrlAt(bytes, offset).replaceAll('-', '+').replaceAll('_', '/'))
}

/** As some programs write files for Windows. */
function utf16Needles(label: string, value: string): Needle[] {
  const units = Array.from({ length: value.length }, (_, index) => value.charCodeAt(index))
  return [
    { label, encoding: 'UTF-16', bytes: Uint8Array.from(units.flatMap((unit) => [unit & 0xff, unit >> 8])) },
    { label, encoding: 'UTF-16', bytes: Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 0xff])) },
  ]
}

/** Encodes what follows `offset` other bytes, without the characters that those and later bytes change. */
function base64UrlAt(value: Uint8Array, offset: number): string {
  const bytes = new Uint8Array(offset + value.length)
  bytes.set(value, offset)
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor((bytes.length * 8) / 6)
  return toBase64Url(bytes).slice(first, last)
}
