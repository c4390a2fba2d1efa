interface Entry {
  value: unknown
  bytes: number
}

/** Map's own bookkeeping and the entry's object, about. */
const overhead = 200

/**
 * Keeps the most recently used values within a number of bytes. It has no timers: what is old is out of use, since keys
 * hold the cache version, and makes way for what is new.
 */
export class MemoryCache {
  readonly #entries = new Map<string, Entry>()
  readonly #capacity: number
  #bytes = 0

  /** @param capacity - How many bytes it may take; 0 keeps nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** How many bytes its values take, as far as they were told. */
  get bytes(): number {
    return this.#bytes
  }

  /** Gives a value, `undefined` when it is not there. */
  get(key: string): unknown {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /**
   * Keeps a value, and lets the least recently used go.
   *
   * @param bytes - What the value takes, about; one that would take more than a quarter of the whole is not kept.
   */
  set(key: string, value: unknown, bytes: number): void {
    this.#delete(key)
    const size = bytes + key.length * 2 + overhead
    if (size > this.#capacity / 4) return
    this.#entries.set(key, { value, bytes: size })
    this.#bytes += size
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#capacity) break
      this.#delete(oldest)
    }
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#bytes -= entry.bytes
  }
}
