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

/** A run of fewer letters and digits is no token. */
const shortestRun = 16

const isAlphanumeric = new Uint8Array(256)
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'))
  isAlphanumeric[byte] = 1

/** Finds what looks like an access token between two positions; it may go on beyond. */
export function* looksBetween(bytes: Buffer, from: number, to: number): Generator<Look> {
  let start = Math.max(0, from)
  while (start < to) {
    // Whatever run is long enough covers this byte: most others need not be looked at.
    const probe = start + shortestRun - 1
    if (probe >= bytes.length) return
    if (!isAlphanumeric[bytes[probe] as number]) {
      start = probe + 1
      continue
    }
    let begin = probe
    while (begin > 0 && isAlphanumeric[bytes[begin - 1] as number]) begin--
    let end = probe
    while (end < bytes.length && isAlphanumeric[bytes[end] as number]) end++
    if (end - begin >= shortestRun) yield* lookAt(bytes, begin, end)
    start = end + 1
  }
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
  if (before(personalPrefix.length) === personalPrefix) yield look('personal access token', personalPrefix)
  // Newer delivery tokens have no form of their own, but requests with them have.
  else if (end - begin >= 20 && /[?&;]token=$/.test(before(7))) yield look('Storyblok access token')
  // No token stands in a path, where names of files are random too.
  else if (end - begin === 24 && before(1) !== '/' && isDeliveryToken(bytes.toString('latin1', begin, end)))
    yield look('Storyblok access token')
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
