import type { Listener, LocalSpace } from '@keyblok/space'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLocalSpace } from '@keyblok/space'
import { rmSync } from 'node:fs'
import { build, startProduction } from '../../scripts/lib/playground.ts'
import type { RunningSite, SiteEnvironment } from '../../scripts/lib/playground.ts'
import { copySite } from './support/copy-site.ts'
import { startFaultyApi } from './support/faulty-api.ts'
import type { FaultyApi } from './support/faulty-api.ts'
import { astroFixture } from './support/fixture.ts'
import { signedUrl } from './support/signed-url.ts'
import { tokens } from './support/tokens.ts'
import { sendWebhook, webhookSecret } from './support/webhook.ts'

const ada = '00000000-0000-4000-8000-0000000000aa'

const config = (integration: string, provider: string): string => `
import node from '@astrojs/node'
import keyblok from '@keyblok/astro'
import { defineConfig, memoryCache } from 'astro/config'
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  cache: { provider: memoryCache(${provider}) },
  routeRules: { '/[...path]': { maxAge: 3600 } },
  integrations: [${integration}],
})`

const page = (frontmatter: string, body: string): string => `---\n${imports}\n${frontmatter}\n---\n<main>${body}</main>`
const imports = `import { drafts, people, posts, space } from '../storyblok/stories'`

const files: Readonly<Record<string, string>> = {
  'astro.config.mjs': config("keyblok({ webhook: '/storyblok/webhook' })", "{ query: { include: ['page'] } }"),
  'src/storyblok/stories.ts': `
import { defineSpace, defineStories } from '@keyblok/astro/stories'
export const space = defineSpace({ resolveRelations: ['post.author'] })
export const drafts = defineStories(space, { contentType: 'post', startsWith: 'drafts/' })
export const posts = defineStories(space, { contentType: 'post', startsWith: 'posts/' })
export const people = defineStories(space, { contentType: 'person', startsWith: 'people/' })`,
  'src/components/Nested.astro': `---
import { people } from '../storyblok/stories'
const story = await Astro.locals.storyblok.story(people, Astro.props.slug)
---
<p>nested {story?.content.name}</p>`,
  'src/pages/index.astro': page('', 'home'),
  'src/pages/posts/[slug].astro': page(
    `const story = await Astro.locals.storyblok.story(posts, Astro.params.slug)
if (!story) return new Response('none', { status: 404 })
Astro.cache.set({ maxAge: 3600 })`,
    '{story.content.title} by {story.content.author?.content.name ?? "nobody"}',
  ).replaceAll('../storyblok', '../../storyblok'),
  'src/pages/list.astro': page(
    'const stories = await Astro.locals.storyblok.all(posts)',
    '{stories.map(({ content }) => content.title).join()}',
  ),
  'src/pages/nested.astro': `---\nimport Nested from '../components/Nested.astro'\n---\n<main><Nested slug="ada" /></main>`,
  'src/pages/broken.astro': page('throw new Error("broken")', ''),
  'src/pages/500.astro': page(
    "const story = await Astro.locals.storyblok.story(posts, 'two')",
    'error, {story?.content.title}',
  ),
  'src/pages/each.astro': page(
    'const titles = []\nfor await (const story of Astro.locals.storyblok.each(drafts)) titles.push(story.content.title)',
    '[{titles.join()}]',
  ),
  'src/pages/caught.astro': page(
    'const list = await Astro.locals.storyblok.all(people).catch(() => [])',
    'caught {list.length}',
  ),
  'src/pages/navigation.astro': page(
    'const links = await Astro.locals.storyblok.links(space)',
    '{links.map(({ name }) => name).join()}',
  ),
  'src/components/Released.astro': `---
import { posts } from '../storyblok/stories'
await new Promise((resolve) => setTimeout(resolve, 20))
const fromRelease = Astro.cookies.get('beta') ? 77 : undefined
const story = await Astro.locals.storyblok.story(posts, 'two', { fromRelease })
---
<p>{story?.content.title}</p>`,
  'src/pages/released.astro': `---\nimport Released from '../components/Released.astro'\n---\n<main><Released /></main>`,
  'src/pages/assets/[...file].ts': `
import { privateAssets } from '@keyblok/astro/server'
export const ALL = privateAssets({ authorize: ({ cookies }) => cookies.has('member') })`,
}

const post = (title: string, author = '') => ({ _uid: title, component: 'post', title, author })

let space: LocalSpace
let listener: Listener
let api: FaultyApi
let folder: string
let site: RunningSite
let environment: SiteEnvironment

beforeAll(async () => {
  space = createLocalSpace({ tokens })
  listener = await space.listen()
  api = await startFaultyApi(listener.url)
  space.addStories([
    { fullSlug: 'people/ada', uuid: ada, content: { _uid: 'ada', component: 'person', name: 'Ada' } },
    { fullSlug: 'posts/one', content: post('One', ada) },
    { fullSlug: 'posts/two', content: post('Two') },
  ])
  environment = {
    STORYBLOK_API_URL: api.url,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_PREVIEW_TOKEN: tokens.preview,
    STORYBLOK_WEBHOOK_SECRET: webhookSecret,
    STORYBLOK_RELEASE_TOKEN: `77:${tokens.release}`,
    STORYBLOK_ASSET_TOKEN: tokens.asset ?? '',
  }
  space.addRelease({ id: 77, stories: { 'posts/two': post('Two, released') }, restricted: true })
  folder = copySite(astroFixture, files)
  const built = await build('astro', environment, folder)
  if (built.exitCode !== 0) throw new Error(built.output)
})

afterAll(async () => {
  await api.close()
  await listener.close()
  space.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A server of its own for each test: its cache is empty. */
beforeEach(async () => {
  site = await startProduction('astro', environment, { folder })
  return () => site.stop()
})

async function get(path: string, headers: Record<string, string> = {}, on: RunningSite = site) {
  const response = await fetch(`${on.url}${path}`, { headers, redirect: 'manual' })
  const text = (await response.text()).match(/<main>(.*)<\/main>/)?.[1] ?? ''
  return { status: response.status, text, cache: response.headers.get('x-astro-cache'), headers: response.headers }
}

const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }

/** Warms the cache, and tells what each page says from it. */
async function warm(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await get(path)
    expect((await get(path)).cache).toBe('HIT')
  }
}

/** Sends the webhook of something that happened in the space. */
const tell = (event: Record<string, unknown>, secret?: string): Promise<number> =>
  sendWebhook(`${site.url}/storyblok/webhook`, { space_id: space.id, ...event }, secret)

async function idOf(slug: string): Promise<number> {
  const url = `${listener.url}/v2/cdn/stories/${slug}?version=draft&token=${tokens.preview}`
  return ((await (await fetch(url)).json()) as { story: { id: number } }).story.id
}

async function publish(slug: string, content: ReturnType<typeof post>): Promise<void> {
  const story_id = await idOf(slug)
  space.saveDraft(slug, content)
  space.publish(slug)
  expect(await tell({ action: 'published', story_id, full_slug: slug })).toBe(200)
}

describe('a webhook', () => {
  it('drops exactly the pages that show the story, or list its folder', async () => {
    await warm('/posts/one', '/posts/two', '/list', '/nested', '/')
    await publish('posts/two', post('Two, again'))
    expect((await get('/posts/two')).text).toBe('Two, again by nobody')
    expect((await get('/list')).text).toContain('Two, again')
    const others = await Promise.all(['/posts/one', '/nested', '/'].map((path) => get(path)))
    expect(others.map(({ cache }) => cache)).toEqual(['HIT', 'HIT', 'HIT'])
  })

  it('drops pages that show the story in another, or in a nested component', async () => {
    await warm('/posts/one', '/posts/two', '/nested')
    await publish('people/ada', { ...post('', ''), component: 'person', name: 'Ada L.' } as never)
    expect((await get('/posts/one')).text).toContain('by Ada L.')
    expect((await get('/nested')).text).toContain('nested Ada L.')
    expect((await get('/posts/two')).cache).toBe('HIT')
    await publish('people/ada', { ...post('', ''), component: 'person', name: 'Ada' } as never)
  })

  it('drops the page that said there is none', async () => {
    await warm('/posts/three', '/posts/one')
    space.addStories([{ fullSlug: 'posts/three', content: post('Three') }])
    await tell({ action: 'published', story_id: await idOf('posts/three'), full_slug: 'posts/three' })
    expect((await get('/posts/three')).text).toContain('Three')
    expect((await get('/posts/one')).cache).toBe('HIT')
  })

  it('drops what others told of that never came', async () => {
    await warm('/posts/one', '/posts/two', '/nested')
    space.saveDraft('posts/two', post('Two, untold'))
    space.publish('posts/two')
    await publish('posts/one', post('One', ada))
    expect((await get('/posts/two')).text).toContain('Two, untold')
    expect((await get('/nested')).cache).toBe('HIT')
  })

  it('drops a navigation when a name, a slug or the order changed, and only then', async () => {
    await warm('/navigation')
    await publish('posts/two', post('Two, once more'))
    expect((await get('/navigation')).cache).toBe('HIT')
    space.addStories([{ fullSlug: 'posts/four', content: post('Four') }])
    await tell({ action: 'published', story_id: await idOf('posts/four'), full_slug: 'posts/four' })
    expect((await get('/navigation')).text).toContain('four')
  })

  it('drops a page whose story misses another, once that comes, and the list of a folder that was empty', async () => {
    space.unpublish('people/ada')
    await warm('/posts/one', '/each')
    expect((await get('/posts/one')).text).toContain('by nobody')
    expect((await get('/each')).text).toBe('[]')
    await publish('people/ada', { ...post('', ''), component: 'person', name: 'Ada' } as never)
    expect((await get('/posts/one')).text).toContain('by Ada')
    space.addStories([{ fullSlug: 'drafts/first', content: post('First') }])
    await tell({ action: 'published', story_id: await idOf('drafts/first'), full_slug: 'drafts/first' })
    expect((await get('/each')).text).toBe('[First]')
  })

  it('about anything but content drops nothing', async () => {
    await warm('/posts/two')
    expect(await tell({ action: 'created', asset_id: 1 })).toBe(200)
    expect((await get('/posts/two')).cache).toBe('HIT')
  })

  it('that is not Storyblok’s drops nothing', async () => {
    await warm('/posts/two')
    expect(await tell({ action: 'published', story_id: 1, full_slug: 'posts/two' }, 'another')).toBe(401)
    expect((await get('/posts/two')).cache).toBe('HIT')
  })
})

describe('without a webhook', () => {
  it('what is published shows once the cache version is asked for again, on every instance', async () => {
    const other = await startProduction('astro', environment, { folder })
    try {
      await warm('/posts/two')
      await get('/posts/two', {}, other)
      space.saveDraft('posts/two', post('Two, elsewhere'))
      space.publish('posts/two')
      await expect.poll(async () => (await get('/posts/two')).text).toContain('Two, elsewhere')
      await expect.poll(async () => (await get('/posts/two', {}, other)).text).toContain('Two, elsewhere')
    } finally {
      await other.stop()
    }
  })
})

describe('a draft', () => {
  const marker = '_keyblok=1'

  async function openSession(): Promise<string> {
    const { headers } = await get(signedUrl('/posts/two', space), framed)
    return headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }

  beforeEach(() => {
    space.saveDraft('posts/two', post('Two, unsaved'))
  })

  it('is never kept, whatever the page asks for: the signed page, and those of the session', async () => {
    const cookie = await openSession()
    const signed = await get(signedUrl('/posts/two', space), framed)
    const inSession = await get(`/posts/two?${marker}`, { cookie })
    expect([signed.text, inSession.text].every((text) => text.includes('Two, unsaved'))).toBe(true)
    const visitor = await get('/posts/two')
    expect([visitor.cache, visitor.text.includes('unsaved')]).toEqual(['MISS', false])
    expect((await get(`/posts/two?${marker}`)).status).toBe(303)
  })

  it('is what an editor sees after visitors filled the cache', async () => {
    const cookie = await openSession()
    await warm('/posts/two')
    expect((await get(`/posts/two?${marker}`, { cookie })).text).toContain('Two, unsaved')
    expect((await get(signedUrl('/posts/two', space), framed)).text).toContain('Two, unsaved')
    // The cache's keys have no parameter but `page`, and know no cookies: it would give editors the same.
    expect((await get('/posts/two?other=1')).cache).toBe('HIT')
    expect((await get('/posts/two', { cookie })).cache).toBe('HIT')
  })

  it('is not kept for visitors when an editor comes first without the marker', async () => {
    const cookie = await openSession()
    expect((await get('/posts/two', { cookie })).text).toContain('Two, unsaved')
    const visitor = await get('/posts/two')
    expect([visitor.cache, visitor.text.includes('unsaved')]).toEqual(['MISS', false])
  })
})

describe('what is for one visitor', () => {
  it('is not kept: a private asset, whoever comes first', async () => {
    const asset = `/assets/f/${space.id}/10x10/abc/price-list.pdf`
    const member = { cookie: 'member=1' }
    expect((await get(asset)).status).toBe(403)
    expect((await get(asset, member)).status).toBe(404)
    expect((await get(asset)).status).toBe(403)
  })

  it('is not kept: a release that a component reads while the page is sent', async () => {
    expect((await get('/released', { cookie: 'beta=1' })).text).toContain('Two, released')
    const visitor = await get('/released')
    expect([visitor.cache, visitor.text.includes('released')]).toEqual(['MISS', false])
  })
})

describe('an error', () => {
  it('is not kept', async () => {
    expect((await get('/broken')).status).toBe(500)
    expect((await get('/broken')).cache).not.toBe('HIT')
  })

  it('of Storyblok that a page caught is not kept', async () => {
    api.fail('error')
    expect((await get('/caught')).text).toBe('caught 0')
    api.fail('none')
    expect((await get('/caught')).text).toBe('caught 1')
  })

  it('has a page that is private where it shows a draft', async () => {
    const [cookie] = (await get(signedUrl('/posts/two', space), framed)).headers.getSetCookie()
    const { headers, text } = await get('/broken', { cookie: cookie?.split(';')[0] ?? '' })
    expect([text, headers.get('cache-control')]).toEqual([expect.stringContaining('error, Two'), 'private, no-store'])
  })
})
