import { tooManyRequests } from './answer.js'
import type { SpaceContext } from './context.js'

/** Delivery requests a second by the stories that one reads. */
const tiers = [
  { perPage: 25, perSecond: 50 },
  { perPage: 50, perSecond: 15 },
  { perPage: 75, perSecond: 10 },
  { perPage: Number.POSITIVE_INFINITY, perSecond: 6 },
]

/** Delivery requests a second of the whole space, whatever they read. */
const spaceLimit = 1000

/** Management requests a second on a paid plan. */
const managementLimit = 6

/** Refuses requests as Storyblok does: by windows of one second of the clock. */
export interface RateLimit {
  /** @throws {WireError} With status 429. */
  delivery(query: URLSearchParams): void
  /** @throws {WireError} With status 429. */
  management(): void
}

export function createRateLimit({ clock, behaviour }: Pick<SpaceContext, 'clock' | 'behaviour'>): RateLimit {
  let second = 0
  let counts = new Map<string, number>()
  const count = (window: string, perSecond: number): void => {
    const now = Math.floor(clock.now() / 1000)
    if (now !== second) counts = new Map()
    second = now
    const total = (counts.get(window) ?? 0) + 1
    counts.set(window, total)
    if (total > perSecond) throw tooManyRequests(perSecond, behaviour.retryAfter)
  }
  return {
    delivery(query) {
      count('space', spaceLimit)
      const perPage = Number(query.get('per_page') ?? 25)
      const { perSecond } = tiers.find((tier) => !(perPage > tier.perPage)) ?? tiers[0]!
      count(`tier ${perSecond}`, perSecond)
    },
    management: () => count('management', managementLimit),
  }
}
