import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import type { SiteOptions } from '../site.js'
import { defineStories } from '../stories/source.js'
import type { StorySource } from '../stories/source.js'
import { defineSpace } from '../stories/space.js'
import type { Access } from '../tokens/access.js'
import { Secret } from '../tokens/secret.js'
import {
  accessTo,
  createDelivery,
  createEmptySpace,
  createSpace,
  createSpaceFrom,
  environment,
  fetchFrom,
  tokens,
} from '../test-support.js'

const space = defineSpace()

function open(
  local = createSpace(),
  env: Record<string, string> = { ...environment },
  options: Partial<SiteOptions> = {},
) {
  const recording = fetchFrom(local)
  const site = new Site({ env: (name) => env[name], dev: false, fetch: recording.fetch, ...options })
  return { site, storyblok: site.visit({ local: false }), urls: recording.urls }
}

const colors = {
  id: 1,
  name: 'Colors',
  slug: 'colors',
  dimensions: [{ id: 1, name: 'German', entry_value: 'de' }],
  entries: [
    { id: 1, name: 'red', value: 'Red', dimension_values: { de: 'Rot' } },
    { id: 2, name: 'blue', value: 'Blue' },
  ],
}

describe('datasources', () => {
  const createColors = () => createSpaceFrom([], [], { 'datasources/100001/datasources.json': [colors] })

  it('are read with the values of a dimension', async () => {
    const { storyblok } = open(createColors())
    const plain = await storyblok.datasource(space, 'colors')
    const german = await storyblok.datasource(space, 'colors', { dimension: 'de' })
    expect(plain.map(({ name, value }) => [name, value])).toEqual([
      ['red', 'Red'],
      ['blue', 'Blue'],
    ])
    expect(german.map(({ dimension_value: value }) => value)).toEqual(['Rot', null])
  })

  it('are read whole, however many entries they have', async () => {
    const entries = Array.from({ length: 2100 }, (_, index) => ({
      id: index + 1,
      name: `n${index}`,
      value: `v${index}`,
    }))
    const local = createSpaceFrom([], [], { 'datasources/100001/datasources.json': [{ ...colors, entries }] })
    const { storyblok, urls } = open(local)
    expect(await storyblok.datasource(space, 'colors')).toHaveLength(2100)
    expect(urls.filter(({ searchParams }) => searchParams.has('cv'))).toHaveLength(3)
  })

  it('are listed, and found by slug', async () => {
    const delivery = createDelivery(fetchFrom(createColors()).fetch)
    const { datasources, total } = await delivery.datasources(accessTo('published'))
    expect([datasources[0]?.slug, total]).toEqual(['colors', 1])
    expect((await delivery.datasource(accessTo('published'), 'colors'))?.name).toBe('Colors')
    expect(await delivery.datasource(accessTo('published'), 'nowhere')).toBeNull()
    expect(await delivery.datasource(accessTo('published'), '../stories')).toBeNull()
  })
})

describe('tags and links', () => {
  it('are read', async () => {
    const local = createEmptySpace()
    local.addStories([
      { fullSlug: 'a', tags: ['ice', 'rock'], content: { _uid: 'a', component: 'c' } },
      { fullSlug: 'b', tags: ['rock'], content: { _uid: 'b', component: 'c' } },
    ])
    const tags = await open(local).storyblok.tags(space)
    expect(tags.map(({ name, taggings_count: count }) => `${name} ${count}`)).toEqual(['ice 1', 'rock 2'])
  })

  it('are found one by one', async () => {
    const delivery = createDelivery(fetchFrom(createSpace()).fetch)
    const { links } = await delivery.links(accessTo('published'))
    const [first] = links
    expect(await delivery.link(accessTo('published'), first!.uuid)).toMatchObject({ slug: first!.slug })
    expect(await delivery.link(accessTo('published'), 'nowhere')).toBeNull()
  })
})

describe('private assets', () => {
  const withAssets = { ...environment, STORYBLOK_ASSET_TOKEN: tokens.asset }

  it('are opened with their own token, anew each time', async () => {
    const local = createSpace()
    const { storyblok, urls } = open(local, withAssets)
    const story = JSON.stringify(await storyblok.story(defineStories(space), 'articles/small-gear'))
    const filename = /https:\/\/api\.space\.test\/f\/[^"]+/.exec(story)![0]
    local.setTime(new Date('2026-11-01T12:00:00Z'))
    const one = await storyblok.asset(space, filename)
    local.setTime(new Date('2026-11-01T12:00:01Z'))
    const two = await storyblok.asset(space, filename)
    expect(one?.signed_url).toContain('X-Amz-Signature=')
    expect(two?.signed_url).not.toBe(one?.signed_url)
    expect(urls.at(-1)?.searchParams.get('token')).toBe(tokens.asset)
  })

  it('are null where there is none, and say which variable is missing', async () => {
    expect(await open(undefined, withAssets).storyblok.asset(space, 'https://a.storyblok.com/f/1/none.png')).toBeNull()
    await expect(open().storyblok.asset(space, 'x')).rejects.toThrow('STORYBLOK_ASSET_TOKEN is not set')
  })

  it('never take the name of an asset for another parameter', async () => {
    const { storyblok, urls } = open(undefined, withAssets)
    await storyblok.asset(space, 'x&version=draft&token=y#z')
    expect(urls[0]?.searchParams.getAll('token')).toEqual([tokens.asset])
    expect(urls[0]?.searchParams.get('version')).toBe('published')
  })
})

describe('releases', () => {
  const posts = defineStories(space, { contentType: 'post' })
  const post = (title: string) => ({ _uid: 'p', component: 'post', title })
  const withRelease = { ...environment, STORYBLOK_RELEASE_TOKEN: `8:${tokens.release}` }

  function createReleases() {
    const local = createEmptySpace()
    local.addStories([{ fullSlug: 'post', content: post('Today') }])
    local.addRelease({ id: 7, stories: { post: post('Soon') } })
    local.addRelease({ id: 8, stories: { post: post('Secret') }, restricted: true })
    return local
  }

  it('are read with their own token, and never kept', async () => {
    const { storyblok, urls } = open(createReleases(), withRelease)
    const read = () => storyblok.story(posts, 'post', { fromRelease: 8 })
    expect((await read())?.content['title']).toBe('Secret')
    const requests = urls.length
    expect((await read())?.release_id).toBe(8)
    expect(urls.length).toBeGreaterThan(requests)
    expect((await storyblok.story(posts, 'post'))?.content['title']).toBe('Today')
    expect(storyblok.decideHeaders()).toMatchObject({ 'Cache-Control': 'private, no-store' })
  })

  it('are read by whoever may see drafts', async () => {
    const env = { ...environment, STORYBLOK_ENVIRONMENT: 'staging' }
    const { storyblok } = open(createReleases(), env)
    expect((await storyblok.story(posts, 'post', { fromRelease: '7' }))?.content['title']).toBe('Soon')
  })

  it('are refused to visitors, and where Storyblok refuses them', async () => {
    const refused = { code: 'KB_RELEASE_REFUSED' }
    await expect(open(createReleases()).storyblok.story(posts, 'post', { fromRelease: 7 })).rejects.toMatchObject(
      refused,
    )
    const staging = open(createReleases(), { ...environment, STORYBLOK_ENVIRONMENT: 'staging' })
    await expect(staging.storyblok.all(posts, { fromRelease: 8 })).rejects.toMatchObject({ ...refused, status: 403 })
  })
})

describe('a source', () => {
  const route = (number: number, grade: number, component = 'route') => ({
    fullSlug: `routes/r-${number}`,
    position: number,
    content: { _uid: `r${number}`, component, grade },
  })

  function createRoutes() {
    const local = createEmptySpace()
    local.addStories([route(1, 5), route(2, 7), route(3, 8, 'boulder'), route(4, 9, 'page'), route(2024, 7)])
    return local
  }

  it('may have several content types, and filters', async () => {
    const { storyblok } = open(createRoutes())
    const climbs = defineStories(space, { contentType: ['route', 'boulder'], startsWith: 'routes/' })
    const hard = defineStories(space, {
      contentType: ['route', 'boulder'],
      startsWith: 'routes/',
      filterQuery: { grade: { gt_int: 6 } },
    })
    expect((await storyblok.all(climbs)).map(({ slug }) => slug)).toEqual(['r-1', 'r-2', 'r-3', 'r-2024'])
    expect((await storyblok.all(hard)).map(({ slug }) => slug)).toEqual(['r-2', 'r-3', 'r-2024'])
  })

  it('refuses a story that is outside of it', async () => {
    const { storyblok } = open(createRoutes())
    const climbs = defineStories(space, { contentType: ['route', 'boulder'], startsWith: 'routes/' })
    const hard = defineStories(space, { startsWith: 'routes/', filterQuery: { grade: { gt_int: 6 } } })
    const find = async (source: StorySource, slug: string) => (await storyblok.story(source, slug))?.slug
    expect([await find(climbs, 'r-3'), await find(climbs, 'r-4')]).toEqual(['r-3', undefined])
    expect([await find(hard, 'r-1'), await find(hard, 'r-2')]).toEqual([undefined, 'r-2'])
    expect([await find(hard, 'r-*'), await find(hard, 'r-1,routes/r-2')]).toEqual([undefined, undefined])
  })
})

describe('a token of the wrong kind', () => {
  it('is told from one that is missing', async () => {
    const delivery = createDelivery(fetchFrom(createSpace()).fetch)
    const access: Access = { version: 'published', token: new Secret(tokens.asset, 'asset'), reason: '' }
    await expect(delivery.stories(access)).rejects.toMatchObject({ code: 'KB_TOKEN_REFUSED', status: 401 })
  })
})
