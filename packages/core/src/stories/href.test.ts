import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { storyHref } from './href.js'
import type { StoryLink } from './href.js'
import { defineSpace } from './space.js'

const space = defineSpace({ languages: ['en', 'de'] })
const story = (link: StoryLink): StoryLink => ({ linktype: 'story', ...link })

describe('storyHref', () => {
  it.each<[string, StoryLink, string | undefined]>([
    ['a story', story({ cached_url: 'blog/hello' }), '/blog/hello'],
    ['the home story', story({ cached_url: 'home' }), '/'],
    ['a folder’s start page', story({ cached_url: 'blog/' }), '/blog'],
    ['a story with an anchor', story({ cached_url: 'blog', anchor: 'top' }), '/blog#top'],
    ['half a character', story({ cached_url: 'blog', anchor: '\ud800' }), '/blog#%EF%BF%BD'],
    ['a story that moved', story({ cached_url: 'old', story: { full_slug: 'new/place' } }), '/new/place'],
    ['an anchor of the page itself', story({ cached_url: '', anchor: 'top' }), '#top'],
    ['an empty link', story({ cached_url: '', url: '' }), undefined],
    ['a story that was typed as an address', story({ cached_url: 'https://example.com/a' }), 'https://example.com/a'],
    ['an address', { linktype: 'url', url: 'https://example.com/?a=b c' }, 'https://example.com/?a=b c'],
    [
      'an address with an anchor',
      { linktype: 'url', url: 'https://example.com', anchor: '#x' },
      'https://example.com#x',
    ],
    ['a path', { linktype: 'url', url: '/terms' }, '/terms'],
    ['an e-mail address', { linktype: 'email', email: 'a@example.com' }, 'mailto:a@example.com'],
    ['an e-mail address in rich text', { linktype: 'email', href: 'mailto:a@example.com' }, 'mailto:a@example.com'],
    ['no e-mail address', { linktype: 'email', email: '' }, undefined],
    ['an asset', { linktype: 'asset', url: 'https://a.storyblok.com/f/1/a.pdf' }, 'https://a.storyblok.com/f/1/a.pdf'],
    ['a telephone number', { linktype: 'url', url: 'tel:+123' }, 'tel:+123'],
  ])('writes %s', (_name, link, expected) => {
    expect(storyHref(link, space)).toBe(expected)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript\u0000:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://example.com/1',
    'view-source:https://example.com',
  ])('leaves %j out, wherever it stands', (url) => {
    const links: StoryLink[] = [
      { linktype: 'url', url },
      { linktype: 'asset', url },
      { href: url },
      { url },
      story({ cached_url: url }),
      story({ cached_url: '', url }),
    ]
    for (const link of links) {
      const href = storyHref(link, space)
      const target = href === undefined ? undefined : new URL(href, 'https://site.example')
      expect(target?.protocol ?? 'none').toMatch(/^(none|https:)$/)
      expect(target?.origin ?? 'https://site.example').toBe('https://site.example')
    }
  })

  it('never gives a scheme that could run code', () => {
    const part = fc.constantFrom(
      'javascript',
      'data',
      'vbscript',
      ':',
      '\n',
      '\t',
      ' ',
      '\0',
      '/',
      'alert(1)',
      'J',
      '\u00a0',
      '\ufeff',
    )
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom('url', 'story', 'asset', 'email', ''), (parts, linktype) => {
        const text = parts.join('')
        const href = storyHref({ linktype, url: text, cached_url: text, email: text }, space) ?? ''
        expect(['https:', 'mailto:', 'http:', 'tel:', 'sms:']).toContain(protocolOf(href))
      }),
    )
  })

  it('prefixes a language where it is not the default one', () => {
    const hrefs = ['en', 'de', 'fr', undefined].map((language) => storyHref('blog/hello', space, { language }))
    expect(hrefs).toEqual(['/blog/hello', '/de/blog/hello', '/blog/hello', '/blog/hello'])
    expect(storyHref('de/blog', space, { language: 'de' })).toBe('/de/blog')
  })

  const protocolOf = (href: string): string =>
    URL.canParse(href, 'https://site.example') ? new URL(href, 'https://site.example').protocol : 'https:'
})
