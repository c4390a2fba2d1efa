import { defineSpace, defineStories } from '@keyblok/core'
import { fakeStory } from '@keyblok/core/testing'
import { expect, it } from 'vitest'
import { canonicalSlug } from './canonical-slug.js'

const space = defineSpace({ languages: ['en', 'de'] })
const pages = defineStories(space)
const articles = defineStories(space, { startsWith: 'articles/' })
const story = (slug: string, german?: string) =>
  fakeStory(
    'page',
    {},
    { full_slug: slug, ...(german && { translated_slugs: [{ path: german, name: null, lang: 'de' }] }) },
  )
const about = story('about', 'ueber-uns')
const towers = story('articles/red-towers', 'articles/rote-tuerme')
const home = story('home')

it.each([
  ['the slug itself', pages, about, 'about', 'en', undefined],
  ['the translated slug in its language', pages, about, 'ueber-uns', 'de', undefined],
  ['the translated slug in another language', pages, about, 'ueber-uns', 'en', 'about'],
  ['the untranslated slug', pages, about, 'about', 'de', 'ueber-uns'],
  ['the untranslated slug behind the language', pages, about, 'de/about', 'de', 'de/ueber-uns'],
  ['the translated slug behind the language', pages, about, 'de/ueber-uns', 'de', undefined],
  ['the home page by its name', pages, home, 'home', 'en', ''],
  ['the home page by its name behind the language', pages, home, 'de/home', 'de', 'de'],
  ['the home page by the language', pages, home, 'de', 'de', undefined],
  ['a slug in a folder', articles, towers, 'red-towers', 'en', undefined],
  ['another language’s slug in a folder', articles, towers, 'rote-tuerme', 'en', 'red-towers'],
  ['a slug with a slash too many', articles, towers, 'red-towers/', 'en', 'red-towers'],
] as const)('gives the page’s own for %s', (_name, source, of, asked, language, own) => {
  expect(canonicalSlug(source, space, of, asked, language)).toBe(own)
})

it('leaves a language out that stands in a parameter of its own', () => {
  expect(canonicalSlug(pages, space, home, 'de', 'de', ['de'])).toBe('')
  expect(canonicalSlug(pages, space, about, 'de/ueber-uns', 'de', ['de'])).toBe('ueber-uns')
})
