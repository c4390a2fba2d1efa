import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../encoding.js'
import { Matcher } from './matcher.js'

const needle = (text: string) => ({ label: text, encoding: 'raw', bytes: utf8(text) })
const found = (needles: readonly string[], haystack: string): [string, number][] =>
  [...new Matcher(needles.map(needle)).findAll(utf8(haystack))].map(({ needle: { label }, index }) => [label, index])

/** What the naive way finds: from left to right, the longest first, none inside another. */
function naive(needles: readonly string[], haystack: string): [string, number][] {
  const matches: [string, number][] = []
  for (let index = 0; index < haystack.length; index++) {
    const [longest] = needles.filter((text) => haystack.startsWith(text, index)).toSorted((a, b) => b.length - a.length)
    if (longest === undefined) continue
    matches.push([longest, index])
    index += longest.length - 1
  }
  return matches
}

/** Few letters, so that needles meet and nearly meet all the time. */
const word = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength, maxLength })

describe('Matcher', () => {
  it('finds what the naive way finds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word(2, 6), { maxLength: 8 }), word(0, 200), (needles, haystack) => {
        expect(found(needles, haystack)).toEqual(naive(needles, haystack))
      }),
      { numRuns: 2000 },
    )
  })

  it('finds a needle at either end', () => {
    expect(found(['abc', 'xyz'], 'abc-xyz')).toEqual([
      ['abc', 0],
      ['xyz', 4],
    ])
  })

  it('looks no further than it is told', () => {
    expect([...new Matcher([needle('abc')]).findAll(utf8('xabc'), 3)]).toEqual([])
  })

  it('tells where a needle could begin that is cut off', () => {
    const matcher = new Matcher([needle('abcabd'), needle('xy')])
    expect(['', 'x', 'zzab', 'zabcab', 'abcabd', 'zz'].map((text) => matcher.findBeginning(utf8(text)))).toEqual([
      0, 0, 2, 1, 6, 2,
    ])
  })

  it('finds nothing without needles', () => {
    expect(found([], 'anything')).toEqual([])
  })
})
