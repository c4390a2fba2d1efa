import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needlesOf } from './encodings.js'

const token = 'fakePREVIEWfakePREVIEWtt'
const encodingsIn = (text: string, value = token) =>
  needlesOf(value)
    .filter(({ bytes }) => Buffer.from(text).includes(bytes))
    .map(({ encoding }) => encoding)

describe('needlesOf', () => {
  it('finds a token as it is', () => {
    expect(encodingsIn(`?token=${token}&x=1`)).toEqual(['raw'])
  })

  it('finds a token that has to be URL-encoded', () => {
    expect(encodingsIn(encodeURIComponent('fake/PREVIEW+fake='), 'fake/PREVIEW+fake=')).toEqual(['URL-encoded'])
  })

  it('finds a token in base64, wherever it stands in the encoded text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(encodingsIn(Buffer.from(before + token + after).toString('base64'))).toContain('base64')
      }),
    )
  })

  it('finds a token in base64url', () => {
    const awkward = '>>>???~~~fake~~~???>>>'
    const text = Buffer.from(`x${awkward}x`).toString('base64url')
    expect(text).toMatch(/[-_]/)
    expect(encodingsIn(text, awkward)).toContain('base64url')
  })

  it('finds no token in other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), (text) => {
        expect(encodingsIn(text)).toEqual([])
        expect(encodingsIn(btoa(encodeURIComponent(text)))).toEqual([])
      }),
    )
  })
})
