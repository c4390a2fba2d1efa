import type { Secret } from '../tokens/secret.js'

interface Known {
  cv: number
  /** When it has to be asked for again, in milliseconds since 1970. */
  staleAt: number
}

/**
 * Remembers the space's cache version (`cv`, in Unix seconds) as each token sees it.
 *
 * Storyblok answers a published read without one by a redirect that names it (facts of the delivery API, version 2). A
 * remembered version saves that redirect; it is asked for again after a while, so that what is published shows.
 */
export class CacheVersions {
  readonly #known = new Map<Secret, Known>()
  readonly #lifetime: number
  /**
   * What takes the place of a version that is too old to be what a webhook told of: Storyblok may answer what was until
   * then a little longer, and nothing of that may stand under the version that comes.
   */
  #floor: { cv: number; above: number } | undefined
  #raisedAt = 0
  /** Whether it has to be raised once more when a second has passed. */
  #pending = false
  #unasked = false

  /** @param lifetime - How long a version is used before it is asked for again, in milliseconds. */
  constructor(lifetime: number) {
    this.#lifetime = lifetime
  }

  /** Gives the last known version, however old. */
  known(token: Secret): number | undefined {
    this.#settle()
    const cv = this.#known.get(token)?.cv
    return cv === undefined ? undefined : this.#raised(cv)
  }

  /** Gives the version while it need not be asked for again. */
  fresh(token: Secret): number | undefined {
    this.#settle()
    const known = this.#known.get(token)
    return known && known.staleAt > Date.now() ? this.#raised(known.cv) : undefined
  }

  /**
   * Takes a version that Storyblok named. It never moves back.
   *
   * @returns The version to use.
   */
  learn(token: Secret, cv: number): number {
    const highest = Math.max(this.#known.get(token)?.cv ?? 0, cv)
    this.#known.set(token, { cv: highest, staleAt: Date.now() + this.#lifetime })
    return this.#raised(highest)
  }

  /** Uses the known version for a while longer, after it could not be asked for. */
  postpone(token: Secret, ms: number): void {
    const known = this.#known.get(token)
    if (known) known.staleAt = Date.now() + ms
  }

  /**
   * Makes everything that was read until now old, after a webhook told of a change. Versions are times, and Storyblok
   * answers one from the future with what is current. Once a second at most: webhooks can be sent again by whoever saw
   * one, and what comes too soon counts when the second is over.
   *
   * @returns How long until it counts, in milliseconds.
   */
  raise(): number {
    this.#pending = true
    this.#settle()
    return this.#pending ? this.#raisedAt + 1000 - Date.now() : 0
  }

  /** Tells whether the version was raised and nobody asked since what it is; whoever is told so asks. */
  claim(): boolean {
    this.#settle()
    const unasked = this.#unasked
    this.#unasked = false
    return unasked
  }

  #settle(): void {
    if (!this.#pending || Date.now() < this.#raisedAt + 1000) return
    const above = Math.max(0, ...[...this.#known.values()].map(({ cv }) => cv))
    this.#floor = { cv: Math.max(above + 1, (this.#floor?.cv ?? 0) + 1, Math.floor(Date.now() / 1000)), above }
    this.#raisedAt = Date.now()
    this.#pending = false
    this.#unasked = true
  }

  /** Storyblok's own word counts again once it names a version after the webhook. */
  #raised(cv: number): number {
    return this.#floor && cv <= this.#floor.above ? this.#floor.cv : cv
  }
}
