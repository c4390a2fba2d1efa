import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { build, startDev, startPreview, startProduction } from '../../scripts/lib/playground.ts'
import type { RunningSite, SiteEnvironment } from '../../scripts/lib/playground.ts'
import { readAll } from './support/fixture.ts'
import { buildMagazine, configuration, createMagazine, onDemand, startMagazine, storyPage } from './support/magazine.ts'
import type { AdapterCall, Files, Magazine } from './support/magazine.ts'
import { signedUrl } from './support/signed-url.ts'
import { tokensIn } from './support/tokens.ts'

/** A place to run an Astro site. */
interface Platform {
  adapter: AdapterCall
  files?: Files
  /** Where the build puts files for browsers, and code for the server. */
  client: string
  server: string
  start(magazine: Magazine, environment: SiteEnvironment): Promise<RunningSite>
}

const serveFunction = fileURLToPath(new URL('support/serve-function.mjs', import.meta.url))

/** Runs a script on Node, by default the one that serves the function in a file. */
const run =
  (...server: readonly string[]): Platform['start'] =>
  ({ folder }, environment) =>
    startProduction('astro', environment, { folder, server })

const wrangler = {
  name: 'magazine',
  compatibility_date: '2026-10-01',
  compatibility_flags: ['nodejs_compat'],
  main: '@astrojs/cloudflare/entrypoints/server',
  assets: { directory: './dist', binding: 'ASSETS' },
}

const platforms: readonly Platform[] = [
  {
    adapter: "node({ mode: 'standalone' })",
    client: 'dist/client',
    server: 'dist/server',
    start: run('dist/server/entry.mjs'),
  },
  {
    adapter: "node({ mode: 'middleware' })",
    client: 'dist/client',
    server: 'dist/server',
    start: run(serveFunction, 'dist/server/entry.mjs'),
  },
  {
    // By default pages are prerendered in workerd, which sees none of the build's variables.
    adapter: "cloudflare({ prerenderEnvironment: 'node' })",
    files: { 'wrangler.jsonc': JSON.stringify(wrangler) },
    client: 'dist/client',
    server: 'dist/server',
    start: ({ folder }, environment) =>
      startPreview('astro', { ...environment, CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true' }, { folder }),
  },
  {
    adapter: 'netlify({ cacheOnDemandPages: true })',
    client: 'dist',
    server: '.netlify/v1/functions/ssr',
    start: run(serveFunction, '.netlify/v1/functions/ssr/ssr.mjs'),
  },
  {
    adapter: 'vercel()',
    client: '.vercel/output/static',
    server: '.vercel/output/functions/_render.func',
    start(magazine, environment) {
      // Where the entry lies depends on which folders its imports are in.
      const folder = '.vercel/output/functions/_render.func'
      const config = readFileSync(join(magazine.folder, folder, '.vc-config.json'), 'utf8')
      const { handler } = JSON.parse(config) as { handler: string }
      return run(serveFunction, `${folder}/${handler}`)(magazine, environment)
    },
  },
]

/** A page that is on disk after the build. */
const printed: Files = {
  'src/pages/printed.astro': `---
import Story from '../components/Story.astro'
import { stories } from '../storyblok/stories'

export const prerender = true

const story = await Astro.locals.storyblok.story(stories, 'about')
---

<Story story={story} />
`,
}

describe('a site on', () => {
  it.each(platforms)('$adapter', async ({ adapter, files, client, server, start }) => {
    const magazine = await createMagazine({
      ...configuration("output: 'server', session: false,", adapter),
      ...storyPage(),
      ...printed,
      ...files,
    })
    const { folder, space, environment } = magazine
    expect(await buildMagazine(magazine)).toMatch(/searched \d\d+ files for the preview token and public token/)
    expect(readFileSync(join(folder, client, 'printed/index.html'), 'utf8')).toContain('About')
    expect(tokensIn(readAll(join(folder, client)))).toEqual([])
    expect(tokensIn(readAll(join(folder, server)))).toEqual([])

    // The same build, with other variables.
    const refused = await start(magazine, { ...environment, STORYBLOK_PUBLIC_TOKEN: 'fakeOTHERfakeOTHERfak1tt' })
    onTestFinished(() => refused.stop())
    expect((await fetch(`${refused.url}/about`)).status).toBe(500)
    expect(refused.output()).toContain('KB_TOKEN_REFUSED')
    await refused.stop()

    const site = await start(magazine, environment)
    onTestFinished(() => site.stop())
    const about = await fetch(`${site.url}/about`)
    expect([about.status, await about.text()]).toEqual([200, expect.stringContaining('<h1')])
    expect((await fetch(`${site.url}/membership`)).status).toBe(404)
    const opened = await fetch(signedUrl(`${site.url}/membership`, space), { redirect: 'manual' })
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const draft = await fetch(`${site.url}/membership`, { headers: { cookie } })
    expect(await draft.text()).toContain('Membership')
    expect(Object.fromEntries(draft.headers)).toMatchObject({
      'cache-control': 'private, no-store',
      'cdn-cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    })
    expect(tokensIn(site.output())).toEqual([])
  })

  it.each<AdapterCall>(["netlify({ middlewareMode: 'edge' })", 'vercel({ edgeMiddleware: true })'])(
    '%s is no site: middleware would have no variables there, and no reader for pages',
    async (adapter) => {
      const { folder, environment } = await createMagazine({
        ...configuration("output: 'server', session: false,", adapter),
        ...storyPage(),
      })
      const { exitCode, output } = await build('astro', environment, folder)
      expect(exitCode).not.toBe(0)
      expect(output).toContain('KB_CONFIGURATION_INVALID')
      expect(output).toContain("Take `middlewareMode: 'edge'` and `edgeMiddleware` out of the adapter’s options.")
    },
  )

  it('netlify() is searched as a whole by every build, whatever is left of the one before', async () => {
    const magazine = await createMagazine({
      ...configuration("output: 'server', session: false,", 'netlify()'),
      ...storyPage(),
    })
    const first = /searched \d+ files/.exec(await buildMagazine(magazine))?.[0]
    expect(/searched \d+ files/.exec(await buildMagazine(magazine))?.[0]).toBe(first)
  })
})

describe('a dev server whose pages run in workerd', () => {
  it('shows drafts to this machine, and to nobody who says so', async () => {
    const magazine = await createMagazine({
      ...configuration('', 'cloudflare()'),
      ...onDemand(storyPage()),
      'wrangler.jsonc': JSON.stringify(wrangler),
    })
    const environment = { ...magazine.environment, CLOUDFLARE_INCLUDE_PROCESS_ENV: 'true' }
    const site = await startDev('astro', environment, { folder: magazine.folder })
    onTestFinished(() => site.stop())
    const forwarded = { 'x-forwarded-for': '192.0.2.1' }
    const statuses = await Promise.all(
      [{}, forwarded, { ...forwarded, 'x-keyblok-local': '1' }].map(
        async (headers) => (await fetch(`${site.url}/membership`, { headers })).status,
      ),
    )
    expect(statuses).toEqual([200, 404, 404])
  })
})

describe('a site without an adapter', () => {
  const previewIsOff = /preview is off/g

  it('is built, with one line that says that preview is off', async () => {
    const magazine = await createMagazine({ ...configuration(), ...storyPage() })
    const output = await buildMagazine(magazine)
    expect(output.match(previewIsOff)).toHaveLength(1)
    expect(existsSync(join(magazine.folder, 'dist/articles/red-towers/index.html'))).toBe(true)
    expect(existsSync(join(magazine.folder, 'dist/membership/index.html'))).toBe(false)
  })

  it('says nothing of it with one', async () => {
    const magazine = await createMagazine({ ...configuration('', "node({ mode: 'standalone' })"), ...storyPage() })
    expect(await buildMagazine(magazine)).not.toMatch(previewIsOff)
  })

  it('shows drafts in dev, on pages of both kinds', async () => {
    const onDemand = printed['src/pages/printed.astro']!.replace('prerender = true', 'prerender = false')
    const magazine = await createMagazine({
      ...configuration(),
      ...storyPage(),
      'src/pages/live.astro': onDemand.replace("'about'", "'membership'"),
    })
    const site = await startMagazine(magazine, 'dev')
    for (const path of ['/membership', '/live']) {
      const page = await fetch(site.url + path)
      expect([page.status, page.headers.get('cache-control')], path).toEqual([200, 'private, no-store'])
      expect(await page.text(), path).toContain('Membership')
    }
    expect(site.output()).not.toMatch(previewIsOff)
  })
})
