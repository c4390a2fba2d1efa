import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storyHref } from './href.js'
import { relativeSlug, resolveSlug } from './slugs.js'
import { defineStories } from './source.js'
import { defineSpace } from './space.js'

const space = defineSpace({ home: 'start' })
const all = defineStories(space)
const blog = defineStories(space, { startsWith: 'blog' })

describe('slugs', () => {
  it('of slashes only, however many, are the start page', () => {
    expect(resolveSlug(blog, '/'.repeat(100_000))).toBe('blog')
    expect(resolveSlug(blog, `a${'/'.repeat(100_000)}b`)).toBeNull()
  })

  it.each([
    [all, undefined, 'start'],
    [all, '', 'start'],
    [all, 'about', 'about'],
    [blog, undefined, 'blog'],
    [blog, 'hello', 'blog/hello'],
    [blog, '/a/b/', 'blog/a/b'],
    [blog, '..', null],
    [blog, 'a\0', null],
  ])('resolve, case %#', (source, slug, expected) => {
    expect(resolveSlug(source, slug)).toBe(expected)
  })

  it('relative to a source are the inverse of resolving', () => {
    const segments = fc.array(fc.stringMatching(/^[a-z0-9-]{1,9}$/), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.constantFrom(all, blog), segments, (source, parts) => {
        const slug = parts.join('/')
        const relative = relativeSlug(source, { full_slug: resolveSlug(source, slug)! })
        expect(relative ?? source.space.home).toBe(slug)
        expect(resolveSlug(source, relative)).toBe(resolveSlug(source, slug))
      }),
    )
  })

  it('give the page at a base the base’s own end', () => {
    const hrefs = ['/docs', '/docs/', '/'].map((base) => storyHref('start', defineSpace({ home: 'start', base })))
    expect(hrefs).toEqual(['/docs', '/docs/', '/'])
    expect(storyHref('blog', defineSpace({ base: '/docs/' }))).toBe('/docs/blog')
  })

  it.each([
    ['start', '/'],
    ['blog/', '/blog'],
    ['blog/hello', '/blog/hello'],
    ['/blog/hello/', '/blog/hello'],
    ['\\evil.example', '/%5Cevil.example'],
    ['\t/evil.example/x', '/evil.example/x'],
    ['\n/\r/evil.example', '/evil.example'],
  ])('give a path: %s', (slug, href) => {
    expect(storyHref(slug, space)).toBe(href)
  })
})
