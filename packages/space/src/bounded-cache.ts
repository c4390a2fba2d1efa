/**
 * A cache of at most so many units, keys counted too, none of its values larger than a share of them. It forgets
 * everything when the revision of what it was made from changes.
 *
 * Values lie in two generations: when the young one has filled half of the cache, it becomes the old one, and what lay
 * in the old one and was not used since is dropped. A value that is used often is found without any bookkeeping.
 */
export class BoundedCache<T> {
  readonly #limit: number
  readonly #largest: number
  readonly #sizeOf: (value: T) => number
  #young = new Map<string, T>()
  #old = new Map<string, T>()
  #youngSize = 0
  #revision = ''

  constructor(limit: number, sizeOf: (value: T) => number, largest: number = limit / 4) {
    this.#limit = limit
    this.#largest = largest
    this.#sizeOf = sizeOf
  }

  get(key: string, revision: string): T | undefined {
    if (revision !== this.#revision) {
      this.#revision = revision
      this.#young = new Map()
      this.#old = new Map()
      this.#youngSize = 0
      return undefined
    }
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old, revision)
    return old
  }

  /** Keeps a value that was made from a revision, unless another one is current by now. */
  set(key: string, value: T, revision: string): void {
    if (revision !== this.#revision) return
    const size = this.#sizeOf(value) + key.length * 2
    if (size > this.#largest) return
    const replaced = this.#young.get(key)
    if (replaced !== undefined) this.#youngSize -= this.#sizeOf(replaced) + key.length * 2
    this.#young.set(key, value)
    this.#youngSize += size
    if (this.#youngSize <= this.#limit / 2) return
    this.#old = this.#young
    this.#young = new Map()
    this.#youngSize = 0
  }
}
