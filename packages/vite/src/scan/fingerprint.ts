import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { KeyblokError } from '@keyblok/core'
import { needlesOf } from '@keyblok/core/guard'
import type { Finding } from './finding.js'

/**
 * Fingerprints are for random secrets: a short or guessable one could be guessed from its fingerprint. In characters.
 */
const shortestFingerprinted = 20

const version = 'kb2'

/** Fewer different characters are a sign of words. */
const leastVariety = 10

/** How many bits of the rolling hash a fingerprint tells. More would tell of the secret; fewer would hash more in vain. */
const filterBits = 16

/** A form of a secret, known by hashes only. */
interface Print {
  encoding: string
  /** In bytes. */
  length: number
  /** The first bits of what {@link rollingHash} gives. */
  filter: number
  /** SHA-256 of salt and value. */
  digest: Buffer
}

/** A secret whose value is not known here. */
export interface Fingerprint {
  label: string
  salt: string
  prints: readonly Print[]
}

/**
 * Writes the fingerprint of a secret, by which a build can find it without knowing it: salted SHA-256 hashes of the secret
 * as it is and, where these differ, as it is escaped; their lengths; and 16 bits of a rolling hash each, which say where
 * to look. Base64 and hexadecimal digits are decoded when they are searched, so they need no hash of their own.
 *
 * @param label - How the secret is called in reports, such as `preview token`.
 * @param value - A random secret of at least 20 characters.
 * @returns One line of letters, digits and `-_.~+`, which may be committed.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when the secret could be guessed.
 */
export function createFingerprint(
  label: string,
  value: string,
  salt: string = randomBytes(9).toString('base64url'),
): string {
  if (value.length < shortestFingerprinted || new Set(value).size < leastVariety) {
    throw new KeyblokError('KB_CONFIGURATION_INVALID', `The ${label} could be guessed from a fingerprint.`, {
      hint: `Only random secrets of at least ${shortestFingerprinted} characters are safe to fingerprint.`,
    })
  }
  const multiplier = multiplierOf(salt)
  const prints = needlesOf(label, value)
    .filter(({ encoding }) => escaped.has(encoding))
    .slice(0, mostPrints)
    .map(({ encoding, bytes }) => {
      const filter = filterOf(rollingHash(bytes, multiplier)).toString(36)
      return [bytes.length, filter, digestOf(salt, bytes).toString('base64url'), encoding.replaceAll(' ', '+')].join(
        '~',
      )
    })
  return [version, label.replaceAll(' ', '+'), salt, ...prints].join('.')
}

/** The forms that cannot be decoded again wherever they stand; a token of letters and digits has the first only. */
const escaped = new Set(['raw', 'URL-encoded', 'JSON', 'HTML', 'JSON in HTML'])

/** Each print tells some bits more. */
const mostPrints = 8

/**
 * Reads a fingerprint.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`.
 */
export function parseFingerprint(text: string): Fingerprint {
  const [found, label = '', salt = '', ...prints] = text.trim().split('.')
  const parsed = prints.map((print) => {
    const [length, filter = '', digest = '', encoding = ''] = print.split('~')
    return {
      encoding: encoding.replaceAll('+', ' '),
      length: Number(length),
      filter: Number.parseInt(filter, 36),
      digest: Buffer.from(digest, 'base64url'),
    }
  })
  if (found === version && salt !== '' && parsed.length > 0 && parsed.every(isValid)) {
    return { label: label.replaceAll('+', ' '), salt, prints: parsed }
  }
  throw new KeyblokError(
    'KB_CONFIGURATION_INVALID',
    'A fingerprint in STORYBLOK_TOKEN_FINGERPRINTS or guard.fingerprints cannot be read.',
    {
      hint: 'Write it again: npx keyblok fingerprint.',
    },
  )
}

function isValid({ length, filter, digest }: Print): boolean {
  return Number.isInteger(length) && length >= shortestFingerprinted && Number.isInteger(filter) && digest.length === 32
}

/** Finds fingerprinted secrets in bytes, as they are and in what is base64 or hexadecimal digits there. */
export function findFingerprints(bytes: Buffer, fingerprints: readonly Fingerprint[]): Finding[] {
  if (fingerprints.length === 0) return []
  const found = findIn(bytes, fingerprints)
  for (const { decoded, encoding, from, size } of decodedRuns(bytes)) {
    for (const finding of findIn(decoded, fingerprints)) {
      const index = from + Math.floor(finding.index * size)
      found.push({ ...finding, encoding, index, length: Math.ceil(finding.length * size) })
    }
  }
  return found
}

function findIn(bytes: Buffer, fingerprints: readonly Fingerprint[]): Finding[] {
  return fingerprints.flatMap(({ label, salt, prints }) =>
    prints.flatMap((print) => {
      const { encoding, length } = print
      return indexesOf(bytes, print, salt).map((index): Finding => ({
        label,
        encoding,
        looksLike: false,
        index,
        length,
      }))
    }),
  )
}

interface DecodedRun {
  decoded: Buffer
  encoding: string
  /** Where the run begins, in bytes. */
  from: number
  /** How many characters a decoded byte takes. */
  size: number
}

/** Decodes each run of characters that is long enough to hold a secret, at each of the positions that it may begin at. */
function* decodedRuns(bytes: Buffer): Generator<DecodedRun> {
  const text = bytes.toString('latin1')
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9+/_-]{27,}/g)) {
    for (let offset = 0; offset < 4; offset++) {
      const decoded = Buffer.from(run.slice(offset), 'base64')
      yield { decoded, encoding: 'base64', from: index + offset, size: 4 / 3 }
    }
  }
  for (const { 0: run, index } of text.matchAll(/[0-9A-Fa-f]{40,}/g)) {
    for (let offset = 0; offset < 2; offset++) {
      const whole = run.slice(offset, run.length - ((run.length - offset) % 2))
      yield { decoded: Buffer.from(whole, 'hex'), encoding: 'hex', from: index + offset, size: 2 }
    }
  }
}

/** Rolls a hash over the bytes, and hashes in earnest where it fits. */
function indexesOf(bytes: Buffer, { length, filter, digest }: Print, salt: string): number[] {
  if (bytes.length < length) return []
  const multiplier = multiplierOf(salt)
  let leading = 1
  for (let index = 1; index < length; index++) leading = Math.imul(leading, multiplier)
  const indexes: number[] = []
  let current = rollingHash(bytes.subarray(0, length), multiplier) | 0
  for (let index = 0; ; index++) {
    if (
      filterOf(current) === filter &&
      timingSafeEqual(digestOf(salt, bytes.subarray(index, index + length)), digest)
    ) {
      indexes.push(index)
    }
    if (index + length >= bytes.length) return indexes
    current =
      Math.imul(current - Math.imul(bytes[index] as number, leading), multiplier) + (bytes[index + length] as number)
    current |= 0
  }
}

/** Hashes bytes so that the next window’s hash follows from this one’s (Richard Karp and Michael Rabin, 1987). */
function rollingHash(bytes: Uint8Array, multiplier: number): number {
  let rolling = 0
  for (const byte of bytes) rolling = (Math.imul(rolling, multiplier) + byte) | 0
  return rolling >>> 0
}

function filterOf(rolling: number): number {
  return rolling >>> (32 - filterBits)
}

function multiplierOf(salt: string): number {
  return hash('sha256', `keyblok rolling ${salt}`, 'buffer').readUInt32LE(0) | 1
}

function digestOf(salt: string, bytes: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`keyblok fingerprint ${salt} `), bytes]), 'buffer')
}
