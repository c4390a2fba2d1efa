import { createStorage } from 'unstorage'
import memoryDriver from 'unstorage/drivers/memory'
import redisDriver from 'unstorage/drivers/redis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startRedis } from '../../test/redis.js'
import type { RunningRedis } from '../../test/redis.js'
import { Site } from '../site.js'
import { defineStories } from '../stories/source.js'
import { defineSpace } from '../stories/space.js'
import { createSpace, environment, fetchFrom, tokens } from '../test-support.js'
import type { SharedStorage } from './shared-cache.js'

const articles = defineStories(defineSpace(), { contentType: 'article' })

let redis: RunningRedis
beforeAll(async () => {
  redis = await startRedis()
}, 120_000)
afterAll(() => redis.stop())

interface StoredText {
  storage: SharedStorage
  /** Everything that the storage holds, keys included. */
  dump(): Promise<string>
}

/** A storage as simple as can be, of texts. */
function createMapStorage(): StoredText & { entries: Map<string, unknown> } {
  const entries = new Map<string, unknown>()
  const storage: SharedStorage = {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => entries.set(key, value),
    removeItem: (key) => entries.delete(key),
  }
  return { storage, entries, dump: () => Promise.resolve(JSON.stringify([...entries])) }
}

function createUnstorage(driver: Parameters<typeof createStorage>[0] & {} = {}): StoredText {
  const storage = createStorage(driver)
  const dump = async () => JSON.stringify(await storage.getItems(await storage.getKeys()))
  return { storage, dump }
}

const storages: [string, () => StoredText][] = [
  ['a map', createMapStorage],
  ['unstorage in memory', () => createUnstorage({ driver: memoryDriver() })],
  [
    'unstorage with Redis',
    () => {
      const driver = redisDriver({ url: redis.url, base: String(Math.random()) })
      onTestFinished(() => driver.dispose?.())
      return createUnstorage({ driver })
    },
  ],
]

/** Two instances of a site over one space and one storage. */
function openInstances(storage: SharedStorage, local = createSpace()) {
  return [1, 2].map(() => {
    const recording = fetchFrom(local)
    const site = new Site({
      env: (name) => environment[name],
      dev: false,
      fetch: recording.fetch,
      sharedCache: storage,
    })
    return { local, site, storyblok: site.visit({ local: false }), urls: recording.urls }
  }) as [Instance, Instance]
}

interface Instance {
  local: ReturnType<typeof createSpace>
  site: Site
  storyblok: ReturnType<Site['visit']>
  urls: URL[]
}

const statusesOf = ({ urls }: Instance) => urls.filter(({ searchParams }) => searchParams.has('cv')).length

describe.each(storages)('a shared cache in %s', (_name, create) => {
  it('lets one instance use what another one read', async () => {
    const [one, two] = openInstances(create().storage)
    const first = await one.storyblok.stories(articles)
    const second = await two.storyblok.stories(articles)
    expect(second).toEqual(first)
    expect(second.total).toBe(25)
    expect([statusesOf(one), statusesOf(two)]).toEqual([1, 0])
  })

  it('holds no token, and no draft', async () => {
    const { storage, dump } = create()
    const [one] = openInstances(storage)
    await one.storyblok.stories(articles)
    const site = new Site({
      env: (name) => ({ ...environment, NODE_ENV: 'test' })[name],
      dev: false,
      fetch: fetchFrom(createSpace()).fetch,
      sharedCache: storage,
    })
    await site.visit({ local: false, version: 'draft' }).story(articles, 'articles/small-gear')
    const text = await dump()
    expect(text).toContain('small-gear')
    for (const token of Object.values(tokens)) expect(text).not.toContain(token)
    expect(text).not.toContain('_editable')
    expect(text).not.toContain('version=draft')
  })

  it('forgets nothing that another token may not see', async () => {
    const { storage } = create()
    const [one] = openInstances(storage)
    await one.storyblok.stories(articles)
    const env = { ...environment, STORYBLOK_PUBLIC_TOKEN: 'fakeNARROWfakeNARROW' }
    const { fetch } = fetchFrom(createSpace())
    const narrow = new Site({ env: (name) => env[name as keyof typeof env], dev: false, fetch, sharedCache: storage })
    const reading = narrow.visit({ local: false }).stories(articles)
    await expect(reading).rejects.toMatchObject({ code: 'KB_TOKEN_REFUSED' })
  })
})

describe('a shared cache', () => {
  it('that holds what is not ours is read past, and put right', async () => {
    const { storage, entries } = createMapStorage()
    const [one] = openInstances(storage)
    await one.storyblok.story(articles, 'articles/small-gear')
    for (const broken of [
      'not JSON',
      '{}',
      '[]',
      'null',
      7,
      JSON.stringify({ v: 1, key: 'another', total: null, text: '{"story":{}}' }),
      { ...(JSON.parse([...entries.values()][0] as string) as object), text: '{"story":' },
      { ...(JSON.parse([...entries.values()][0] as string) as object), text: '{"other":{}}' },
    ]) {
      for (const key of entries.keys()) entries.set(key, broken)
      // The same space, since another one has another cache version, and so other keys.
      const [, two] = openInstances(storage, one.local)
      expect((await two.storyblok.story(articles, 'articles/small-gear'))?.slug, String(broken)).toBe('small-gear')
      expect([...entries.values()].some((entry) => entry === broken)).toBe(false)
    }
  })

  it.each<[string, Partial<SharedStorage>]>([
    [
      'that fails',
      { getItem: () => Promise.reject(new Error('down')), setItem: () => Promise.reject(new Error('down')) },
    ],
    [
      'that throws',
      {
        getItem: () => {
          throw new Error('down')
        },
      },
    ],
    [
      'that never answers',
      { getItem: () => new Promise(() => undefined), setItem: () => new Promise(() => undefined) },
    ],
  ])('%s never fails a read', async (_name, broken) => {
    const [one] = openInstances({ ...createMapStorage().storage, ...broken })
    expect(await one.storyblok.story(articles, 'articles/small-gear')).not.toBeNull()
    expect(await one.storyblok.story(articles, 'articles/reading-granite')).not.toBeNull()
  })
})
