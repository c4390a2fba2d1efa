import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import type { SiteOptions, Visit } from '../site.js'
import { createSpaceFrom, environment, fetchFrom } from '../test-support.js'
import { hasPageIn, relativeSlug } from './slugs.js'
import { defineStories } from './source.js'
import { defineSpace } from './space.js'

const space = defineSpace({ languages: ['en', 'de', 'de-CH'], fallback: { 'de-CH': 'de' } })
const posts = defineStories(space, { contentType: 'post', startsWith: 'blog/' })
const pages = defineStories(space, { contentType: 'page' })

const page = (fullSlug: string, more: object = {}, content: object = {}) => ({
  slug: fullSlug.split('/').at(-1),
  full_slug: fullSlug,
  content: { _uid: fullSlug, component: fullSlug.startsWith('blog/') ? 'post' : 'page', ...content },
  ...more,
})

const translatedSlug = (lang: string, path: string) => ({ lang, path, name: path, published: true })

const stories = [
  page('home', {}, { title: 'Hello', title__i18n__de: 'Hallo', note: 'Note', note__i18n__de_CH: 'Notiz' }),
  page('about', { translated_slugs: [translatedSlug('de', 'ueber-uns')] }),
  page('blog/hello', {
    translated_slugs: [translatedSlug('de', 'blog/hallo'), translatedSlug('de-CH', 'blog/gruezi')],
  }),
  page('blog/plain'),
]

function open(visit: Partial<Visit> = {}, options: Partial<SiteOptions> = {}) {
  const recording = fetchFrom(createSpaceFrom(stories, ['de', 'de-CH']))
  const site = new Site({ env: (name) => environment[name], dev: false, fetch: recording.fetch, ...options })
  return { storyblok: site.visit({ local: false, ...visit }), urls: recording.urls }
}

describe('the language', () => {
  it('is the request’s, in the space’s own spelling', async () => {
    const { storyblok, urls } = open({ language: 'de_ch' })
    await storyblok.story(pages)
    expect(Object.fromEntries(urls.at(-1)!.searchParams)).toMatchObject({ language: 'de-CH', fallback_lang: 'de' })
  })

  it.each([undefined, 'en', 'EN', 'fr', 'default'])(
    'that is the default, or none of the space’s, is not asked for: %s',
    async (language) => {
      const { storyblok, urls } = open({ language })
      expect((await storyblok.story(pages))?.content['title']).toBe('Hello')
      expect(urls.at(-1)!.searchParams.has('language')).toBe(false)
    },
  )

  it('translates fields, from the fallback where there is no translation', async () => {
    const german = await open({ language: 'de' }).storyblok.story(pages)
    const swiss = await open({ language: 'de-CH' }).storyblok.story(pages)
    expect([german?.content['title'], german?.content['note']]).toEqual(['Hallo', 'Note'])
    expect([swiss?.content['title'], swiss?.content['note']]).toEqual(['Hallo', 'Notiz'])
  })

  it('can be another one for a single read, and is kept apart', async () => {
    const { storyblok } = open({ language: 'de' })
    const titles = await Promise.all(
      [undefined, 'en', 'de'].map(
        async (language) => (await storyblok.story(pages, '', { language }))?.content['title'],
      ),
    )
    expect(titles).toEqual(['Hallo', 'Hello', 'Hallo'])
  })

  it('belongs to the whole list, and to links', async () => {
    const { storyblok } = open({ language: 'de' })
    const hrefs = (await storyblok.all(posts)).map(({ href }) => href)
    expect(hrefs).toEqual(['/de/blog/hallo', '/de/blog/plain'])
    const links = await storyblok.links(space)
    expect(links.map(({ href }) => href)).toEqual(['/de', '/de/ueber-uns', '/de/blog/hallo', '/de/blog/plain'])
  })
})

describe('alternates', () => {
  it('make a language switcher a loop', async () => {
    const story = await open().storyblok.story(posts, 'hello')
    expect(story?.href).toBe('/blog/hello')
    expect(story?.alternates).toEqual([
      { language: 'en', href: '/blog/hello' },
      { language: 'de', href: '/de/blog/hallo' },
      { language: 'de-CH', href: '/de-CH/blog/gruezi' },
    ])
    expect((await open().storyblok.story(pages))?.alternates).toEqual([
      { language: 'en', href: '/' },
      { language: 'de', href: '/de' },
      { language: 'de-CH', href: '/de-CH' },
    ])
  })

  it('follow the framework’s routing, and a space’s own words before it', async () => {
    const routing = { base: '/docs/', trailingSlash: true, prefixDefaultLanguage: true }
    const { storyblok } = open({}, { routing })
    expect((await storyblok.story(posts, 'hello'))?.alternates[0]?.href).toBe('/docs/en/blog/hello/')
    const own = defineStories(defineSpace({ languages: ['en', 'de'], base: '/' }), { startsWith: 'blog/' })
    expect((await storyblok.story(own, 'hello'))?.href).toBe('/en/blog/hello/')
  })

  it('have the language’s own path where the framework gives it one', async () => {
    const routing = { languagePaths: { EN: 'english', de: 'deutsch', 'de-ch': 'de-ch' } }
    const story = await open({}, { routing }).storyblok.story(posts, 'hello')
    expect(story?.alternates.map(({ href }) => href)).toEqual([
      '/blog/hello',
      '/deutsch/blog/hallo',
      '/de-ch/blog/gruezi',
    ])
  })

  it('have no language in the path of the framework’s default one', async () => {
    const story = await open({}, { routing: { defaultLanguage: 'de' } }).storyblok.story(posts, 'hello')
    expect(story?.alternates.map(({ href }) => href)).toEqual(['/en/blog/hello', '/blog/hallo', '/de-CH/blog/gruezi'])
  })

  it('are the pages of other folders where a folder is a language', async () => {
    const group = { group_id: '00000000-0000-4000-9999-000000000001' }
    const local = createSpaceFrom([page('en/tour', group), page('de/reise', group), page('de/home')], [])
    const site = new Site({ env: (name) => environment[name], dev: false, fetch: fetchFrom(local).fetch })
    const storyblok = site.visit({ local: false })
    const tour = await storyblok.story(pages, 'en/tour')
    expect(tour?.alternates).toEqual([
      { language: 'en', href: '/en/tour' },
      { language: 'de', href: '/de/reise' },
    ])
    expect((await storyblok.story(pages, 'de/home'))?.href).toBe('/de')
  })

  it('are none where there is one language', async () => {
    const plain = defineStories(defineSpace(), { startsWith: 'blog/' })
    expect((await open().storyblok.story(plain, 'hello'))?.alternates).toEqual([])
  })
})

describe('slugs in a language', () => {
  it('are found as they are listed: every page of every language', async () => {
    for (const language of ['en', 'de', 'de-CH']) {
      const { storyblok } = open({ language })
      for (const source of [posts, pages, defineStories(space)]) {
        for (const story of await storyblok.all(source)) {
          const found = await storyblok.story(source, relativeSlug(source, story, language))
          expect(found?.uuid, `${language} ${story.full_slug}`).toBe(story.uuid)
          expect(hasPageIn(story, language)).toBe(true)
        }
      }
    }
  })

  it('are the inverse of finding, whatever the slugs', async () => {
    const segment = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/).filter((text) => !/^\d+$/.test(text))
    const slug = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
    const pair = fc.record({ own: slug, translated: fc.option(slug) })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(pair, { minLength: 1, maxLength: 4, selector: ({ own }) => own }),
        async (slugs) => {
          const names = slugs.flatMap(({ own, translated }) => [own, ...(translated === null ? [] : [translated])])
          fc.pre(new Set(names).size === names.length)
          const files = slugs.map(({ own, translated }) =>
            page(
              `blog/${own}`,
              translated === null ? {} : { translated_slugs: [translatedSlug('de', `blog/${translated}`)] },
            ),
          )
          const { fetch } = fetchFrom(createSpaceFrom(files, ['de']))
          const site = new Site({ env: (name) => environment[name], dev: false, fetch })
          for (const language of ['en', 'de']) {
            const storyblok = site.visit({ local: false, language })
            for (const story of await storyblok.all(posts)) {
              const found = await storyblok.story(posts, relativeSlug(posts, story, language))
              expect(found?.uuid).toBe(story.uuid)
            }
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})
