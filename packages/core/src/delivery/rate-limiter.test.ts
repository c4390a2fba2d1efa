import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RateLimiter } from './rate-limiter.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_790_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** How long so many requests at once wait. */
const waits = (limiter: RateLimiter, count: number, perPage: number) =>
  Array.from({ length: count }, () => limiter.reserve(perPage))

describe('the rate limiter', () => {
  it.each([
    [1, 50],
    [25, 50],
    [26, 15],
    [50, 15],
    [51, 10],
    [75, 10],
    [76, 6],
    [100, 6],
  ])('lets reads of %i stories start %i times a second', (perPage, perSecond) => {
    const delays = waits(new RateLimiter(), perSecond * 2 + 1, perPage)
    expect(delays).toEqual([
      ...Array.from({ length: perSecond }, () => 0),
      ...Array.from({ length: perSecond }, () => 1000),
      2000,
    ])
  })

  it('counts the tiers apart', () => {
    const limiter = new RateLimiter()
    expect(waits(limiter, 7, 100).at(-1)).toBe(1000)
    expect(limiter.reserve(25)).toBe(0)
  })

  it('frees a place a second after it was taken', () => {
    const limiter = new RateLimiter()
    waits(limiter, 6, 100)
    vi.advanceTimersByTime(400)
    expect(limiter.reserve(100)).toBe(600)
    vi.advanceTimersByTime(5000)
    expect(limiter.reserve(100)).toBe(0)
  })

  it('turns away what would wait for more than half a minute, and takes no place for it', () => {
    const limiter = new RateLimiter()
    const delays = waits(limiter, 2000, 25)
    expect(delays.filter((delay) => delay !== null)).toHaveLength(31 * 50)
    expect(delays.at(-1)).toBeNull()
    vi.advanceTimersByTime(1000)
    expect(limiter.reserve(25)).toBe(30_000)
  })

  it('holds everything back after a refusal', () => {
    const limiter = new RateLimiter()
    limiter.pause()
    expect([limiter.reserve(1), limiter.reserve(100)]).toEqual([1000, 1000])
  })
})
