import { expect, it } from 'vitest'
import { about, size } from './phrases.js'

it('says how long requests take at a pace', () => {
  expect(about(10_000, 6)).toBe(', about 28 minutes to go')
  expect(about(100, 6)).toBe(', about 17 seconds to go')
  expect(about(3, 6)).toBe('')
  expect(about(10_000, Number.POSITIVE_INFINITY)).toBe('')
})

it('says how much there is', () => {
  expect([0, 999, 1_000, 2_345_678, 1.4e9].map(size)).toEqual(['0 bytes', '999 bytes', '1 kB', '2 MB', '1 GB'])
})
