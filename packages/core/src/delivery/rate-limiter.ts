/** Requests a second for reads of up to so many stories (Storyblok's documented limits of the Content Delivery API). */
const tiers = [
  { perPage: 25, perSecond: 50 },
  { perPage: 50, perSecond: 15 },
  { perPage: 75, perSecond: 10 },
  { perPage: Number.POSITIVE_INFINITY, perSecond: 6 },
] as const

const second = 1000

/** The longest time that a request waits for its place: a flood of them must not make all others wait for good. */
const longestWait = 30 * second

/** The page size that reads the most stories a second: 25 times 50. */
export const fastestPerPage: number = tiers[0].perPage

/**
 * Spreads requests so that no second has more than Storyblok allows. It only tells when to send: whoever sends waits by
 * itself, so nothing here outlives a request.
 */
export class RateLimiter {
  readonly #starts = new Map<number, number[]>()
  #pausedUntil = 0

  /**
   * Takes the next place.
   *
   * @param perPage - How many stories the request reads.
   * @returns How long to wait before sending, in milliseconds; `null` when too many are waiting, and no place is taken.
   */
  reserve(perPage: number): number | null {
    const { perSecond } = tiers.find((tier) => perPage <= tier.perPage) ?? tiers[3]
    const starts = this.#starts.get(perSecond) ?? []
    this.#starts.set(perSecond, starts)
    const now = Date.now()
    // The place of the request that has to be a second past.
    const earliest = starts.length < perSecond ? now : (starts[0] ?? now) + second
    const start = Math.max(now, earliest, this.#pausedUntil)
    if (start - now > longestWait) return null
    if (starts.length >= perSecond) starts.shift()
    starts.push(start)
    return start - now
  }

  /** Holds everything back for the rest of the second, after Storyblok refused a request. */
  pause(): void {
    this.#pausedUntil = Date.now() + second
  }
}
