import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { KeyblokError } from '../errors.js'
import { Site } from '../site.js'
import type { SiteOptions, Visit } from '../site.js'
import { createSpace, fetchFrom, textOf, tokens } from '../test-support.js'
import type { RecordingFetch } from '../test-support.js'
import type { Storyblok } from './reader.js'
import { defineSpace } from './space.js'
import { defineStories } from './source.js'

const space = defineSpace({ resolveRelations: ['article.author', 'article.related', 'featured.articles'] })
const pages = defineStories(space, { contentType: 'page' })
const articles = defineStories(space, {
  contentType: 'article',
  startsWith: '/articles',
  sortBy: 'content.published_on:desc',
  perPage: 3,
})

const environment: Record<string, string> = {
  STORYBLOK_API_URL: 'https://api.space.test',
  STORYBLOK_PUBLIC_TOKEN: tokens.public,
  STORYBLOK_PREVIEW_TOKEN: tokens.preview,
  NODE_ENV: 'production',
}

interface Setup {
  env?: Record<string, string>
  dev?: boolean
  visit?: Partial<Visit>
  options?: Partial<SiteOptions>
}

function open({ env = environment, dev = false, visit, options }: Setup = {}): {
  storyblok: Storyblok
} & RecordingFetch {
  const recording = fetchFrom(createSpace())
  const site = new Site({ env: (name) => env[name], dev, fetch: recording.fetch, ...options })
  return { storyblok: site.visit({ local: false, ...visit }), ...recording }
}

const editor: Setup = { dev: true, visit: { local: true } }

describe('story', () => {
  it('takes slugs relative to the source’s folder', async () => {
    const { storyblok } = open()
    expect((await storyblok.story(articles, 'small-gear'))?.full_slug).toBe('articles/small-gear')
    expect((await storyblok.story(articles, '/small-gear/'))?.full_slug).toBe('articles/small-gear')
    expect(await storyblok.story(articles, 'articles/small-gear')).toBeNull()
  })

  it.each([undefined, '', '/'])('takes %j for the home page', async (slug) => {
    const story = await open().storyblok.story(pages, slug)
    expect(story?.full_slug).toBe('home')
    expect(story?.href).toBe('/')
  })

  it('takes no slug for the folder’s start page', async () => {
    const start = defineStories(space, { startsWith: 'articles/' })
    const story = await open().storyblok.story(start)
    expect(story?.full_slug).toBe('articles/')
    expect(story?.href).toBe('/articles')
  })

  it('gives null for a story of another source', async () => {
    const { storyblok } = open()
    expect(await storyblok.story(pages, 'articles/small-gear')).toBeNull()
    expect(await storyblok.story(articles, 'no-such-article')).toBeNull()
  })

  it('reads what is published for a visitor, and the draft for a developer', async () => {
    expect((await open().storyblok.story(articles, 'red-towers'))?.content['title']).toBe('Red towers, dry river')
    const story = await open(editor).storyblok.story(articles, 'red-towers')
    expect(story?.content['title']).toBe('Red towers, dry river (updated map)')
  })
})

describe('relations', () => {
  it('stand where their UUIDs stood, two levels deep', async () => {
    const story = await open().storyblok.story(pages)
    const featured = (story!.content['body'] as { component: string }[])[1] as unknown as {
      articles: { href: string; content: { author: { content: { name: string } } } }[]
    }
    expect(featured.articles.map(({ href }) => href)).toEqual([
      '/articles/the-quiet-season',
      '/articles/reading-granite',
      '/articles/fingers-remember',
    ])
    expect(featured.articles[0]?.content.author.content.name).toBe('Mira Okafor')
  })

  it('are left out of arrays, and null elsewhere, when they are not published', async () => {
    const { storyblok } = open()
    const story = await storyblok.story(articles, 'the-quiet-season')
    expect((story!.content['related'] as { slug: string }[]).map(({ slug }) => slug)).toEqual([
      'reading-granite',
      'fingers-remember',
    ])
    const draft = await open(editor).storyblok.story(articles, 'the-quiet-season')
    expect((draft!.content['related'] as { slug: string }[]).map(({ slug }) => slug)).toContain('after-dark')
  })

  it('are null when the story they name is gone', async () => {
    const localSpace = createSpace()
    const recording = fetchFrom(localSpace)
    localSpace.unpublish('authors/jonas-lindqvist')
    const site = new Site({ env: (name) => environment[name], dev: false, fetch: recording.fetch })
    const story = await site.visit({ local: false }).story(articles, 'small-gear')
    expect(story?.content['author']).toBeNull()
  })

  it('end somewhere, although stories point at each other', async () => {
    const story = await open().storyblok.story(articles, 'the-quiet-season')
    expect(JSON.stringify(story).length).toBeLessThan(200_000)
    const related = story?.content['related'] as { content: { related: { content: { related: string[] } }[] } }[]
    const third = related[0]?.content.related[0]?.content.related ?? []
    expect(third.every((value) => typeof value === 'string')).toBe(true)
  })

  it('stay UUIDs when they are not asked for', async () => {
    const plain = defineStories(defineSpace(), { contentType: 'article', startsWith: 'articles/' })
    const story = await open().storyblok.story(plain, 'small-gear')
    expect(story?.content['author']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('lists', () => {
  it('come in pages with the total', async () => {
    const { stories, ...rest } = await open().storyblok.stories(articles, { page: 3 })
    expect(rest).toEqual({ total: 22, page: 3, pages: 8 })
    expect(stories.map(({ slug }) => slug)).toEqual(['the-belay-is-a-conversation', 'notes-on-falling', 'slow-rock'])
  })

  it('are read whole, each story once', async () => {
    const { storyblok } = open()
    const slugs = (await storyblok.all(articles)).map(({ slug }) => slug)
    expect(new Set(slugs).size).toBe(22)
    expect(slugs[0]).toBe('the-quiet-season')
  })

  it('are read only as far as they are consumed', async () => {
    const { storyblok, urls } = open()
    for await (const story of storyblok.each(articles)) {
      expect(story.slug).toBe('the-quiet-season')
      break
    }
    expect(
      urls.filter(({ searchParams }) => searchParams.has('page')).map(({ searchParams }) => searchParams.get('page')),
    ).not.toContain('2')
  })

  it('can be empty', async () => {
    const none = defineStories(space, { startsWith: 'nowhere/' })
    const { storyblok } = open()
    expect(await storyblok.all(none)).toEqual([])
    expect(await storyblok.stories(none)).toEqual({ stories: [], total: 0, page: 1, pages: 0 })
  })
})

describe('hrefs', () => {
  it('are those of the request’s language', () => {
    const two = defineSpace({ languages: ['en', 'de'] })
    const { storyblok } = open({ visit: { language: 'de' } })
    expect(storyblok.href(two, 'about')).toBe('/de/about')
    expect(storyblok.href(two, { linktype: 'story', cached_url: 'about' })).toBe('/de/about')
    expect([storyblok.href(two, null), storyblok.href(two, { linktype: 'story', cached_url: '' })]).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('links', () => {
  it('carry the paths of their pages', async () => {
    const links = await open().storyblok.links(space)
    const hrefs = links.filter((link) => !link.is_folder).map(({ href }) => href)
    expect(hrefs).toEqual(expect.arrayContaining(['/', '/about', '/articles', '/articles/small-gear']))
    expect(hrefs).not.toContain('/membership')
  })
})

describe('the access', () => {
  it('is the request’s own', async () => {
    const recording = fetchFrom(createSpace())
    const site = new Site({ env: (name) => environment[name], dev: true, fetch: recording.fetch })
    const [here, elsewhere] = [site.visit({ local: true }), site.visit({ local: false })]
    expect([here.version, elsewhere.version]).toEqual(['draft', 'published'])
    const [draft, published] = await Promise.all([
      here.story(pages, 'membership'),
      elsewhere.story(pages, 'membership'),
    ])
    expect(draft).not.toBeNull()
    expect(published).toBeNull()
  })

  it('asks for draft headers where drafts are read, and for none elsewhere', () => {
    const site = new Site({ env: (name) => environment[name], dev: true })
    expect(site.visit({ local: true }).decideHeaders()).toMatchInlineSnapshot(`
      {
        "CDN-Cache-Control": "no-store",
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex",
      }
    `)
    expect(site.visit({ local: false }).decideHeaders()).toEqual({})
    expect(new Site({ env: () => undefined, dev: false }).visit({ local: true }).decideHeaders()).toEqual({})
  })

  it('of a second space uses its own variables', async () => {
    const docs = defineSpace({ name: 'docs', envPrefix: 'STORYBLOK_DOCS' })
    const { storyblok } = open()
    await expect(storyblok.all(defineStories(docs))).rejects.toThrow('STORYBLOK_DOCS_PUBLIC_TOKEN')
  })

  it('fails closed without a public token', async () => {
    const { STORYBLOK_PUBLIC_TOKEN: _missing, ...env } = environment
    const { storyblok, urls } = open({ env })
    await expect(storyblok.story(pages)).rejects.toMatchObject({ code: 'KB_TOKEN_MISSING' })
    expect(() => storyblok.version).toThrow('STORYBLOK_PUBLIC_TOKEN')
    expect(urls).toEqual([])
  })

  it('reads published stories in tests unless a test asks for drafts', async () => {
    const env = { ...environment, NODE_ENV: 'test' }
    expect(open({ env }).storyblok.version).toBe('published')
    expect(open({ env, visit: { version: 'draft' } }).storyblok.version).toBe('draft')
  })
})

describe('a reader', () => {
  it('shows no token, however it is looked at', () => {
    const { storyblok } = open(editor)
    for (const text of [
      inspect(storyblok, { depth: 9, showHidden: true }),
      JSON.stringify(storyblok),
      String(storyblok),
    ]) {
      expect(text).not.toContain(tokens.preview)
    }
  })

  it('hands errors to its host', async () => {
    class HostError extends Error {}
    const onError = (error: KeyblokError): never => {
      throw new HostError(error.code)
    }
    const { storyblok } = open({ env: { NODE_ENV: 'production' }, visit: { onError } })
    await expect(storyblok.story(pages)).rejects.toThrow(HostError)
    expect(() => storyblok.version).toThrow(HostError)
  })

  it('keeps tokens out of what it throws', async () => {
    const fetch = () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }))
    const { storyblok } = open({ options: { fetch, attempts: 1 } })
    const error = await storyblok.story(pages).catch((reason: unknown) => reason)
    expect(textOf(error)).toContain('KB_UPSTREAM_FAILED')
    expect(textOf(error)).not.toContain(tokens.public)
  })
})
