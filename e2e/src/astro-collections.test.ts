import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { describe, expect, it, onTestFinished } from 'vitest'
import { build, runCommand, startDev, startProduction } from '../../scripts/lib/playground.ts'
import type { SiteEnvironment } from '../../scripts/lib/playground.ts'
import { copySite } from './support/copy-site.ts'
import { startFaultyApi } from './support/faulty-api.ts'
import type { FaultyApi } from './support/faulty-api.ts'
import { astroFixture, readAll } from './support/fixture.ts'
import { signedUrl } from './support/signed-url.ts'
import { tokens } from './support/tokens.ts'
import { sendWebhook, webhookSecret } from './support/webhook.ts'

const stories = `
import { defineSpace, defineStories } from '@keyblok/astro/stories'
export const posts = defineStories(defineSpace(), { contentType: 'post', startsWith: 'posts/' })`

const loaded = `
import { storyLoader } from '@keyblok/astro/server'
import { defineCollection } from 'astro:content'
import { posts } from './storyblok/stories'
export const collections = { posts: defineCollection({ loader: storyLoader(posts) }) }`

const collection: Readonly<Record<string, string>> = {
  'src/storyblok/stories.ts': stories,
  'src/content.config.ts': loaded,
  'src/pages/index.astro': `---
import { getCollection } from 'astro:content'
const entries = await getCollection('posts')
---
<main>{entries.map(({ id, data }) => \`\${id}=\${data.content.title}\`).toSorted().join()}</main>`,
}

const nodeConfig = `
import node from '@astrojs/node'
import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'
export default defineConfig({ adapter: node({ mode: 'standalone' }), integrations: [keyblok()] })`

const post = (title: string) => ({ _uid: title, component: 'post', title })

async function open(files: Readonly<Record<string, string>>) {
  const space = createLocalSpace({ tokens })
  space.addStories([
    { fullSlug: 'posts/one', content: post('One') },
    { fullSlug: 'posts/two', content: post('Two') },
    { fullSlug: 'posts/', content: post('All') },
    { fullSlug: 'posts/secret', content: post('Secret'), published: false },
  ])
  const listener = await space.listen()
  const api = await startFaultyApi(listener.url)
  const folder = copySite(astroFixture, files)
  onTestFinished(async () => {
    await api.close()
    await listener.close()
    space.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const environment: SiteEnvironment = {
    STORYBLOK_API_URL: api.url,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_PREVIEW_TOKEN: tokens.preview,
    STORYBLOK_WEBHOOK_SECRET: webhookSecret,
  }
  return { space, api, folder, environment }
}

/** Builds, and tells what the front page says and what was asked. */
async function buildSite(
  { api, folder, environment }: { api: FaultyApi; folder: string; environment: SiteEnvironment },
  more: SiteEnvironment = {},
) {
  const before = api.asked.length
  const { exitCode, output } = await build('astro', { ...environment, ...more }, folder)
  const page = join(folder, 'dist/index.html')
  const text = existsSync(page) ? (readFileSync(page, 'utf8').match(/<main[^>]*>(.*)<\/main>/)?.[1] ?? '') : ''
  return { exitCode, output, text, requests: api.asked.length - before }
}

function change(space: LocalSpace, slug: string, title: string): void {
  space.saveDraft(slug, post(title))
  space.publish(slug)
}

describe('a collection in a build', () => {
  it('is read whole once, costs one request when nothing changed, and three when one story did', async () => {
    const site = await open(collection)
    expect((await buildSite(site)).text).toBe('index=All,one=One,two=Two')
    expect(await buildSite(site)).toMatchObject({ text: 'index=All,one=One,two=Two', requests: 1 })
    change(site.space, 'posts/one', 'Uno')
    expect(await buildSite(site)).toMatchObject({ text: 'index=All,one=Uno,two=Two', requests: 3 })
    site.space.move('posts/one', 'posts/eins')
    site.space.unpublish('posts/two')
    expect((await buildSite(site)).text).toBe('eins=Uno,index=All')
  })

  it('of drafts leaves nothing for a build of what is published', async () => {
    const site = await open(collection)
    const drafts = await buildSite(site, { STORYBLOK_ENVIRONMENT: 'staging' })
    expect(drafts.text).toContain('secret=Secret')
    const published = await buildSite(site)
    expect(published.text).toBe('index=All,one=One,two=Two')
    expect(readAll(join(site.folder, 'dist'))).not.toContain('Secret')
  })

  it('of drafts that the site has no more leaves nothing either', async () => {
    const site = await open({
      ...collection,
      'src/content.config.ts': "export { collections } from './collections'",
      'src/collections.ts': loaded.replace(
        'posts: define',
        'old: defineCollection({ loader: storyLoader(posts) }), posts: define',
      ),
      'astro.config.mjs': nodeConfig,
      'src/pages/live.astro': collection['src/pages/index.astro']!.replace(
        '---',
        '---\nexport const prerender = false',
      ),
    })
    await buildSite(site, { STORYBLOK_ENVIRONMENT: 'staging' })
    expect(readAll(join(site.folder, 'dist'))).toContain('posts/secret')
    writeFileSync(join(site.folder, 'src/collections.ts'), loaded)
    expect((await buildSite(site)).exitCode).toBe(0)
    expect(readAll(join(site.folder, 'dist'))).not.toContain('posts/secret')
  })

  it('whose entries would have one name fails', async () => {
    const site = await open(collection)
    site.space.addStories([{ fullSlug: 'posts/index', content: post('Index') }])
    const { exitCode, output } = await buildSite(site)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('Two stories of the collection “posts” are called “index”.')
  })

  it('can be called by UUIDs and have a schema, whose refusal fails the build', async () => {
    const schema = (field: string): string => `
import { storyLoader } from '@keyblok/astro/server'
import { defineCollection } from 'astro:content'
import { z } from 'astro/zod'
import { posts } from './storyblok/stories'
const loader = storyLoader(posts, { ids: 'uuid' })
const schema = z.object({ content: z.object({ ${field}: z.string() }) })
export const collections = { posts: defineCollection({ loader, schema }) }`
    const site = await open({ ...collection, 'src/content.config.ts': schema('title') })
    const { text } = await buildSite(site)
    expect(text.split(',')).toHaveLength(3)
    expect(text).toMatch(/^[0-9a-f-]{36}=One,/)
    const refused = await open({ ...collection, 'src/content.config.ts': schema('headline') })
    expect((await buildSite(refused)).exitCode).not.toBe(0)
  })

  it('fails while Storyblok does, and says so', async () => {
    const site = await open(collection)
    site.api.fail('error')
    const { exitCode, output } = await buildSite(site)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('KB_UPSTREAM_FAILED')
  })
})

describe('a collection when types are checked', () => {
  it('needs neither tokens nor Storyblok', async () => {
    const { folder } = await open(collection)
    const { exitCode, output } = await runCommand('astro', ['sync'], {}, folder)
    expect(output).toContain('KB_TOKEN_MISSING')
    expect(exitCode).toBe(0)
  })
})

describe('a collection in dev', () => {
  it('shows drafts, outlives an outage, and follows a webhook', async () => {
    const config = readFileSync(join(astroFixture, 'astro.config.mjs'), 'utf8')
    const site = await open({
      ...collection,
      'astro.config.mjs': config.replace('keyblok()', "keyblok({ webhook: '/hook' })"),
    })
    site.api.fail('error')
    const dev = await startDev('astro', site.environment, { folder: site.folder })
    onTestFinished(() => dev.stop())
    const text = async (): Promise<string> =>
      (await (await fetch(dev.url)).text()).match(/<main[^>]*>(.*)<\/main>/)?.[1] ?? ''
    expect(await text()).toBe('')
    expect(dev.output()).toContain('The collection “posts” keeps its 0 entries.')

    site.api.fail('none')
    const event = { action: 'published', story_id: 1, full_slug: 'posts/one', space_id: site.space.id }
    const tell = (): Promise<number> => sendWebhook(`${dev.url}/hook`, event)
    expect(await tell()).toBe(200)
    await expect.poll(text).toBe('index=All,one=One,secret=Secret,two=Two')
    change(site.space, 'posts/one', 'Uno')
    expect(await tell()).toBe(200)
    await expect.poll(text).toContain('one=Uno')

    // Whoever asks from elsewhere is not shown what is not published, and neither is anybody afterwards.
    site.api.fail('error')
    const elsewhere = await fetch(dev.url, { headers: { 'x-forwarded-for': '192.0.2.1' } })
    expect(await elsewhere.text()).not.toContain('Secret')
    site.api.fail('none')
    expect(await tell()).toBe(200)
    await expect.poll(text).toBe('index=All,one=Uno,two=Two')
  })
})

describe('a live collection', () => {
  const files: Readonly<Record<string, string>> = {
    'astro.config.mjs': `
import node from '@astrojs/node'
import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'
export default defineConfig({ output: 'server', adapter: node({ mode: 'standalone' }), integrations: [keyblok()] })`,
    'src/storyblok/stories.ts': stories,
    'src/live.config.ts': `
import { liveStoryLoader } from '@keyblok/astro/server'
import { defineLiveCollection } from 'astro:content'
import { posts } from './storyblok/stories'
export const collections = { posts: defineLiveCollection({ loader: liveStoryLoader(posts) }) }`,
    'src/pages/index.astro': `---
import { getLiveCollection } from 'astro:content'
const { entries = [], error } = await getLiveCollection('posts', { sortBy: 'content.title:asc' })
---
<main>{error ? \`error \${error.code}\` : entries.map(({ id, data }) => \`\${id}=\${data.content.title}\`).join()}</main>`,
    'src/pages/[id].astro': `---
import { getLiveEntry } from 'astro:content'
const { entry, error, cacheHint } = await getLiveEntry('posts', Astro.params.id)
const parts = error ? [error.name, error.code] : [entry.data.content.title, cacheHint.tags.includes(\`storyblok:story:\${entry.data.id}\`), cacheHint.lastModified instanceof Date]
---
<main>{parts.join()}</main>`,
    'src/pages/filtered.astro': `---
import { getLiveCollection } from 'astro:content'
const { entries } = await getLiveCollection('posts', { filterQuery: { title: { in: 'Two' } }, page: 1, storyblok: Astro.locals.storyblok })
---
<main>{entries.map(({ id }) => id).join()}</main>`,
  }

  it('shows visitors what is published and editors drafts, and gives errors as values', async () => {
    const site = await open(files)
    const built = await build('astro', site.environment, site.folder)
    expect(built.output).not.toContain('error')
    const server = await startProduction('astro', site.environment, { folder: site.folder })
    onTestFinished(() => server.stop())
    const read = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
      (await (await fetch(`${server.url}${path}`, { headers })).text()).match(/<main[^>]*>(.*)<\/main>/)?.[1] ?? ''
    const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }

    const [visitor, editor, again] = await Promise.all([read('/'), read(signedUrl('/', site.space), framed), read('/')])
    expect(visitor).toBe('index=All,one=One,two=Two')
    expect(again).toBe(visitor)
    expect(editor).toContain('secret=Secret')
    expect(await read('/one')).toBe('One,true,true')
    expect(await read('/index')).toContain('All')
    expect(await read('/nowhere')).toContain('LiveEntryNotFoundError')
    expect(await read('/filtered')).toBe('two')
    // Nothing was read outside of a request.
    expect(server.output()).not.toContain('outside of a request')

    site.api.fail('error')
    expect(await read('/uncached')).toContain('KB_UPSTREAM_FAILED')
  })
})

describe('a page of storyPaths', () => {
  const files: Readonly<Record<string, string>> = {
    'astro.config.mjs': nodeConfig,
    'src/storyblok/stories.ts': stories,
    'src/pages/posts/[...slug].astro': `---
import { storyPaths } from '@keyblok/astro/server'
import { posts } from '../../storyblok/stories'
export const getStaticPaths = storyPaths(posts)
const story = await Astro.locals.storyblok.story(posts, Astro.params.slug)
if (!story) return new Response(null, { status: 404 })
---
<main>{story.content.title}</main>`,
    'src/pages/own/[slug].astro': `---
export const getStaticPaths = () => [{ params: { slug: 'a' }, props: { title: 'Own' } }]
---
<main>{Astro.props.title}</main>`,
  }

  it('is prerendered in production, and on demand in a staging build', async () => {
    const site = await open(files)
    const prerendered = (path: string): boolean => existsSync(join(site.folder, 'dist/client', path, 'index.html'))
    expect((await build('astro', site.environment, site.folder)).exitCode).toBe(0)
    expect([prerendered('posts'), prerendered('posts/one'), prerendered('own/a')]).toEqual([true, true, true])

    const staging = { ...site.environment, STORYBLOK_ENVIRONMENT: 'staging' }
    expect((await build('astro', staging, site.folder)).exitCode).toBe(0)
    expect([prerendered('posts'), prerendered('posts/one'), prerendered('own/a')]).toEqual([false, false, true])
    const server = await startProduction('astro', staging, { folder: site.folder })
    onTestFinished(() => server.stop())
    const read = async (path: string): Promise<[number, string | undefined]> => {
      const response = await fetch(`${server.url}${path}`)
      return [response.status, (await response.text()).match(/<main[^>]*>(.*)<\/main>/)?.[1]]
    }
    expect(await read('/posts/secret')).toEqual([200, 'Secret'])
    expect(await read('/posts')).toEqual([200, 'All'])
    expect((await read('/posts/nowhere'))[0]).toBe(404)
    expect(await read('/own/a')).toEqual([200, 'Own'])
  })
})
