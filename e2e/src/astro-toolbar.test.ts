import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import type { Browser, Frame, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { build, startDev } from '../../scripts/lib/playground.ts'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { launchBrowser } from './support/browser.ts'
import { copySite } from './support/copy-site.ts'
import { startFaultyApi } from './support/faulty-api.ts'
import type { FaultyApi } from './support/faulty-api.ts'
import { astroFixture, createFixture, knownTokens, readAll } from './support/fixture.ts'
import { startFramingSite } from './support/framing-site.ts'
import type { FramingSite } from './support/framing-site.ts'
import { useSite } from './support/site.ts'
import { openToolbarApp, readToolbar, toolbarApp } from './support/toolbar.ts'
import { tokens, tokensIn } from './support/tokens.ts'

describe('the toolbar’s app on the playground', () => {
  const site = useSite('astro', 'dev')

  it('tells what the page read, why, and what it took', async () => {
    const page = await site.open('/')
    const app = await openToolbarApp(page)
    await expect
      .poll(() => app.textContent())
      .toContain('Draft, read with the preview token, because this is the dev server, asked from this machine.')
    expect(await app.locator('astro-dev-toolbar-badge').allTextContents()).toEqual([
      'development',
      'draft',
      'preview token',
      '200',
      '200',
    ])
    const requests = app.getByRole('table', { name: 'Requests to Storyblok' }).locator('tbody tr')
    expect(await requests.first().innerText()).toMatch(/200\s+stories\/home\s+[\d.]+ (ms|s)/)
    expect(await app.textContent()).toMatch(/2 requests, [\d.]+ m?s; 0 from cache\./)
    await page.close()
  })

  it('opens the story in the Visual Editor', async () => {
    const page = await site.open('/articles/reading-granite')
    const app = await openToolbarApp(page)
    const link = app.getByRole('link', { name: 'Edit articles/reading-granite in the Visual Editor' })
    const id = await app.locator('.stories .id').textContent()
    expect(await link.getAttribute('href')).toBe(`${site.api.url}/editor/#story=${id}`)
    const query = new URLSearchParams({ version: 'draft', token: tokens.preview })
    const answer = await fetch(`${site.api.url}/v2/cdn/stories/${id}?${query}`)
    expect(((await answer.json()) as { story: { slug: string } }).story.slug).toBe('reading-granite')
    await page.close()
  })

  it('is used by keyboard alone', async () => {
    const page = await site.open('/')
    await page.locator('#dev-bar').focus()
    await page.locator('#dev-bar [data-app-id="keyblok"]').press('Enter')
    const app = toolbarApp(page)
    await expect.poll(() => app.isVisible()).toBe(true)
    await app.getByRole('button', { name: 'Refresh collections' }).press('Enter')
    await expect.poll(() => app.getByRole('status').textContent()).toBe('Up to date')
    await page.keyboard.press('Escape')
    await expect.poll(() => app.isVisible()).toBe(false)
    await page.close()
  })

  it('holds no token, and one in the page is found', async () => {
    const page = await site.open('/')
    await openToolbarApp(page)
    const text = await readToolbar(page)
    expect(text).toContain('Draft, read with the preview token')
    expect(tokensIn(text)).toEqual([])
    await toolbarApp(page).evaluate((element, token) => element.append(token), tokens.preview)
    expect(tokensIn(await readToolbar(page))).toEqual(['preview'])
    await page.close()
  })
})

const files: Readonly<Record<string, string>> = {
  'src/storyblok/stories.ts': `
import { defineSpace, defineStories } from '@keyblok/astro/stories'
export const posts = defineStories(defineSpace(), { contentType: 'post', startsWith: 'posts/' })`,
  'src/content.config.ts': `
import { storyLoader } from '@keyblok/astro/server'
import { defineCollection } from 'astro:content'
import { posts } from './storyblok/stories'
export const collections = { posts: defineCollection({ loader: storyLoader(posts) }) }`,
  'src/pages/index.astro': `---
import { getCollection } from 'astro:content'
const entries = await getCollection('posts')
---
<body><main>{entries.map(({ data }) => data.content.title).toSorted().join()}</main></body>`,
  // Its paths are its own, so it is prerendered in dev too.
  'src/pages/posts/[slug].astro': `---
import { ClientRouter } from 'astro:transitions'
import { posts } from '../../storyblok/stories'
export const getStaticPaths = () => [{ params: { slug: 'one' } }, { params: { slug: 'two' } }]
const story = await Astro.locals.storyblok.story(posts, Astro.params.slug)
---
<head><ClientRouter /></head>
<body><main>{story.content.title}</main><a href="/posts/two">Two</a></body>`,
  'src/pages/failing.astro': `---
import { posts } from '../storyblok/stories'
const message = await Astro.locals.storyblok.story(posts, 'one').then(() => 'fine', ({ code }) => code)
---
<body><main>{message}</main></body>`,
  'src/pages/leak.astro': `---
const leaked = process.env.STORYBLOK_PREVIEW_TOKEN
---
<body><main>{Astro.url.searchParams.has('mended') ? 'nothing' : leaked}</main></body>`,
}

const post = (title: string) => ({ _uid: title, component: 'post', title })

describe('the toolbar’s app on a small site', () => {
  let space: LocalSpace
  let framing: FramingSite
  let api: FaultyApi
  let browser: Browser
  let dev: RunningSite
  let page: Page
  let stop: () => Promise<void>

  beforeAll(async () => {
    space = createLocalSpace({ tokens })
    space.addStories([
      { fullSlug: 'posts/one', content: post('One') },
      { fullSlug: 'posts/two', content: post('Two') },
    ])
    const listener = await space.listen()
    framing = await startFramingSite(listener.url)
    // The same server at two origins: the site takes this one for the editor's.
    api = await startFaultyApi(framing.url)
    const folder = copySite(astroFixture, files)
    const environment = {
      STORYBLOK_API_URL: api.url,
      STORYBLOK_SPACE_ID: String(space.id),
      STORYBLOK_PUBLIC_TOKEN: tokens.public,
      STORYBLOK_PREVIEW_TOKEN: tokens.preview,
    }
    browser = await launchBrowser()
    dev = await startDev('astro', environment, { folder })
    stop = async () => {
      await Promise.all([browser.close(), dev.stop()])
      await api.close()
      await framing.close()
      await listener.close()
      space.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  afterAll(() => stop())

  beforeEach(async () => {
    page = await browser.newPage()
    onTestFinished(() => page.close())
  })

  it('says so of a page that reads nothing', async () => {
    await page.goto(dev.url)
    const app = await openToolbarApp(page)
    await expect.poll(() => app.textContent()).toContain('This page read nothing from Storyblok.')
    expect(await app.locator('astro-dev-toolbar-badge').allTextContents()).toEqual(['development'])
  })

  it('tells of a page that is prerendered, and of the one that the router goes on to', async () => {
    await page.goto(`${dev.url}/posts/one`)
    const app = await openToolbarApp(page)
    await expect.poll(() => app.locator('.stories').textContent()).toContain('posts/one')
    await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))
    await page.getByRole('link', { name: 'Two' }).click()
    await expect.poll(() => app.locator('.stories').textContent()).toContain('posts/two')
    expect(await app.locator('.stories li').count()).toBe(1)
    expect(await page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true)
  })

  it('marks requests that fail', async () => {
    await page.goto(`${dev.url}/failing`)
    expect(await page.locator('main').textContent()).toBe('fine')
    const app = await openToolbarApp(page)
    const failed = app.locator('tr.failed')
    expect(await failed.count()).toBe(0)
    api.fail('error')
    onTestFinished(() => api.fail('none'))
    await page.reload()
    await openToolbarApp(page)
    await expect.poll(() => failed.first().textContent()).toContain('502stories/posts/one')
    expect(await app.textContent()).toContain('3 failed.')
  })

  it('warns of what the guard overwrote, without the secret, until it is mended', async () => {
    await page.goto(`${dev.url}/leak`)
    // The overlay of the dev server lies above the page.
    await page.locator('vite-error-overlay').evaluate((overlay) => overlay.remove())
    const notification = page.locator('#dev-bar [data-app-id="keyblok"] .notification[data-active]')
    await expect.poll(() => notification.getAttribute('data-level')).toBe('warning')
    const app = await openToolbarApp(page)
    expect(await app.getByRole('alert').textContent()).toContain('The preview token, in GET /leak')
    expect(tokensIn(await readToolbar(page))).toEqual([])

    await page.goto(`${dev.url}/leak?mended`)
    await openToolbarApp(page)
    await expect.poll(() => app.getByRole('alert').count()).toBe(0)
    expect(await notification.count()).toBe(0)
  })

  it('loads the collections again', async () => {
    await page.goto(dev.url)
    const app = await openToolbarApp(page)
    space.saveDraft('posts/one', post('Changed'))
    await app.getByRole('button', { name: 'Refresh collections' }).click()
    await expect.poll(() => page.locator('main').textContent()).toBe('Changed,Two')
  })

  describe('framed', () => {
    /** Frames the site in a page of an origin, beside an empty page of the editor's. */
    async function frameIn(origin: string): Promise<{ site: Frame; other: Frame }> {
      await page.goto(`${origin}${framing.frame({ site: dev.url, other: `${api.url}${framing.frame({})}` })}`)
      const site = page.frame('site')!
      await toolbarApp(site).waitFor({ state: 'attached' })
      return { site, other: page.frame('other')! }
    }

    /** Has a window send the site's frame what the editor's page sends. */
    function tell(sender: Page | Frame): Promise<void> {
      return sender.evaluate(() =>
        top!.frames[0]!.postMessage({ action: 'published', storyId: 1, slug: 'posts/one' }, '*'),
      )
    }

    /** Counts what the site's frame hears, after its app has. */
    async function countMessages(site: Frame): Promise<() => Promise<number>> {
      await site.evaluate(() => addEventListener('message', () => document.body.append(document.createElement('s'))))
      return () => site.locator('body > s').count()
    }

    function refreshesOf(watched: Page): string[] {
      const sent: string[] = []
      watched.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => {
          if (String(payload).includes('keyblok:refresh')) sent.push(String(payload))
        }),
      )
      return sent
    }

    it('by the editor, loads the collections again when something is published', async () => {
      const { site } = await frameIn(api.url)
      space.saveDraft('posts/two', post('Published'))
      await tell(page)
      await expect.poll(() => site.locator('main').textContent()).toContain('Published')
    })

    it('by another site, or told by another frame, does nothing', async () => {
      const sent = refreshesOf(page)
      const { site, other } = await frameIn(framing.url)
      const heard = await countMessages(site)
      for (const sender of [page, other, site]) await tell(sender)
      await expect.poll(heard).toBe(3)
      // Messages keep their order: what was sent before the button’s would have come before it.
      await toolbarApp(site).locator('button').dispatchEvent('click')
      await expect.poll(() => sent.length).toBeGreaterThan(0)
      expect(sent).toHaveLength(1)
    })
  })
})

describe('the toolbar’s app', () => {
  const entry = 'dist/toolbar/app.js'

  /** Starts a site's dev server, and tells which apps its toolbar loads. */
  async function loadedApps(files: Readonly<Record<string, string>> = {}): Promise<string> {
    const dev = await startDev('astro', knownTokens, { folder: createFixture('astro', files) })
    onTestFinished(() => dev.stop())
    return (await fetch(`${dev.url}/@id/__x00__astro:toolbar:internal`)).text()
  }

  it('is loaded in dev, unless it is turned off', async () => {
    expect(await loadedApps()).toContain(entry)
    const config = readFileSync(join(astroFixture, 'astro.config.mjs'), 'utf8')
    const off = config.replace('keyblok()', 'keyblok({ toolbar: false })')
    expect(await loadedApps({ 'astro.config.mjs': off })).not.toContain(entry)
  })

  it('is in no build', async () => {
    const folder = createFixture('astro')
    expect((await build('astro', knownTokens, folder)).exitCode).toBe(0)
    const output = readAll(join(folder, 'dist'))
    expect(output).toContain('Fixture')
    expect(output).not.toMatch(/toolbar|keyblok/i)
  })
})
