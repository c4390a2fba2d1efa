import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryCache } from './memory-cache.js'

describe('the memory cache', () => {
  it('keeps what was used last', () => {
    const cache = new MemoryCache(10_000)
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, key, 2000)
    expect(cache.get('a')).toBe('a')
    cache.set('e', 'e', 2000)
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => cache.get(key) !== undefined)).toEqual(['a', 'c', 'd', 'e'])
  })

  it('does not let one value push out the rest', () => {
    const cache = new MemoryCache(10_000)
    cache.set('small', 1, 10)
    cache.set('huge', 2, 5000)
    expect([cache.get('small'), cache.get('huge')]).toEqual([1, undefined])
  })

  it('tells a missing value from none', () => {
    const cache = new MemoryCache(10_000)
    cache.set('none', null, 0)
    expect([cache.get('none'), cache.get('missing')]).toEqual([null, undefined])
  })

  it('keeps nothing without room', () => {
    const cache = new MemoryCache(0)
    cache.set('a', 1, 0)
    expect(cache.get('a')).toBeUndefined()
  })

  it('never grows beyond its bytes', () => {
    const entry = fc.tuple(fc.string({ maxLength: 3 }), fc.nat(6000))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
        const cache = new MemoryCache(10_000)
        for (const [key, bytes] of entries) {
          cache.set(key, bytes, bytes)
          expect(cache.bytes).toBeLessThanOrEqual(10_000)
        }
      }),
    )
  })
})
