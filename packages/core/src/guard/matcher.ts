import type { Needle } from './encodings.js'

/** A needle in a haystack. */
export interface Match {
  needle: Needle
  /** Where it begins, in bytes from the start of the haystack. */
  index: number
}

/**
 * Finds many needles in one pass over the bytes, however many there are. It looks at two bytes, and from them knows how far
 * it may skip: most of a haystack is never read (Sun Wu and Udi Manber, “A fast algorithm for multi-pattern searching”,
 * 1994, with blocks of two bytes).
 */
export class Matcher {
  /** The length of the longest needle, in bytes; 0 without needles. */
  readonly longest: number
  readonly #shortest: number
  /** How far to skip, by the two bytes under the end of the window. */
  readonly #skips: Uint8Array
  /** The needles whose first window ends with two bytes, by these. */
  readonly #candidates = new Map<number, Needle[]>()
  /** The needles by their first byte. */
  readonly #byFirstByte: readonly (readonly Needle[])[]

  constructor(needles: readonly Needle[]) {
    const lengths = needles.map(({ bytes }) => bytes.length)
    if (lengths.some((length) => length < 2)) throw new RangeError('A needle has at least two bytes.')
    this.longest = Math.max(0, ...lengths)
    this.#shortest = Math.min(256, ...lengths)
    this.#skips = new Uint8Array(0x1_00_00).fill(this.#shortest - 1)
    for (const needle of needles) this.#enter(needle)
    this.#byFirstByte = Array.from({ length: 256 }, (_, byte) => needles.filter(({ bytes }) => bytes[0] === byte))
  }

  #enter(needle: Needle): void {
    const { bytes } = needle
    for (let end = 1; end < this.#shortest; end++) {
      const block = blockAt(bytes, end)
      const skip = this.#shortest - 1 - end
      if (skip < (this.#skips[block] as number)) this.#skips[block] = skip
    }
    const last = blockAt(bytes, this.#shortest - 1)
    this.#candidates.set(last, [...(this.#candidates.get(last) ?? []), needle])
  }

  /**
   * Finds the first needle that begins at `from` or later; of several that begin there, the longest.
   *
   * @param bytes - The haystack.
   * @param from - Where to begin, in bytes.
   * @param to - Where the haystack ends, in bytes.
   */
  find(bytes: Uint8Array, from = 0, to: number = bytes.length): Match | undefined {
    if (this.longest === 0) return undefined
    const window = this.#shortest
    const skips = this.#skips
    let end = from + window - 1
    while (end < to) {
      const block = blockAt(bytes, end)
      const skip = skips[block] as number
      if (skip > 0) {
        end += skip
        continue
      }
      const index = end - window + 1
      const needle = longestAt(this.#candidates.get(block) ?? [], bytes, index, to)
      if (needle) return { needle, index }
      end++
    }
    return undefined
  }

  /** Finds each needle, from left to right; none begins inside another. */
  *findAll(bytes: Uint8Array, to: number = bytes.length): Generator<Match> {
    let match = this.find(bytes, 0, to)
    while (match) {
      yield match
      match = this.find(bytes, match.index + match.needle.bytes.length, to)
    }
  }

  /** Finds the earliest position from which on the bytes could go on to be a needle; their end when there is none. */
  findBeginning(bytes: Uint8Array): number {
    for (let start = Math.max(0, bytes.length - this.longest + 1); start < bytes.length; start++) {
      for (const needle of this.#byFirstByte[bytes[start] as number] ?? []) {
        const available = bytes.length - start
        if (needle.bytes.length > available && startsWith(bytes, start, needle.bytes, available)) return start
      }
    }
    return bytes.length
  }
}

function blockAt(bytes: Uint8Array, end: number): number {
  return ((bytes[end - 1] as number) << 8) | (bytes[end] as number)
}

function longestAt(needles: readonly Needle[], bytes: Uint8Array, index: number, to: number): Needle | undefined {
  let found: Needle | undefined
  for (const needle of needles) {
    const { length } = needle.bytes
    if (length > (found?.bytes.length ?? 0) && index + length <= to && startsWith(bytes, index, needle.bytes, length)) {
      found = needle
    }
  }
  return found
}

function startsWith(bytes: Uint8Array, start: number, needle: Uint8Array, length: number): boolean {
  for (let offset = 0; offset < length; offset++) if (bytes[start + offset] !== needle[offset]) return false
  return true
}
