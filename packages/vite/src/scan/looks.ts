import type { Finding } from './finding.js'

/** How far from the word a token may stand, in bytes. */
export const nearby = 256

/** How the word is written. */
export const words: readonly string[] = ['storyblok', 'Storyblok', 'StoryBlok', 'STORYBLOK']

/** How personal access tokens begin. */
export const personalPrefix = 'sb_pat_'

/** Something that looks like a secret. */
export interface Look extends Finding {
  value: string
}

/** A run of fewer letters and digits is no token, nor is one of more. */
const shortestRun = 16
const longestRun = 256

const isAlphanumeric = new Uint8Array(256)
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'))
  isAlphanumeric[byte] = 1

/**
 * Finds what looks like an access token between two positions; it may go on beyond.
 *
 * @returns Where the search ended: what lies before has been looked at.
 */
export function* looksBetween(bytes: Buffer, from: number, to: number): Generator<Look, number> {
  let start = Math.max(0, from)
  // A run that began before is looked at from its beginning, once.
  const first = start
  while (start < to) {
    // Whatever run is long enough covers this byte: most others need not be looked at.
    const probe = start + shortestRun - 1
    if (probe >= bytes.length) return bytes.length
    if (!isAlphanumeric[bytes[probe] as number]) {
      start = probe + 1
      continue
    }
    let begin = probe
    const limit = Math.max(0, start === first ? first - longestRun : first)
    while (begin > limit && isAlphanumeric[bytes[begin - 1] as number]) begin--
    let end = probe
    while (end < bytes.length && isAlphanumeric[bytes[end] as number]) end++
    if (end - begin >= shortestRun && end - begin <= longestRun) yield* lookAt(bytes, begin, end)
    start = end + 1
  }
  return start
}

function* lookAt(bytes: Buffer, begin: number, end: number): Generator<Look> {
  const before = (length: number): string => bytes.toString('latin1', Math.max(0, begin - length), begin)
  const look = (label: string, prefix = ''): Look => ({
    label,
    encoding: 'by its form',
    looksLike: true,
    index: begin - prefix.length,
    length: end - begin + prefix.length,
    value: prefix + bytes.toString('latin1', begin, end),
  })
  if (before(personalPrefix.length) === personalPrefix) {
    if (hasVariety(bytes.toString('latin1', begin, end))) yield look('personal access token', personalPrefix)
  }
  // Newer delivery tokens have no form of their own, but requests with them have.
  else if (end - begin >= 20 && isDeliveryRequest(before(nearby))) yield look('Storyblok access token')
  // No token stands in a path, where names of files are random too.
  else if (end - begin === 24 && before(1) !== '/' && isDeliveryToken(bytes.toString('latin1', begin, end)))
    yield look('Storyblok access token')
}

/** Tells whether a text ends with the address of a request to the delivery API, up to its token. */
function isDeliveryRequest(text: string): boolean {
  return /(storyblok|\/cdn\/)[^\s"'`<>]*[?&;]token=$/i.test(text)
}

/** Tells a random text from a placeholder, such as `xxxxxxxxxxxxxxxx`. */
function hasVariety(value: string): boolean {
  return new Set(value).size > 7
}

/**
 * Tells whether 24 letters and digits are random ones, as Storyblok’s delivery tokens are before their final `tt`. Words of
 * a program that are as long are seldom mixed so; of random ones fewer than one in a thousand is not.
 */
function isDeliveryToken(value: string): boolean {
  const count = (pattern: RegExp): number => value.match(pattern)?.length ?? 0
  const isMixed = count(/[a-z]/g) > 2 && count(/[A-Z]/g) > 0 && (count(/\d/g) > 0 || count(/[A-Z]/g) > 5)
  return value.endsWith('tt') && isMixed
}
