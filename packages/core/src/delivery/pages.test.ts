import { describe, expect, it } from 'vitest'
import type { LocalSpace } from '@keyblok/space'
import { Site } from '../site.js'
import type { SiteOptions } from '../site.js'
import { defineStories } from '../stories/source.js'
import { defineSpace } from '../stories/space.js'
import { createEmptySpace, environment, fetchFrom, numberedStories } from '../test-support.js'

const posts = defineStories(defineSpace(), { contentType: 'post' })

function open(local: LocalSpace, options: Partial<SiteOptions> = {}) {
  const recording = fetchFrom(local)
  const env = { ...environment, NODE_ENV: 'test' }
  const site = new Site({
    env: (name) => env[name as keyof typeof env],
    dev: false,
    fetch: recording.fetch,
    ...options,
  })
  return { site, storyblok: site.visit({ local: false }), ...recording }
}

function createPosts(count: number): LocalSpace {
  const local = createEmptySpace()
  local.addStories(numberedStories(count))
  return local
}

const numbersOf = (stories: readonly { content: { [field: string]: unknown } }[]) =>
  stories.map(({ content }) => content['number'])
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('all stories', () => {
  it.each([0, 1, 25, 26, 137])('come once and in order, %i of them', async (count) => {
    const { storyblok } = open(createPosts(count))
    expect(numbersOf(await storyblok.all(posts))).toEqual(upTo(count))
  })

  it('are read in small pages within the limits, in large ones without', async () => {
    const local = createPosts(137)
    const sizes = async (rateLimit: boolean) => {
      const { storyblok, urls } = open(local, { rateLimit })
      await storyblok.all(posts)
      return urls
        .filter(({ searchParams }) => searchParams.has('cv'))
        .map(({ searchParams }) => searchParams.get('per_page'))
    }
    expect(await sizes(true)).toEqual(['25', '25', '25', '25', '25', '25'])
    expect(await sizes(false)).toEqual(['100', '100'])
  })

  it('are read in order although pages answer in any', async () => {
    const { fetch } = fetchFrom(createPosts(200))
    const shuffled: typeof fetch = async (input, init) => {
      const page = Number(new URL(input).searchParams.get('page') ?? 1)
      if (page > 1) await new Promise((resolve) => setTimeout(resolve, (10 - page) * 5))
      return fetch(input, init)
    }
    const { storyblok } = open(createPosts(0), { fetch: shuffled })
    expect(numbersOf(await storyblok.all(posts))).toEqual(upTo(200))
  })

  it('are kept like every published read', async () => {
    const { site, urls } = open(createPosts(60))
    const first = await site.visit({ local: false }).all(posts)
    const requests = urls.length
    expect(await site.visit({ local: false }).all(posts)).toBe(first)
    expect(urls.length).toBe(requests)
  })

  it('are not read to the end when nobody wants the rest', async () => {
    const { storyblok, urls } = open(createPosts(1000))
    for await (const story of storyblok.each(posts)) {
      if (story.content['number'] === 3) break
    }
    expect(urls.length).toBeLessThan(12)
  })

  it('fail with the page that fails, and leave nothing unhandled', async () => {
    const { fetch } = fetchFrom(createPosts(200))
    const failing: typeof fetch = (input, init) =>
      new URL(input).searchParams.get('page') === '5'
        ? Promise.resolve(new Response('{"error":"no"}', { status: 422 }))
        : fetch(input, init)
    const { storyblok } = open(createPosts(0), { fetch: failing })
    await expect(storyblok.all(posts)).rejects.toMatchObject({ code: 'KB_PARAMETER_INVALID' })
  })
})

describe('a list that changes while it is read', () => {
  /** Reads all posts and changes the space after some of them. */
  async function readWhile(count: number, change: (local: LocalSpace) => void, version?: 'draft') {
    const local = createPosts(count)
    const { storyblok } = open(local)
    const stories = []
    for await (const story of storyblok.each(posts, { version })) {
      stories.push(story)
      if (stories.length === 30) change(local)
    }
    return stories.map(({ full_slug: slug }) => slug)
  }
  const slugs = (count: number) => upTo(count).map((number) => `post-${number}`)

  it.each([undefined, 'draft'] as const)('loses and repeats nothing when one is deleted (%s)', async (version) => {
    const read = await readWhile(300, (local) => local.delete('post-2'), version)
    expect(new Set(read).size).toBe(read.length)
    expect(slugs(300).filter((slug) => !read.includes(slug) && slug !== 'post-2')).toEqual([])
  })

  it.each([undefined, 'draft'] as const)('loses and repeats nothing when one comes before (%s)', async (version) => {
    const first = { fullSlug: 'post-0', position: -1, content: { _uid: '0', component: 'post', number: 0 } }
    const read = await readWhile(300, (local) => local.addStories([first]), version)
    expect(new Set(read).size).toBe(read.length)
    expect(slugs(300).filter((slug) => !read.includes(slug))).toEqual([])
  })

  it('loses and repeats nothing when one goes and another comes', async () => {
    const last = { fullSlug: 'post-301', position: 999, content: { _uid: '301', component: 'post', number: 301 } }
    const read = await readWhile(300, (local) => {
      local.delete('post-2')
      local.addStories([last])
    })
    expect(new Set(read).size).toBe(read.length)
    expect(slugs(300).filter((slug) => !read.includes(slug) && slug !== 'post-2')).toEqual([])
  })

  it('loses one when it is read page by page without looking, so that the tests above can fail', async () => {
    const local = createPosts(300)
    const { storyblok } = open(local)
    const read: string[] = []
    for (let page = 1; page <= 12; page++) {
      const { stories } = await storyblok.stories(posts, { page, version: 'draft' })
      read.push(...stories.map(({ full_slug: slug }) => slug))
      if (page === 2) local.delete('post-2')
    }
    expect(slugs(300).filter((slug) => !read.includes(slug) && slug !== 'post-2')).toEqual(['post-51'])
  })
})

describe('rate limits', () => {
  it('are kept, so that nothing is refused', async () => {
    const local = createEmptySpace({ rateLimit: true })
    local.addStories(numberedStories(1500))
    const statuses: number[] = []
    const { storyblok } = open(local, {
      onEvent: (event) => {
        if (event.type === 'request') statuses.push(event.status)
      },
    })
    expect(await storyblok.all(posts)).toHaveLength(1500)
    expect(statuses.filter((status) => status === 429)).toEqual([])
  })

  it('are a reason to come back when something else used them up', async () => {
    const local = createEmptySpace({ rateLimit: true })
    local.addStories(numberedStories(60))
    const { storyblok, urls } = open(local, { attempts: 8 })
    local.setTime(new Date())
    const others = Array.from({ length: 50 }, () => local.fetch(new Request(urlOf(local))))
    await Promise.all(others)
    const reading = storyblok.all(posts)
    // The second in which nothing is left lasts until it was noticed.
    await expect.poll(() => urls.length, { timeout: 4000 }).toBeGreaterThan(1)
    local.setTime(undefined)
    expect(await reading).toHaveLength(60)
  })

  const urlOf = ({ tokens }: LocalSpace) =>
    `https://api.space.test/v2/cdn/stories?version=draft&token=${tokens.preview}`
})
