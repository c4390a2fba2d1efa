import { Matcher, needlesOfAll, shortestSecret } from '@keyblok/core/guard'
import type { NamedSecret, Needle } from '@keyblok/core/guard'
import type { Finding } from './finding.js'
import { findFingerprints, parseFingerprint } from './fingerprint.js'
import type { Fingerprint } from './fingerprint.js'
import { joinedLiterals } from './joined-literals.js'
import { looksBetween, nearby, personalPrefix, words } from './looks.js'

export interface SecretSearchOptions {
  /** The secrets whose values are known. */
  secrets: readonly NamedSecret[]
  /** Secrets that are known by their fingerprints only. */
  fingerprints?: readonly string[]
  /** Secrets that are known and may stand anywhere: what looks like a token may be one of them. */
  allowed?: readonly NamedSecret[]
}

/** Looks for secrets in bytes, by their values, by their fingerprints, and by what Storyblok’s tokens look like. */
export class SecretSearch {
  /** What is looked for, in words, each once, in the order of the alphabet. */
  readonly labels: readonly string[]
  /** Which secrets are too short to be looked for, in words. */
  readonly tooShort: readonly string[]
  /** How many bytes a finding and what tells it can take; pieces of a longer text have to overlap by as many. */
  readonly reach: number
  readonly #matcher: Matcher
  /** Leads to what looks like a secret. */
  readonly #markers = new Matcher([...words, personalPrefix].map(marker))
  readonly #fingerprints: readonly Fingerprint[]
  readonly #allowed: ReadonlySet<string>

  /** @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when a fingerprint cannot be read. */
  constructor({ secrets, fingerprints = [], allowed = [] }: SecretSearchOptions) {
    const needles = needlesOfAll(secrets)
    this.#fingerprints = fingerprints.map(parseFingerprint)
    const found = new Set(needles.map(({ label }) => label))
    this.tooShort = [...new Set(secrets.map(({ label }) => label))].filter((label) => !found.has(label))
    this.labels = [...new Set([...found, ...this.#fingerprints.map(({ label }) => label)])].toSorted()
    this.#matcher = new Matcher(needles)
    this.#allowed = new Set(allowed.map(({ secret }) => secret.reveal()))
    // In base64 of base64, a fingerprinted secret takes less than twice its length.
    const lengths = this.#fingerprints.flatMap(({ prints }) => prints.map(({ length }) => 2 * length + 4))
    this.reach = 2 * Math.max(this.#matcher.longest, nearby + shortestSecret, ...lengths)
  }

  /** Finds each place where a secret begins, from first to last. */
  find(bytes: Buffer): Finding[] {
    const found = new Map<number, Finding>()
    const add = (finding: Finding): void => {
      // What a secret is known by goes before what it looks like.
      const known = found.get(finding.index)
      if (!known || (known.looksLike && !finding.looksLike)) found.set(finding.index, finding)
    }
    for (const finding of this.#findPlain(bytes)) add(finding)
    for (const finding of findFingerprints(bytes, this.#fingerprints)) add(finding)
    for (const finding of this.#findJoined(bytes)) add(finding)
    return [...found.values()].toSorted((a, b) => a.index - b.index)
  }

  /** Overwrites the secrets in a text that is to be printed, such as the name of a file. */
  mask(text: string): string {
    const bytes = Buffer.from(text)
    for (const { index, length } of this.find(bytes)) bytes.fill('*', index, index + length)
    return bytes.toString()
  }

  *#findPlain(bytes: Buffer): Generator<Finding> {
    for (const { needle, index } of this.#matcher.findAll(bytes)) yield findingOf(needle, index)
    let looked = 0
    for (const { index } of this.#markers.findAll(bytes)) {
      const looks = looksBetween(bytes, Math.max(looked, index - nearby), index + nearby)
      for (let next = looks.next(); ; next = looks.next()) {
        if (next.done) {
          looked = Math.max(looked, next.value)
          break
        }
        // What is found is told, and kept, without its value.
        const { value, ...finding } = next.value
        if (!this.#allowed.has(value)) yield finding
      }
    }
  }

  *#findJoined(bytes: Buffer): Generator<Finding> {
    for (const joined of joinedLiterals(bytes, this.reach / 2)) {
      const plain = [...this.#matcher.findAll(joined.bytes)].map(({ needle, index }) => findingOf(needle, index))
      for (const finding of [...plain, ...findFingerprints(joined.bytes, this.#fingerprints)]) {
        const { encoding, index, length } = finding
        if (!joined.isJoined(index, index + length)) continue
        yield { ...finding, index: joined.toSource(index), encoding: `${encoding}, joined` }
      }
    }
  }
}

/** Makes a needle that is no secret. */
function marker(text: string): Needle {
  return { label: text, encoding: 'marker', bytes: Buffer.from(text) }
}

function findingOf({ label, encoding, bytes }: Needle, index: number): Finding {
  return { label, encoding, looksLike: false, index, length: bytes.length }
}
