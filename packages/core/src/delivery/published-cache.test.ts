import { afterEach, describe, expect, it, vi } from 'vitest'
import { Site } from '../site.js'
import type { SiteOptions, Visit } from '../site.js'
import { defineStories } from '../stories/source.js'
import { defineSpace } from '../stories/space.js'
import { createSpace, environment, fetchFrom } from '../test-support.js'
import type { DeliveryEvent } from './events.js'

const space = defineSpace({ resolveRelations: ['article.author'] })
const pages = defineStories(space, { contentType: 'page' })
const articles = defineStories(space, { contentType: 'article' })

function openSite(options: Partial<SiteOptions> = {}) {
  const local = createSpace()
  const recording = fetchFrom(local)
  const events: DeliveryEvent[] = []
  const site = new Site({
    env: (name) => environment[name],
    dev: false,
    fetch: recording.fetch,
    onEvent: (event) => events.push(event),
    ...options,
  })
  const visit = (more: Partial<Visit> = {}) => site.visit({ local: false, ...more })
  return { local, site, visit, events, ...recording }
}

/** Lets a known cache version grow old. */
const grow = (ms: number) => vi.setSystemTime(Date.now() + ms)

afterEach(() => {
  vi.useRealTimers()
})

describe('published reads', () => {
  it('are kept for all requests', async () => {
    const { visit, urls } = openSite()
    const first = await visit().story(pages, 'about')
    const requests = urls.length
    expect(await visit().story(pages, 'about')).toBe(first)
    expect(await visit().story(pages, 'nowhere')).toBeNull()
    expect(await visit().story(pages, 'nowhere')).toBeNull()
    expect(urls.length).toBe(requests + 1)
  })

  it('are frozen, relations included', async () => {
    const story = await openSite().visit().story(articles, 'articles/small-gear')
    const author = story!.content['author'] as { content: { name: string } }
    for (const change of [
      () => Object.assign(story!, { name: 'x' }),
      () => Object.assign(story!.content, { title: 'x' }),
      () => Object.assign(author.content, { name: 'x' }),
    ]) {
      expect(change).toThrow(TypeError)
    }
  })

  it('differ by source, slug, page, language and space', async () => {
    const { visit } = openSite()
    const [all, two] = [await visit().stories(articles), await visit().stories(articles, { perPage: 2 })]
    expect([all.stories.length, two.stories.length]).toEqual([25, 2])
    const plain = defineStories(defineSpace(), { contentType: 'article' })
    const unresolved = await visit().story(plain, 'articles/small-gear')
    expect(typeof unresolved!.content['author']).toBe('string')
  })

  it('at the same time are one', async () => {
    const { visit, urls } = openSite()
    const stories = await Promise.all(Array.from({ length: 30 }, () => visit().story(pages, 'about')))
    expect(new Set(stories).size).toBe(1)
    // The redirect that names the cache version, and the read.
    expect(urls).toHaveLength(2)
  })

  it('are one too for who comes once the first read knows the cache version', async () => {
    const recording = fetchFrom(createSpace())
    let second: Promise<unknown> | undefined
    let requests = 0
    const { visit } = openSite({
      fetch: (...request) => {
        requests++
        if (requests === 2) second = visit().story(pages, 'about')
        return recording.fetch(...request)
      },
    })
    const first = await visit().story(pages, 'about')
    expect(await second).toBe(first)
    expect(requests).toBe(2)
  })

  it('at the same time fail as one, and are tried again by the next', async () => {
    const fail = () => new Response('{}', { status: 400 })
    const recording = fetchFrom(createSpace(), [fail])
    const { visit } = openSite({ fetch: recording.fetch })
    const results = await Promise.allSettled([visit().story(pages, 'about'), visit().story(pages, 'about')])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await visit().story(pages, 'about')).not.toBeNull()
  })

  it('of a visitor who goes away do not fail for the others', async () => {
    const { visit } = openSite()
    const controller = new AbortController()
    const leaving = visit({ signal: controller.signal }).story(pages, 'about')
    const staying = visit().story(pages, 'about')
    controller.abort()
    await expect(leaving).rejects.toMatchObject({ code: 'KB_ABORTED' })
    expect((await staying)?.full_slug).toBe('about')
  })

  it('end for the visitor who goes away, though another one reads on', async () => {
    const { visit } = openSite()
    const controller = new AbortController()
    const staying = visit().story(pages, 'about')
    const leaving = visit({ signal: controller.signal }).story(pages, 'about')
    controller.abort()
    await expect(leaving).rejects.toMatchObject({ code: 'KB_ABORTED' })
    expect(await staying).not.toBeNull()
  })

  it('are nowhere to be found among drafts, nor drafts among them', async () => {
    const { site } = openSite({ dev: true, env: (name) => ({ ...environment, NODE_ENV: '' })[name] })
    const [editor, visitor] = [site.visit({ local: true }), site.visit({ local: false })]
    expect(await editor.story(pages, 'membership')).not.toBeNull()
    expect(await visitor.story(pages, 'membership')).toBeNull()
    expect(await editor.story(pages, 'membership')).not.toBeNull()
  })
})

describe('drafts', () => {
  it('are read anew each time', async () => {
    const { site, urls } = openSite({ dev: true, env: (name) => ({ ...environment, NODE_ENV: '' })[name] })
    for (let read = 0; read < 3; read++) await site.visit({ local: true }).story(pages, 'about')
    expect(urls).toHaveLength(3)
  })
})

describe('what is published', () => {
  it('shows after the cache version’s lifetime', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { local, visit } = openSite()
    expect(await visit().story(pages, 'membership')).toBeNull()
    local.publish('membership')
    expect(await visit().story(pages, 'membership')).toBeNull()
    grow(5001)
    expect(await visit().story(pages, 'membership')).not.toBeNull()
  })

  it('shows at once after a webhook, and within a second after the next', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { local, site, visit } = openSite()
    expect(await visit().story(pages, 'membership')).toBeNull()
    local.publish('membership')
    site.refresh()
    expect(await visit().story(pages, 'membership')).not.toBeNull()
    local.unpublish('membership')
    site.refresh()
    grow(1000)
    expect(await visit().story(pages, 'membership')).toBeNull()
  })

  it('is read again once a second at most, however often a webhook is replayed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { site, visit, urls } = openSite()
    await visit().story(pages, 'about')
    const requests = urls.length
    for (let replay = 0; replay < 50; replay++) {
      void site.refresh()
      await visit().story(pages, 'about')
      grow(50)
    }
    // Each of three costs the question for the version, and a read.
    expect(urls.length - requests).toBeLessThanOrEqual(7)
  })

  it('costs one small request when nothing changed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { visit, urls } = openSite()
    const before = await visit().story(pages, 'about')
    const requests = urls.length
    grow(5001)
    expect(await visit().story(pages, 'about')).toBe(before)
    expect(urls.length).toBe(requests + 1)
  })

  it('comes from the past while Storyblok is away, and is asked for once a second', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    let away = false
    const local = fetchFrom(createSpace())
    let refused = 0
    const fetch: typeof local.fetch = async (input, init) => {
      if (!away) return local.fetch(input, init)
      refused++
      return new Response('', { status: 503 })
    }
    const { visit } = openSite({ fetch, attempts: 1 })
    const before = await visit().story(pages, 'about')
    away = true
    grow(5001)
    for (let read = 0; read < 5; read++) expect(await visit().story(pages, 'about')).toBe(before)
    expect(refused).toBe(1)
    grow(1001)
    await visit().story(pages, 'about')
    expect(refused).toBe(2)
  })

  it('does not hide that its token was revoked', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const refused = () => Response.json({ error: 'Unauthorized' }, { status: 401 })
    const recording = fetchFrom(createSpace())
    let revoked = false
    const { visit } = openSite({ fetch: async (...request) => (revoked ? refused() : recording.fetch(...request)) })
    await visit().story(pages, 'about')
    revoked = true
    grow(5001)
    await expect(visit().story(pages, 'about')).rejects.toMatchObject({ code: 'KB_TOKEN_REFUSED' })
  })

  it('makes the reader wait a moment only, and ends its question', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const local = fetchFrom(createSpace())
    let slow = false
    let ended = 0
    const fetch: typeof local.fetch = (input, init) => {
      if (!slow) return local.fetch(input, init)
      return new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => {
          ended++
          reject(new Error('aborted'))
        })
      })
    }
    const { visit } = openSite({ fetch })
    const before = await visit().story(pages, 'about')
    slow = true
    grow(5001)
    expect(await visit().story(pages, 'about')).toBe(before)
    expect(ended).toBe(1)
  })

  it('is looked for behind the answer where work may outlive the request', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { local, visit } = openSite()
    expect(await visit().story(pages, 'membership')).toBeNull()
    local.publish('membership')
    grow(5001)
    const later: Promise<unknown>[] = []
    const waitUntil = (work: Promise<unknown>) => void later.push(work)
    expect(await visit({ waitUntil }).story(pages, 'membership')).toBeNull()
    await Promise.all(later)
    expect(await visit({ waitUntil }).story(pages, 'membership')).not.toBeNull()
  })
})

describe('events', () => {
  it('tell what a read did, and no token', async () => {
    const { visit, events } = openSite()
    await visit().story(pages, 'about')
    await visit().story(pages, 'about')
    expect(events.map((event) => (event.type === 'request' ? `${event.status} ${event.path}` : event.type))).toEqual([
      'cache',
      '301 stories/about',
      '200 stories/about',
      'cache',
    ])
    expect(JSON.stringify(events)).not.toMatch(/fake[A-Z]+/)
  })

  it('reach diagnostics channels', async () => {
    const { subscribe, unsubscribe } = await import('node:diagnostics_channel')
    const heard: unknown[] = []
    const listen = (message: unknown): void => void heard.push(message)
    subscribe('keyblok:delivery', listen)
    await openSite().visit().story(pages, 'about')
    unsubscribe('keyblok:delivery', listen)
    expect(heard).toContainEqual(expect.objectContaining({ type: 'request', version: 'published', status: 200 }))
  })

  it('whose listener fails end no read', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const onEvent = () => {
      throw new Error('broken')
    }
    expect(await openSite({ onEvent }).visit().story(pages, 'about')).not.toBeNull()
    expect(error).toHaveBeenCalled()
    error.mockRestore()
  })
})
