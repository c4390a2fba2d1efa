import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { KeyblokError } from '@keyblok/core'
import { needlesOf } from '@keyblok/core/guard'
import type { Finding } from './finding.js'

/**
 * Fingerprints are for random secrets: a short or guessable one could be guessed from its fingerprint. In characters.
 */
const shortestFingerprinted = 20

const version = 'kb1'

/** A form of a secret, known by hashes only. */
interface Print {
  encoding: string
  /** In bytes. */
  length: number
  /** What {@link rollingHash} gives. */
  rolling: number
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
 * Writes the fingerprint of a secret, by which a build can find it without knowing it: salted SHA-256 hashes of the forms
 * that the secret can have, their lengths, and 32 bits of a rolling hash, which say where to look.
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
  if (value.length < shortestFingerprinted) {
    throw new KeyblokError('KB_CONFIGURATION_INVALID', `The ${label} is too short for a fingerprint.`, {
      hint: `Only random secrets of at least ${shortestFingerprinted} characters are safe to fingerprint.`,
    })
  }
  const prints = needlesOf(label, value).map(({ encoding, bytes }) => {
    const rolling = rollingHash(bytes, multiplierOf(salt)).toString(36)
    return [bytes.length, rolling, digestOf(salt, bytes).toString('base64url'), encoding.replaceAll(' ', '+')].join('~')
  })
  return [version, label.replaceAll(' ', '+'), salt, ...prints].join('.')
}

/**
 * Reads a fingerprint.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`.
 */
export function parseFingerprint(text: string): Fingerprint {
  const [found, label = '', salt = '', ...prints] = text.trim().split('.')
  const parsed = prints.map((print) => {
    const [length, rolling = '', digest = '', encoding = ''] = print.split('~')
    return {
      encoding: encoding.replaceAll('+', ' '),
      length: Number(length),
      rolling: Number.parseInt(rolling, 36),
      digest: Buffer.from(digest, 'base64url'),
    }
  })
  if (found === version && salt !== '' && parsed.length > 0 && parsed.every(isValid)) {
    return { label: label.replaceAll('+', ' '), salt, prints: parsed }
  }
  throw new KeyblokError('KB_CONFIGURATION_INVALID', 'A fingerprint cannot be read.', {
    hint: 'Write it again: npx keyblok fingerprint.',
  })
}

function isValid({ length, rolling, digest }: Print): boolean {
  return (
    Number.isInteger(length) && length >= shortestFingerprinted && Number.isInteger(rolling) && digest.length === 32
  )
}

/** Finds fingerprinted secrets in bytes. */
export function findFingerprints(bytes: Buffer, fingerprints: readonly Fingerprint[]): Finding[] {
  return fingerprints.flatMap(({ label, salt, prints }) =>
    prints.flatMap((print) => {
      const { encoding, length } = print
      const found = indexesOf(bytes, print, salt)
      return found.map((index): Finding => ({ label, encoding, looksLike: false, index, length }))
    }),
  )
}

/** Rolls a hash over the bytes, and hashes in earnest where it fits. */
function indexesOf(bytes: Buffer, { length, rolling, digest }: Print, salt: string): number[] {
  if (bytes.length < length) return []
  const multiplier = multiplierOf(salt)
  let leading = 1
  for (let index = 1; index < length; index++) leading = Math.imul(leading, multiplier)
  const indexes: number[] = []
  let current = rollingHash(bytes.subarray(0, length), multiplier) | 0
  const wanted = rolling | 0
  for (let index = 0; ; index++) {
    if (current === wanted && timingSafeEqual(digestOf(salt, bytes.subarray(index, index + length)), digest)) {
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

function multiplierOf(salt: string): number {
  return hash('sha256', `keyblok rolling ${salt}`, 'buffer').readUInt32LE(0) | 1
}

function digestOf(salt: string, bytes: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`keyblok fingerprint ${salt} `), bytes]), 'buffer')
}
