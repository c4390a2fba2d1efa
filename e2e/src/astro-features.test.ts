import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startProduction } from '../../scripts/lib/playground.ts'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { launchBrowser } from './support/browser.ts'
import {
  buildMagazine,
  configuration,
  createMagazine,
  filesOf,
  onDemand,
  startMagazine,
  storyPage,
  twoLanguages,
} from './support/magazine.ts'
import type { Magazine } from './support/magazine.ts'
import { signedUrl } from './support/signed-url.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A visitor's browser, with what its console complains of. */
interface Visitor {
  page: Page
  complaints: string[]
}

async function openBrowser(): Promise<Visitor> {
  const context: BrowserContext = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  return { page, complaints }
}

describe('a site of prerendered pages and pages on demand, with a content security policy', () => {
  const cleanings: (() => void | Promise<void>)[] = []
  let magazine: Magazine
  let site: RunningSite
  let built: string

  beforeAll(async () => {
    const atEnd = (clean: () => void | Promise<void>): void => void cleanings.unshift(clean)
    const options = `security: { csp: true }, i18n: { locales: ['en', 'de'], defaultLocale: 'en' }`
    magazine = await createMagazine(
      {
        ...twoLanguages,
        ...storyPage(),
        ...onDemand({ ...storyPage('live'), ...storyPage('de', 'de') }),
        ...filesOf('features'),
        ...configuration(options, "node({ mode: 'standalone' })"),
      },
      atEnd,
    )
    built = await buildMagazine(magazine)
    site = await startMagazine(magazine, 'production', atEnd)
  })
  afterAll(async () => {
    for (const clean of cleanings) await clean()
  })

  /** Opens an editor's session, as a header. */
  async function openSession(): Promise<{ cookie: string }> {
    const opened = await fetch(signedUrl(`${site.url}/live/membership`, magazine.space), { redirect: 'manual' })
    return { cookie: opened.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }

  const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }

  it('looks at no request while it prerenders: Astro warns of the page that does', () => {
    const warnings = built.split('\n').filter((line) => line.includes('`Astro.request.headers` was used'))
    expect(warnings).toEqual([expect.stringContaining('src/pages/looks-at-request.astro')])
  })

  it.each([
    ['a page', '/live/membership', 404, 'Nothing here'],
    ['an endpoint', '/live.json', 200, 'Red towers'],
    ['a page that rewrites', '/rewritten', 404, 'Nothing here'],
    ['a page that redirects', '/redirected', 302, ''],
  ])('shows visitors what is published, by %s', async (_name, path, status, words) => {
    const response = await fetch(site.url + path, { redirect: 'manual' })
    const text = await response.text()
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, null])
    expect(text).toContain(words)
    expect(text).not.toContain('Membership')
  })

  it.each([
    ['a page', '/live/membership', 200, '<h1'],
    ['a page that is missing', '/live/no-such-page', 404, 'Nothing here'],
    ['an endpoint', '/live.json', 200, '"Membership"'],
    ['a page that rewrites', '/rewritten', 200, '<h1'],
    ['a page that redirects', '/redirected', 302, ''],
  ])('shows editors drafts, which no cache keeps, by %s', async (_name, path, status, words) => {
    const response = await fetch(site.url + path, { headers: await openSession(), redirect: 'manual' })
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, 'private, no-store'])
    expect(await response.text()).toContain(words)
  })

  it('reads in the language of the page that it rewrites to', async () => {
    const response = await fetch(`${site.url}/rewritten-in-german`)
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('lang="de"')])
  })

  it('reads with the right of the request in actions too', async () => {
    const visitor = await fetch(`${site.url}/_actions/find`, post)
    expect([await visitor.text(), visitor.headers.get('cache-control')]).toEqual(['["Nothing new"]', null])
    const headers = { ...post.headers, ...(await openSession()) }
    const editor = await fetch(`${site.url}/_actions/find`, { ...post, headers })
    expect([await editor.text(), editor.headers.get('cache-control')]).toEqual(['["Membership"]', 'private, no-store'])
  })

  it('prerenders endpoints with what is published, for editors too', async () => {
    const names = await (await fetch(`${site.url}/printed.json`, { headers: await openSession() })).json()
    expect(names).toContain('Red towers')
    expect(names).not.toContain('Membership')
  })

  it.each([
    ['/island', 'en'],
    ['/de/island', 'de'],
  ])('fills the server island of %s in its language, for visitors and editors', async (path, language) => {
    const { page, complaints } = await openBrowser()
    const island = page.locator('.island')
    await page.goto(site.url + path)
    await expect.poll(() => island.innerText()).toBe(`Nothing new (${language}, published)`)
    await page.goto(signedUrl(`${site.url}/live/membership`, magazine.space))
    const answer = page.waitForResponse(/_server-islands/)
    await page.goto(site.url + path)
    await expect.poll(() => island.innerText()).toBe(`Membership (${language}, draft)`)
    expect((await answer).headers()['cache-control']).toBe('private, no-store')
    expect(complaints).toEqual([])
  })

  it('has no script or style blocked: prerendered, on demand, and as a draft', async () => {
    const { page, complaints } = await openBrowser()
    const paths = ['/', '/live/about', '/de', signedUrl('/live/membership', magazine.space)]
    for (const path of paths) {
      await page.goto(site.url + path)
      const color = await page.locator('h1').evaluate((title) => getComputedStyle(title).color)
      expect(color, path).toBe('rgb(1, 2, 3)')
    }
    expect(complaints).toEqual([])
  })

  it('has others’ inline scripts blocked, so the policy is there', async () => {
    const { page, complaints } = await openBrowser()
    await page.goto(`${site.url}/inline-script`)
    expect(complaints).toEqual([expect.stringContaining('Content Security Policy')])
  })

  it('shows its page for outages as it is', async () => {
    const environment = { ...magazine.environment, STORYBLOK_API_URL: 'http://127.0.0.1:9' }
    const cutOff = await startProduction('astro', environment, { folder: magazine.folder })
    onTestFinished(() => cutOff.stop())
    const { page, complaints } = await openBrowser()
    const response = await page.goto(`${cutOff.url}/live/about`)
    expect(response?.status()).toBe(503)
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).maxWidth)).toBe('800px')
    expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([])
  })
})

describe('a site with view transitions', () => {
  const head = `---
import { ClientRouter } from 'astro:transitions'
---

<ClientRouter />
<script>
  import { storyHref } from '@keyblok/astro/stories'
  import { space } from '../storyblok/stories'
  document.documentElement.dataset.about = storyHref('about', space)
</script>
`

  it.each(['production', 'dev'] as const)(
    'goes from story to story without loading, and writes links in the browser as on the server, in %s',
    async (how) => {
      const magazine = await createMagazine({
        ...configuration(`output: 'server', base: '/docs', trailingSlash: 'always',`, "node({ mode: 'standalone' })"),
        ...storyPage(),
        'src/components/Head.astro': head,
      })
      if (how === 'production') await buildMagazine(magazine)
      const site = await startMagazine(magazine, how)
      const { page, complaints } = await openBrowser()
      await page.goto(`${site.url}/docs/articles/red-towers/`)
      await expect.poll(() => page.locator('html').getAttribute('data-about')).toBe('/docs/about/')
      await page.evaluate(() => Object.assign(globalThis, { same: true }))
      await page.getByRole('link', { name: 'Reading granite' }).click()
      await page.getByRole('heading', { level: 1, name: 'Reading granite' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/docs/articles/reading-granite/')
      expect(await page.evaluate(() => 'same' in globalThis)).toBe(true)
      expect(complaints).toEqual([])
    },
  )
})

describe('a page that falls back to another language’s file', () => {
  it('shows the story in the language of the address', async () => {
    const [page = ''] = Object.values(storyPage('articles'))
    const magazine = await createMagazine({
      ...configuration(
        `i18n: { locales: ['en', 'de'], defaultLocale: 'en', fallback: { de: 'en' }, routing: { fallbackType: 'rewrite' } }`,
      ),
      ...twoLanguages,
      'src/pages/articles/[slug].astro': page
        .replace(/storyPaths\(.*\)/, `() => [{ params: { slug: 'red-towers' } }]`)
        .replace('Astro.params.slug', '`articles/${Astro.params.slug}`'),
    })
    await buildMagazine(magazine)
    const site = await startMagazine(magazine, 'preview')
    const german = await (await fetch(`${site.url}/de/articles/red-towers`)).text()
    expect(german).toContain('Vier Tage auf Sandstein')
    expect(german).toContain('<html lang="de"')
  })
})
