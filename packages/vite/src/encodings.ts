/** A form in which a token may stand in a file. */
export interface Needle {
  /** How the token is written, such as `base64`. */
  encoding: string
  bytes: Buffer
}

/**
 * Lists the forms in which a token may stand in a file: raw, URL-encoded, and base64 as it looks at each of the three
 * positions that it can have inside a longer encoded text.
 */
export function needlesOf(value: string): Needle[] {
  const forms: [string, string][] = [
    ['raw', value],
    ['URL-encoded', encodeURIComponent(value)],
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const text = base64At(value, offset)
      return [
        ['base64', text],
        ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')],
      ]
    }),
  ]
  const distinct = new Map(forms.toReversed().map(([encoding, text]) => [text, encoding]))
  return [...distinct].map(([text, encoding]) => ({ encoding, bytes: Buffer.from(text) }))
}

/** Encodes a value that follows `offset` other bytes, without the characters that those and later bytes change. */
function base64At(value: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)])
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor((bytes.length * 8) / 6)
  return bytes.toString('base64').slice(first, last)
}
