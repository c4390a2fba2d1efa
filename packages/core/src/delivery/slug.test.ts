import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSlug } from './slug.js'

describe('encodeSlug', () => {
  it.each([
    ['home', 'home'],
    ['/blog/hello/', 'blog/hello'],
    ['über/größe', '%C3%BCber/gr%C3%B6%C3%9Fe'],
    ['日本', '%E6%97%A5%E6%9C%AC'],
    ['home?version=draft', 'home%3Fversion%3Ddraft'],
    ['home#x', 'home%23x'],
    ['a\\..\\b', 'a%5C..%5Cb'],
    ['%2e%2e/x', '%252e%252e/x'],
  ])('encodes %j', (slug, path) => {
    expect(encodeSlug(slug)).toBe(path)
  })

  it.each(['', '/', '..', 'a/../b', './a', 'a//b', '//a', 'a\0', 'a\nb', 'a\u007fb', '\ud800', 'a'.repeat(3000)])(
    'refuses %j',
    (slug) => {
      expect(encodeSlug(slug)).toBeNull()
    },
  )

  it('never leaves its endpoint, whatever the slug', () => {
    const pieces = fc.constantFrom(
      '..',
      '.',
      '/',
      '%2e',
      '%2f',
      '?',
      '#',
      '&',
      '=',
      '\\',
      ';',
      '@',
      ':',
      ' ',
      'a',
      '\t',
      '\0',
      '💥',
    )
    const slugs = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(slugs, (slug) => {
        const path = encodeSlug(slug)
        if (path === null) return
        const url = new URL(`https://api.test/v2/cdn/stories/${path}?token=x`)
        expect(url.origin).toBe('https://api.test')
        expect(url.pathname).toBe(`/v2/cdn/stories/${path}`)
        expect(url.search).toBe('?token=x')
        expect(url.hash).toBe('')
        expect(decodeURIComponent(path)).toBe(slug.replace(/^\/|\/$/g, ''))
      }),
      { numRuns: 2000 },
    )
  })
})
