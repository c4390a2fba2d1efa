/** Requests a second that paid and free plans may send (Storyblok's documented limits of the Management API). */
const limits = { paid: 6, free: 3 }

const second = 1000

/** Spreads requests evenly; slower for good once the API refused one, which a free plan does earlier. */
export class Pace {
  #perSecond: number
  #next = 0

  /** @param perSecond - Requests a second; what a paid plan may send by default. */
  constructor(perSecond: number = limits.paid) {
    this.#perSecond = perSecond
  }

  /** Requests a second at present. */
  get perSecond(): number {
    return this.#perSecond
  }

  /** Takes the next place, and tells how long to wait for it in milliseconds. */
  reserve(): number {
    const now = Date.now()
    const start = Math.max(now, this.#next)
    this.#next = start + second / this.#perSecond
    return start - now
  }

  /** Holds everything back for a second, after a refusal. */
  slowDown(): void {
    this.#perSecond = limits.free
    this.#next = Math.max(this.#next, Date.now() + second)
  }
}
