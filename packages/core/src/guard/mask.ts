import { utf8 } from '../encoding.js'
import type { Needle } from './encodings.js'
import type { Matcher } from './matcher.js'

const asterisk = 0x2a

/** Overwrites with as many asterisks, so that lengths and whatever the secret stands in stay valid. */
export function maskBytes(bytes: Uint8Array, index: number, needle: Needle): void {
  bytes.fill(asterisk, index, index + needle.bytes.length)
}

/**
 * Overwrites the secrets in a text.
 *
 * @param onFound - Is told of each.
 * @returns The same text when it holds none.
 */
export function maskText(text: string, matcher: Matcher, onFound: (needle: Needle) => void): string {
  const bytes = utf8(text)
  const matches = [...matcher.findAll(bytes)]
  if (matches.length === 0) return text
  for (const { needle, index } of matches) {
    onFound(needle)
    maskBytes(bytes, index, needle)
  }
  return new TextDecoder().decode(bytes)
}
