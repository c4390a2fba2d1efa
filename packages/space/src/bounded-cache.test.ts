import { describe, expect, it } from 'vitest'
import { BoundedCache } from './bounded-cache.js'

const create = (limit = 1000) => new BoundedCache<string>(limit, ({ length }) => length, limit)

describe('BoundedCache', () => {
  it('keeps what is used, and drops the rest past its limit', () => {
    const cache = create()
    cache.get('a', '1')
    for (let index = 0; index < 20; index++) {
      cache.set(`key ${index}`, 'x'.repeat(80), '1')
      expect(cache.get('key 0', '1')).toBeDefined()
    }
    expect(cache.get('key 1', '1')).toBeUndefined()
    expect(cache.get('key 19', '1')).toBeDefined()
  })

  it('forgets everything with a new revision', () => {
    const cache = create()
    cache.get('a', '1')
    cache.set('a', 'old', '1')
    expect(cache.get('a', '2')).toBeUndefined()
    expect(cache.get('a', '1')).toBeUndefined()
  })

  it('keeps nothing that was made from a revision that is over', () => {
    const cache = create()
    cache.get('a', '1')
    cache.get('a', '2')
    cache.set('a', 'late', '1')
    expect(cache.get('a', '2')).toBeUndefined()
  })

  it('counts keys', () => {
    const cache = create(100)
    cache.get('a', '1')
    cache.set('k'.repeat(60), '', '1')
    expect(cache.get('k'.repeat(60), '1')).toBeUndefined()
  })
})
