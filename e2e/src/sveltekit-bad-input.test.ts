import { createLocalSpace } from '@keyblok/space'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { badStories } from './support/bad-stories.ts'
import { launchBrowser } from './support/browser.ts'
import { buildKitSite, createKitSite, startKitSite } from './support/kit-site.ts'
import type { KitSite } from './support/kit-site.ts'
import { tokens, tokensIn } from './support/tokens.ts'

const files = {
  'src/lib/storyblok/stories.js': `import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
export const space = defineSpace({ languages: ['en', 'de'], resolveRelations: ['page.next'] })
export const stories = defineStories(space)`,
  'src/hooks.server.js': `import { storyblokHandle } from '@keyblok/sveltekit/server'
export const handle = storyblokHandle({ language: ({ params }) => params.slug?.startsWith('de') ? 'de' : undefined })`,
  'src/routes/reader/+page.server.js': 'export const load = ({ locals: { storyblok } }) => ({ storyblok })',
  'src/routes/reader/+page.svelte': '<p>shown</p>',
}

let site: KitSite
let running: RunningSite
const ends: (() => void | Promise<void>)[] = []
const atEnd = (clean: () => void | Promise<void>): void => void ends.unshift(clean)

beforeAll(async () => {
  const space = createLocalSpace({ tokens })
  space.addStories(badStories)
  atEnd(() => space.close())
  site = await createKitSite(files, { space, atEnd })
  await buildKitSite(site)
  running = await startKitSite(site, 'production', { atEnd })
})
afterAll(async () => {
  for (const end of ends) await end()
})

async function get(path: string, init?: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(`${running.url}${path}`, init)
  return { status: response.status, text: await response.text() }
}

describe('a page', () => {
  it.each(['/cyclic-a', '/itself'])('of stories that point at each other ends: %s', async (path) => {
    const { status, text } = await get(path)
    expect(status).toBe(200)
    expect(text).toMatch(/next \w+ then (A|Itself|nothing)/)
  })

  it('of 10 MB is shown', async () => {
    const { status, text } = await get('/large')
    expect([status, text.length > 10_000_000]).toEqual([200, true])
  })

  it('of bloks nested a hundred deep is shown, and taken over by the browser', async () => {
    const { text } = await get('/deep')
    expect(text.match(/class="box"/g)).toHaveLength(100)
    const { page, logged } = await open('/deep')
    expect(await page.locator('.box').count()).toBe(100)
    expect(logged).toEqual([])
  })

  it('without a translation is shown in the default language', async () => {
    expect((await get('/de/deep')).text).toContain('<h1>Deep</h1>')
  })

  it('whose asset was deleted has no image', async () => {
    const { status, text } = await get('/no-asset')
    expect(status).toBe(200)
    expect(text).not.toContain('<img')
  })

  it.each(['/strange', '/list', '/no-component'])(
    'with bloks that are none is shown without them, in the browser too: %s',
    async (path) => {
      const { status, text } = await get(path)
      expect(status).toBe(200)
      expect(text.slice(text.indexOf('<main'), text.indexOf('</main'))).not.toContain('undefined')
      const { logged } = await open(path)
      expect(logged.filter((message) => !message.startsWith('[keyblok]'))).toEqual([])
    },
  )

  it('that there is not is 404, and costs one request at most', async () => {
    await get('/')
    const before = site.api.asked.length
    expect((await get('/nowhere')).status).toBe(404)
    expect((await get('/nowhere')).status).toBe(404)
    expect(site.api.asked.length - before).toBeLessThanOrEqual(1)
  })

  it('that was read is still shown while Storyblok is away, and one that was not says so', async () => {
    await get('/deep')
    site.api.fail('error')
    onTestFinished(() => site.api.fail('none'))
    expect((await get('/deep')).text).toContain('innermost')
    expect((await get('/cyclic-b')).status).toBe(503)
  })

  it('whose load returns the reader fails loudly, and tells no token', async () => {
    for (const path of ['/reader', '/reader/__data.json']) {
      const { status, text } = await get(path)
      expect([status, tokensIn(text)], path).toEqual([500, []])
    }
    expect(running.output()).toMatch(/not serializable: Cannot stringify arbitrary non-POJOs \(`?data.storyblok/)
    expect(tokensIn(running.output())).toEqual([])
  })

  it('that nobody waits for any more is not read on', async () => {
    site.api.fail('slow')
    onTestFinished(() => site.api.fail('none'))
    const before = site.api.abandoned
    const visitor = new AbortController()
    const page = fetch(`${running.url}/never-read`, { signal: visitor.signal })
    await expect.poll(() => site.api.asked.at(-1)).toContain('never-read')
    visitor.abort()
    await expect(page).rejects.toThrow('aborted')
    await expect.poll(() => site.api.abandoned).toBe(before + 1)
    // Nobody reads an error of it, so nobody is told one.
    expect(running.output()).not.toContain('KB_ABORTED')
  })
})

async function open(path: string) {
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const logged: string[] = []
  page.on('console', (message) => {
    if (/error|warning/.test(message.type())) logged.push(message.text())
  })
  page.on('pageerror', (error) => logged.push(error.message))
  await page.goto(`${running.url}${path}`, { waitUntil: 'networkidle' })
  return { page, logged }
}
