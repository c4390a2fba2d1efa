import OfficialClient from 'storyblok-js-client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { KeyblokError } from '../errors.js'
import { Site } from '../site.js'
import type { Visit } from '../site.js'
import { defineSpace } from '../stories/space.js'
import type { Storyblok } from '../stories/reader.js'
import { createSpace, environment, fetchFrom, tokens } from '../test-support.js'
import type { RecordingFetch } from '../test-support.js'
import { createClient } from './create-client.js'
import type { ISbStoriesParams, StoryblokClient } from './types.js'

const relations = ['article.author', 'article.related', 'featured.articles']

interface Opened extends RecordingFetch {
  api: StoryblokClient
  storyblok: Storyblok
  space: ReturnType<typeof createSpace>
}

function open(visit: Partial<Visit> = {}, dev = false): Opened {
  const space = createSpace()
  const recording = fetchFrom(space)
  const { NODE_ENV: _production, ...variables } = environment
  const env: Record<string, string> = dev ? variables : environment
  const site = new Site({ env: (name) => env[name], dev, fetch: recording.fetch })
  const storyblok = site.visit({ local: false, ...visit })
  return { api: createClient(() => storyblok, defineSpace()), storyblok, space, ...recording }
}

function clientOf(env: Readonly<Record<string, string>>): StoryblokClient {
  const site = new Site({ env: (name) => env[name], dev: false })
  return createClient(() => site.visit({ local: false }), defineSpace())
}

/** Takes away what Storyblok's own client marks the stories with that it followed. */
function withoutMarks(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data, (name, value: unknown) => (name === '_stopResolving' ? undefined : value)))
}

const editor = (): Opened => open({ local: true }, true)

describe('get', () => {
  it('gives a story in the shape of Storyblok’s own client', async () => {
    const { data, headers, total, perPage } = await open().api.get('cdn/stories/home')
    expect(data.story).toMatchObject({ full_slug: 'home', content: { component: 'page' } })
    expect(data).toMatchObject({ cv: expect.any(Number), rels: [], links: [] })
    expect([total, perPage, [...headers]]).toEqual([0, 0, []])
  })

  it('gives a page of stories with its counts', async () => {
    const { data, headers, total, perPage } = await open().api.get('cdn/stories', {
      starts_with: 'articles/',
      per_page: 2,
    })
    expect(data.stories).toHaveLength(2)
    expect(total).toBeGreaterThan(2)
    expect([perPage, headers.get('total')]).toEqual([2, String(total)])
  })

  it.each([
    ['a slash around the slug', '/cdn/stories/home/'],
    ['getStory', 'home'],
  ])('takes %s', async (_name, slug) => {
    const { api } = open()
    const { data } = await (slug === 'home' ? api.getStory(slug) : api.get(slug))
    expect(data.story.name).toBe('Chalkline')
  })

  it('finds a story by its id and its UUID', async () => {
    const { api } = open()
    const { id, uuid } = (await api.get('cdn/stories/home')).data.story
    expect((await api.get(`cdn/stories/${id}`)).data.story.full_slug).toBe('home')
    expect((await api.get(`cdn/stories/${uuid}`, { find_by: 'uuid' })).data.story.full_slug).toBe('home')
  })

  it('puts related stories where their UUIDs stand, and leaves what was not asked', async () => {
    const { api } = open()
    const plain = (await api.get('cdn/stories/articles/small-gear')).data.story
    expect(plain.content.author).toMatch(/^[0-9a-f-]{36}$/)
    const asked = await api.get('cdn/stories/articles/small-gear', { resolve_relations: relations.join(',') })
    const { author } = asked.data.story.content
    expect(author).toMatchObject({ uuid: plain.content.author, content: { component: 'author' } })
    expect(asked.data.rels.map(({ uuid }: { uuid: string }) => uuid)).toContain(plain.content.author)
  })

  it.each([
    ['cdn/stories/home', {}],
    ['cdn/stories/articles/small-gear', { resolve_relations: relations, resolve_links: 'story' }],
    ['cdn/stories', { starts_with: 'articles/', resolve_relations: 'article.author', sort_by: 'position:asc' }],
    ['cdn/links', { per_page: 100 }],
    ['cdn/tags', {}],
    ['cdn/datasource_entries', { datasource: 'rocks' }],
  ] as const)('gives of %s what Storyblok’s own client gives', async (slug, params) => {
    const space = createSpace()
    const listener = await space.listen()
    onTestFinished(() => listener.close())
    const api = clientOf({ ...environment, STORYBLOK_API_URL: listener.url })
    const official = new OfficialClient({ accessToken: tokens.public, endpoint: `${listener.url}/v2` })
    const ours = await api.get(slug, params as ISbStoriesParams)
    const theirs = await official.get(slug, { ...(params as ISbStoriesParams) })
    // What stands beside the stories is changed by their client, and not by ours.
    const shown = ({ rels: _rels, cv: _cv, ...data }: Record<string, unknown>) => withoutMarks(data)
    expect(shown(ours.data)).toEqual(shown(theirs.data))
  })

  it('gives what may be changed, without changing what another call gets', async () => {
    const { api } = open()
    const first = (await api.get('cdn/stories', { starts_with: 'articles/' })).data
    const slugs = first.stories.map(({ full_slug: slug }: { full_slug: string }) => slug)
    first.stories.reverse()
    first.stories[0].content.title = 'changed'
    const second = (await api.get('cdn/stories', { starts_with: 'articles/' })).data
    expect(second.stories.map(({ full_slug: slug }: { full_slug: string }) => slug)).toEqual(slugs)
    expect(JSON.stringify(second)).not.toContain('"changed"')
  })

  it('reads links, datasources, their entries, tags and the space', async () => {
    const { api } = open()
    const { links } = (await api.get('cdn/links')).data
    const [uuid, link] = Object.entries<{ uuid: string; slug: string }>(links)[0] ?? []
    expect(link).toMatchObject({ uuid, slug: expect.any(String), is_folder: expect.any(Boolean) })
    expect((await api.get(`cdn/links/${uuid}`)).data.link.slug).toBe(link?.slug)
    expect((await api.get('cdn/tags')).data.tags).toEqual(expect.any(Array))
    expect((await api.get('cdn/spaces/me')).data.space.id).toBe(100001)
    const [datasource] = (await api.get('cdn/datasources')).data.datasources
    expect((await api.get(`cdn/datasources/${datasource.slug}`)).data.datasource.id).toBe(datasource.id)
    const entries = await api.get('cdn/datasource_entries', { datasource: datasource.slug })
    expect(entries.data.datasource_entries[0]).toMatchObject({ name: expect.any(String), value: expect.any(String) })
  })

  it('filters as code for Storyblok’s own client writes it', async () => {
    const { api, urls } = open()
    await api.get('cdn/stories', {
      is_startpage: false,
      published_at_gt: '2026-01-31 08:00',
      filter_query: { topic: { in: 'ice,rock' }, __or: [{ rank: { gt_int: '3' } }] },
    })
    const asked = urls.at(-1)?.search ?? ''
    expect(decodeURIComponent(asked)).toContain(
      'is_startpage=0&published_at_gt=2026-01-31 08:00&filter_query[topic][in]=ice,rock&filter_query[__or][][rank][gt_int]=3',
    )
  })
})

describe('getAll', () => {
  it('gives all pages of a list, and all links', async () => {
    const { api } = open()
    const { total } = await api.get('cdn/stories', { per_page: 1 })
    const stories = await api.getAll('cdn/stories', { per_page: 2 })
    expect(new Set(stories.map(({ uuid }) => uuid)).size).toBe(total)
    const links = await api.getAll('cdn/links')
    expect(links).toHaveLength(Object.keys((await api.get('cdn/links')).data.links).length)
  })
})

describe('what is decided by Keyblok', () => {
  it('is the version and the token, whatever a call says, and it says so once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    const { api, urls, space } = open()
    space.saveDraft('home', { _uid: 'x', component: 'page', body: [], title: 'not published' })
    const asked = { version: 'draft', token: 'fakeOTHERfakeOTHERfakett', cv: 1 } as const
    const { data } = await api.get('cdn/stories/home', asked)
    await api.get('cdn/stories/about', asked)
    expect(JSON.stringify(data)).not.toContain('not published')
    expect(urls.every(({ searchParams }) => searchParams.get('version') === 'published')).toBe(true)
    expect(urls.map(String).join()).not.toContain('OTHER')
    expect(warn.mock.calls.map(([message]) => String(message))).toEqual([
      expect.stringContaining('Keyblok decides both for each request'),
    ])
  })

  it('is that an editor reads drafts, which nobody else is given', async () => {
    const { api, space, storyblok } = editor()
    space.saveDraft('home', { _uid: 'x', component: 'page', body: [], title: 'not published' })
    const { data } = await api.get('cdn/stories/home')
    expect(data.story.content).toMatchObject({ title: 'not published', _editable: expect.any(String) })
    expect(storyblok.decideHeaders()).toMatchObject({ 'Cache-Control': 'private, no-store' })
  })

  it('is that no slug changes what is asked', async () => {
    const { api } = open()
    for (const slug of ['home?version=draft', '../spaces/me', 'home#']) {
      await expect(api.get(`cdn/stories/${slug}`)).rejects.toMatchObject({ status: 404 })
    }
  })
})

describe('what cannot be had', () => {
  it('is a story that is not there: an error with the fields of Storyblok’s own', async () => {
    const missing = await open()
      .api.get('cdn/stories/nowhere')
      .catch((error: unknown) => error)
    expect(missing).toBeInstanceOf(Error)
    expect(missing).toMatchObject({ message: 'Not Found', status: 404, response: 'This record could not be found' })
  })

  it.each([
    ['a parameter that is not forwarded', 'cdn/stories', { contain_component: 'hero' }, 'KB_PARAMETER_INVALID'],
    ['a parameter with a name of objects', 'cdn/stories', { constructor: 'x' }, 'KB_PARAMETER_INVALID'],
    ['a time that is none', 'cdn/stories', { published_at_gt: 'soon' }, 'KB_PARAMETER_INVALID'],
    ['another endpoint', 'cdn/assets/me', {}, 'KB_COMPAT_UNSUPPORTED'],
    ['the Management API', 'spaces/5/stories', {}, 'KB_COMPAT_UNSUPPORTED'],
  ])('is %s', async (_name, slug, params, code) => {
    const error = await open()
      .api.get(slug, params as ISbStoriesParams)
      .catch((reason: KeyblokError) => reason)
    expect(error).toMatchObject({ code })
  })

  it('is writing', async () => {
    await expect(open().api.post('spaces/5/stories')).rejects.toMatchObject({ code: 'KB_COMPAT_UNSUPPORTED' })
  })
})

describe('what a page read', () => {
  it('is noted, with what stands in it, for caches and editors', async () => {
    const { api, storyblok } = open()
    const { data } = await api.get('cdn/stories/articles/small-gear', { resolve_relations: relations })
    const { id, content } = data.story
    expect(storyblok.journal.relations).toEqual(relations)
    expect(storyblok.journal.stories.map((story) => story.id)).toEqual([id])
    const tags = storyblok.journal.tags.join(' ')
    expect(tags).toContain(String(id))
    expect(tags).toContain(String(content.author.id))
  })

  it('is read once while nothing new is published', async () => {
    const { api, urls } = open()
    await api.get('cdn/stories/home')
    const before = urls.length
    await api.get('cdn/stories/home')
    expect(urls.length).toBe(before)
  })
})
