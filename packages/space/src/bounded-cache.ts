/** A cache of at most so many units; what was used last stays. It forgets everything when its data's revision changes. */
export class BoundedCache<T> {
  readonly #limit: number
  readonly #sizeOf: (value: T) => number
  #entries = new Map<string, T>()
  #size = 0
  #revision = ''

  constructor(limit: number, sizeOf: (value: T) => number) {
    this.#limit = limit
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
    if (size > this.#limit / 4) return
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
