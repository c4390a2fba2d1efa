import { WireError } from './answer.js'

/** Requests a second by the stories that one reads. */
const tiers = [
  { perPage: 25, perSecond: 50 },
  { perPage: 50, perSecond: 15 },
  { perPage: 75, perSecond: 10 },
  { perPage: Number.POSITIVE_INFINITY, perSecond: 6 },
]

/** Makes a check that refuses requests as Storyblok does: by windows of one second of the clock. */
export function createRateLimit(): (query: URLSearchParams) => void {
  let second = 0
  let counts = new Map<number, number>()
  return (query) => {
    const now = Math.floor(Date.now() / 1000)
    if (now !== second) counts = new Map()
    second = now
    const perPage = Number(query.get('per_page') ?? 25)
    const { perSecond } = tiers.find((tier) => !(perPage > tier.perPage)) ?? tiers[0]!
    const count = (counts.get(perSecond) ?? 0) + 1
    counts.set(perSecond, count)
    if (count > perSecond) {
      throw new WireError(429, {
        error: `Rate limit of ${perSecond} request per second has been reached. Retry later.`,
      })
    }
  }
}
