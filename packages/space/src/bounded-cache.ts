/**
 * A cache of at most so many units, none of its values larger than a share of them; what was used last stays. It
 * forgets everything when the revision of what it was made from changes.
 */
export class BoundedCache<T> {
  readonly #limit: number
  readonly #largest: number
  readonly #sizeOf: (value: T) => number
  #entries = new Map<string, T>()
  #size = 0
  #revision = ''

  constructor(limit: number, sizeOf: (value: T) => number, largest: number = limit / 4) {
    this.#limit = limit
    this.#largest = largest
    this.#sizeOf = sizeOf
  }

  get(key: string, revision: string): T | undefined {
    if (revision !== this.#revision) {
      this.#entries.clear()
      this.#size = 0
      this.#revision = revision
      return undefined
    }
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  /** Keeps a value under the revision that the last `get` named. */
  set(key: string, value: T): void {
    const size = this.#sizeOf(value)
    if (size > this.#largest) return
    const replaced = this.#entries.get(key)
    if (replaced !== undefined) this.#size -= this.#sizeOf(replaced)
    this.#entries.set(key, value)
    this.#size += size
    for (const [oldest, dropped] of this.#entries) {
      if (this.#size <= this.#limit) return
      this.#entries.delete(oldest)
      this.#size -= this.#sizeOf(dropped)
    }
  }
}
