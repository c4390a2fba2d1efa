import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { publicToken } from '../test-support.js'
import { CacheVersions } from './cache-versions.js'

const start = 1_800_000_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(start * 1000)
})
afterEach(() => void vi.useRealTimers())

describe('a version that a webhook raised', () => {
  it('takes the place of the one before, so that nothing old is read', () => {
    const versions = new CacheVersions(5_000)
    versions.learn(publicToken, start - 100)
    versions.raise()
    expect(versions.known(publicToken)).toBe(start)
    // Storyblok has not heard of it yet.
    expect(versions.learn(publicToken, start - 100)).toBe(start)
  })

  it('ends with Storyblok’s next one, also where that seems older: what was read meanwhile may be of before', () => {
    const versions = new CacheVersions(5_000)
    versions.learn(publicToken, start - 100)
    versions.raise()
    expect(versions.learn(publicToken, start - 3)).toBe(start - 3)
    expect(versions.known(publicToken)).toBe(start - 3)
  })

  it('is another one each time', () => {
    const versions = new CacheVersions(5_000)
    versions.learn(publicToken, start - 100)
    versions.raise()
    const first = versions.known(publicToken)
    expect(versions.raise()).toBe(1000)
    vi.setSystemTime(start * 1000 + 1000)
    expect(versions.known(publicToken)).toBeGreaterThan(first!)
  })

  it('is to be asked for once', () => {
    const versions = new CacheVersions(5_000)
    expect(versions.claim()).toBe(false)
    versions.raise()
    expect([versions.claim(), versions.claim()]).toEqual([true, false])
  })
})
