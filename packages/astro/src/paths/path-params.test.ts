import { defineSpace, defineStories } from '@keyblok/core'
import { describe, expect, it } from 'vitest'
import { RouteFiller } from './path-params.js'

const plain = defineSpace()
const two = defineSpace({ languages: ['en', 'de'] })
const prefixed = defineSpace({ languages: ['en', 'de'], prefixDefaultLanguage: true })
const folders = defineSpace({ languages: ['en', 'de'], translation: 'folders' })

const all = defineStories(two)
const articles = defineStories(two, { startsWith: 'articles/' })

const rope = {
  full_slug: 'articles/rope',
  translated_slugs: [{ lang: 'de', path: 'articles/seil', name: null }],
}
const home = { full_slug: 'home' }

describe('a route', () => {
  it.each([
    ['/articles/[slug]', { slug: 'rope' }],
    ['/articles/[...slug]', { slug: 'rope' }],
    ['/[section]/[slug]', { slug: 'rope' }],
  ])('%s of a space without languages', (pattern, params) => {
    const route = new RouteFiller(plain, pattern)
    expect(route.languages(articles)).toEqual([undefined])
    expect(route.story(articles, rope, undefined)).toEqual(params)
  })

  it.each([
    [
      '/[...lang]/articles/[slug]',
      two,
      ['en', 'de'],
      [
        { lang: undefined, slug: 'rope' },
        { lang: 'de', slug: 'seil' },
      ],
    ],
    [
      '/[lang]/articles/[slug]',
      prefixed,
      ['en', 'de'],
      [
        { lang: 'en', slug: 'rope' },
        { lang: 'de', slug: 'seil' },
      ],
    ],
    [
      '/[...locale]/articles/[slug]',
      prefixed,
      ['en', 'de'],
      [
        { locale: 'en', slug: 'rope' },
        { locale: 'de', slug: 'seil' },
      ],
    ],
    ['/de/articles/[slug]', two, ['de'], [{ slug: 'seil' }]],
    ['/articles/[slug]', two, ['en'], [{ slug: 'rope' }]],
    ['/[...lang]/articles/[slug]', folders, [undefined], [{ lang: undefined, slug: 'rope' }]],
  ])('%s has a place for languages, case %#', (pattern, space, languages, params) => {
    const route = new RouteFiller(space, pattern)
    expect(route.languages(articles)).toEqual(languages)
    expect(languages.map((language) => route.story(articles, rope, language))).toEqual(params)
  })

  it.each([
    ['/[...lang]/articles/[slug]', { lang: 'deutsch', slug: 'seil' }],
    ['/deutsch/articles/[slug]', { slug: 'seil' }],
  ])('has the word of the framework for a language: %s', (pattern, params) => {
    const space = defineSpace({ languages: ['en', 'de'], languagePaths: { en: 'english', de: 'deutsch' } })
    const route = new RouteFiller(space, pattern)
    expect(route.languages(articles)).toContain('de')
    expect(route.story(articles, rope, 'de')).toEqual(params)
  })

  it('that takes everything has the language before the slug', () => {
    const route = new RouteFiller(two, '/[...slug]')
    expect(route.languages(all).map((language) => route.story(all, rope, language))).toEqual([
      { slug: 'articles/rope' },
      { slug: 'de/articles/seil' },
    ])
    expect(route.languages(all).map((language) => route.story(all, home, language))).toEqual([
      { slug: undefined },
      { slug: 'de' },
    ])
  })

  it('below a folder that is a language has that language, once', () => {
    const route = new RouteFiller(two, '/de/[...slug]')
    expect(route.languages(all).map((language) => route.story(all, rope, language))).toEqual([
      { slug: 'articles/seil' },
    ])
    expect(route.story(all, home, 'de')).toEqual({ slug: undefined })
  })

  it('of one segment shows neither the start page nor what lies deeper', () => {
    const route = new RouteFiller(two, '/articles/[slug]')
    expect(route.story(articles, { full_slug: 'articles/' }, undefined)).toBeNull()
    expect(route.story(articles, { full_slug: 'articles/2020/rope' }, undefined)).toBeNull()
    const rest = new RouteFiller(two, '/articles/[...slug]')
    expect(rest.story(articles, { full_slug: 'articles/' }, undefined)).toEqual({ slug: undefined })
    expect(rest.story(articles, { full_slug: 'articles/2020/rope' }, undefined)).toEqual({ slug: '2020/rope' })
  })

  it('can be told what its parameters mean', () => {
    const route = new RouteFiller(two, '/[...sprache]/[slug]/[tab]', { param: 'slug', languageParam: 'sprache' })
    expect(route.story(articles, rope, 'de')).toEqual({ sprache: 'de', slug: 'seil' })
    expect(() => new RouteFiller(two, '/[slug]', { param: 'name' })).toThrow('has no parameter “name”')
  })

  it('without a slug has one path a language', () => {
    const route = new RouteFiller(two, '/[...lang]/articles')
    expect(route.languages({ startsWith: '' }).map((language) => route.language(language))).toEqual([
      { lang: undefined },
      { lang: 'de' },
    ])
  })
})
