import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { build } from '../../scripts/lib/playground.ts'
import { readAll } from './support/fixture.ts'
import { buildKitSite, createKitSite, outputOf, prerendered, startKitSite, startWorker } from './support/kit-site.ts'
import type { KitSite, KitSiteOptions } from './support/kit-site.ts'
import { signedUrl } from './support/signed-url.ts'
import { tokensIn } from './support/tokens.ts'
import { openVisitor } from './support/visitor.ts'

const workerAdapter = fileURLToPath(new URL('support/worker-adapter.mjs', import.meta.url))
const article = '/articles/the-quiet-season'

/** A site that works shows what is published, drafts to editors, and pages in the browser. */
async function expectToWork(site: KitSite, url: string): Promise<void> {
  expect((await fetch(`${url}/membership`)).status).toBe(404)
  const opened = await fetch(signedUrl(`${url}/membership`, site.space), { redirect: 'manual' })
  expect(opened.status).toBe(303)
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const draft = await fetch(`${url}/membership`, { headers: { cookie } })
  expect(draft.status).toBe(200)
  expect(Object.fromEntries(draft.headers)).toMatchObject({
    'cache-control': 'private, no-store',
    'cdn-cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'content-security-policy': "frame-ancestors 'self' http://localhost:* http://127.0.0.1:*",
  })

  const { page, complaints } = await openVisitor(`${url}/about`)
  await page.getByRole('link', { name: 'Article' }).click()
  await page.getByRole('heading', { level: 1, name: 'The quiet season' }).waitFor()
  expect(await page.locator('blockquote').innerText()).toContain('Friction is the only thing')
  await page.goto(`${url}${article}`)
  expect(await page.locator('blockquote').innerText()).toContain('Friction is the only thing')
  expect(complaints).toEqual([])
}

const majors: readonly KitSiteOptions[] = [{ major: 3 }, { major: 2 }]

describe.each(majors)('SvelteKit $major', (options) => {
  it('reads, redirects, shows drafts to editors, and hydrates, on Node', async () => {
    const site = await createKitSite({}, options)
    expect(await buildKitSite(site)).toMatch(/searched \d+ files for the preview token and public token/)
    const { client, server } = outputOf(site)
    expect(tokensIn(readAll(client) + readAll(server))).toEqual([])
    const { url } = await startKitSite(site, 'production')
    await expectToWork(site, url)
    expect((await fetch(`${url}/home`, { redirect: 'manual' })).headers.get('location')).toBe('/')
  })

  it('shows drafts in dev, to this machine', async () => {
    const site = await createKitSite({}, options)
    const { url } = await startKitSite(site, 'dev')
    const draft = await fetch(`${url}/membership`)
    expect(draft.status).toBe(200)
    expect((await fetch(`${url}/membership`, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(404)
  })

  it('prerenders each story, from a request for 100 stories or so', async () => {
    const site = await createKitSite(prerendered, options)
    await buildKitSite(site)
    const pages = join(site.folder, '.svelte-kit/output/prerendered/pages')
    expect(readFileSync(join(pages, 'articles/the-quiet-season.html'), 'utf8')).toContain('<h1>The quiet season</h1>')
    expect(existsSync(join(pages, 'index.html'))).toBe(true)
    expect(existsSync(join(pages, 'membership.html'))).toBe(false)
    expect(site.api.asked.filter((url) => url.includes('/stories')).length).toBeLessThan(10)
  })

  it('prerenders nothing on a staging site that shows drafts to everyone', async () => {
    const site = await createKitSite(prerendered, options)
    await buildKitSite(site, { STORYBLOK_ENVIRONMENT: 'staging' })
    expect(existsSync(join(site.folder, '.svelte-kit/output/prerendered/pages/index.html'))).toBe(false)
    expect(site.api.asked).toEqual([])
    const { url } = await startKitSite(site, 'production', { environment: { STORYBLOK_ENVIRONMENT: 'staging' } })
    const draft = await fetch(`${url}/membership`)
    expect([draft.status, draft.headers.get('x-robots-tag')]).toEqual([200, 'noindex'])
  })
})

describe('a worker', () => {
  it.each<KitSiteOptions>([
    { major: 3, adapter: { from: workerAdapter } },
    { major: 2, adapter: { from: '@sveltejs/adapter-cloudflare' } },
  ])('of SvelteKit $major reads, redirects, shows drafts to editors, and hydrates', async (options) => {
    const site = await createKitSite({}, options)
    expect(await buildKitSite(site)).toMatch(/searched \d+ files for the preview token and public token/)
    expect(tokensIn(readAll(join(site.folder, '.svelte-kit/cloudflare')))).toEqual([])
    const { url, output } = await startWorker(site)
    await expectToWork(site, url)
    expect(tokensIn(output())).toEqual([])
  })
})

describe('a static site', () => {
  it('is all there without a server, and works in the browser', async () => {
    const site = await createKitSite(prerendered, { adapter: { from: '@sveltejs/adapter-static' } })
    expect(await buildKitSite(site)).toMatch(/searched \d+ files for the preview token and public token/)
    expect(tokensIn(readAll(join(site.folder, 'build')))).toEqual([])
    const { url } = await startKitSite(site, 'preview')
    site.api.fail('down')
    const { page, complaints } = await openVisitor(`${url}/about`)
    await page.getByRole('link', { name: 'Article' }).click()
    await page.getByRole('heading', { level: 1, name: 'The quiet season' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('is not built without its public token', async () => {
    const site = await createKitSite(prerendered, { adapter: { from: '@sveltejs/adapter-static' } })
    const { STORYBLOK_PUBLIC_TOKEN: _none, ...environment } = site.environment
    const { exitCode, output } = await build('sveltekit', environment, site.folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('STORYBLOK_PUBLIC_TOKEN')
  })
})
