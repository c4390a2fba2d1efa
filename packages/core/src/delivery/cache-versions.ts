import type { Secret } from '../tokens/secret.js'

/**
 * Remembers the space's cache version for each token, for a short time.
 *
 * Storyblok answers a published read without one by a redirect that names it (facts of the delivery API, version 2). A
 * remembered version saves that redirect; a forgotten one lets a publish show.
 */
export class CacheVersions {
  readonly #known = new Map<Secret, { cv: number; until: number }>()
  readonly #lifetime: number

  /** @param lifetime - How long a version is used before it is asked for again, in milliseconds. */
  constructor(lifetime: number) {
    this.#lifetime = lifetime
  }

  get(token: Secret): number | undefined {
    const entry = this.#known.get(token)
    return entry && entry.until > Date.now() ? entry.cv : undefined
  }

  /** Takes a version that Storyblok named; it never moves back. */
  set(token: Secret, cv: number): void {
    const known = this.#known.get(token)?.cv ?? 0
    this.#known.set(token, { cv: Math.max(known, cv), until: Date.now() + this.#lifetime })
  }
}
