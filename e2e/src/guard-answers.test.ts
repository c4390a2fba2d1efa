import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { build, startDev, startProduction } from '../../scripts/lib/playground.ts'
import type { Framework, RunningSite } from '../../scripts/lib/playground.ts'
import { launchBrowser } from './support/browser.ts'
import { createFixture, knownTokens } from './support/fixture.ts'
import { tokens } from './support/tokens.ts'

const stars = '*'.repeat(tokens.preview.length)

interface AnswerCase {
  framework: Framework
  /** A site with a page on demand that gives the token away. */
  files(guard: string): Record<string, string>
  /** Pages that a framework shows by itself, and that do so too. */
  errorPages: Record<string, string>
}

const cases: readonly AnswerCase[] = [
  {
    framework: 'astro',
    errorPages: {
      'src/pages/404.astro':
        '---\nexport const prerender = false\nconst token = process.env.STORYBLOK_PREVIEW_TOKEN\n---\n<p>{token}</p>',
      'src/pages/500.astro':
        '---\nexport const prerender = false\nconst token = process.env.STORYBLOK_PREVIEW_TOKEN\n---\n<p>{token}</p>',
      'src/pages/gone.astro': '---\nexport const prerender = false\nreturn new Response(null, { status: 404 })\n---\n',
      'src/pages/boom.astro': "---\nexport const prerender = false\nthrow new Error('boom')\n---\n",
    },
    files: (guard) => ({
      'astro.config.mjs': `import node from '@astrojs/node'\nimport keyblok from '@keyblok/astro'\nexport default { adapter: node({ mode: 'standalone' }), integrations: [keyblok({ guard: ${guard} })], vite: { server: { allowedHosts: ['tunnel.example'] } } }`,
      'src/pages/leak.astro':
        '---\nexport const prerender = false\nconst token = process.env.STORYBLOK_PREVIEW_TOKEN\n---\n<html><body><p>{token}</p></body></html>',
      'src/pages/headers.astro':
        "---\nexport const prerender = false\nconst token = process.env.STORYBLOK_PREVIEW_TOKEN\nAstro.response.headers.set('X-Leak', token)\nAstro.cookies.set('t', token)\n---\n<p>a</p>",
      'src/pages/fine.astro': '---\nexport const prerender = false\n---\n<p>fine</p>',
      'src/pages/thrown.astro':
        '---\nexport const prerender = false\nthrow new Error(`refused: ${process.env.STORYBLOK_PREVIEW_TOKEN}`)\n---\n',
    }),
  },
  {
    framework: 'sveltekit',
    errorPages: {},
    files: (guard) => ({
      'vite.config.js': `import { keyblok } from '@keyblok/sveltekit'\nimport adapter from '@sveltejs/adapter-node'\nimport { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit({ adapter: adapter() }), keyblok({ guard: ${guard} })], server: { allowedHosts: ['tunnel.example'] } }`,
      'src/hooks.server.js': `import { storyblokHandle } from '@keyblok/sveltekit/server'
import { redirect } from '@sveltejs/kit'
import { sequence } from '@sveltejs/kit/hooks'
export const handle = sequence(storyblokHandle(), ({ event, resolve }) => {
  if (event.url.pathname === '/gone') redirect(302, '/?t=' + process.env.STORYBLOK_PREVIEW_TOKEN)
  if (event.url.pathname === '/boom') throw new Error('boom')
  return resolve(event)
})`,
      'src/routes/leak/+page.server.js':
        'export const prerender = false\nexport const load = () => ({ token: process.env.STORYBLOK_PREVIEW_TOKEN })',
      'src/routes/leak/+page.svelte': '<script>\n  let { data } = $props()\n</script>\n<p>{data.token}</p>',
      'src/routes/headers/+server.js':
        "export const prerender = false\nexport const GET = ({ cookies }) => {\n  const token = process.env.STORYBLOK_PREVIEW_TOKEN\n  cookies.set('t', token, { path: '/' })\n  return new Response('a', { headers: { 'X-Leak': token } })\n}",
      'src/routes/fine/+page.server.js': 'export const prerender = false',
      'src/routes/fine/+page.svelte': '<p>fine</p>',
      'src/routes/thrown/+page.server.js': 'export const prerender = false',
      'src/routes/thrown/+page.svelte':
        '<script module>\n  if (import.meta.env.SSR) throw new Error(`refused: ${process.env.STORYBLOK_PREVIEW_TOKEN}`)\n</script>',
    }),
  },
]

describe.each(cases)('answers of a site in $framework', ({ framework, files, errorPages }) => {
  describe('in production', () => {
    /** Builds and starts a site; builds take the tokens of the site too. */
    async function start(guard: string, environment: Record<string, string> = {}): Promise<RunningSite> {
      const folder = createFixture(framework, { ...files(guard), ...errorPages })
      const { exitCode, output } = await build(framework, knownTokens, folder)
      expect(exitCode, output).toBe(0)
      const site = await startProduction(framework, { ...knownTokens, ...environment }, { folder })
      onTestFinished(() => site.stop())
      return site
    }

    it('are guarded where the site asks for it', async () => {
      const site = await start('{ responses: true }')
      const body = await (await fetch(`${site.url}/leak`)).text()
      expect(body).toContain(stars)
      expect(body).not.toContain(tokens.preview)
      expect(site.output()).toContain('GET /leak answered with the preview token (raw) in its body')
    })

    it('fail a run of tests, whatever the test looks at', async () => {
      const site = await start('{}', { STORYBLOK_ENVIRONMENT: 'test' })
      expect((await fetch(`${site.url}/fine`)).status).toBe(200)
      const answer = await fetch(`${site.url}/leak`)
        .then((response) => response.text())
        .catch(String)
      expect(answer).not.toContain(tokens.preview)
      const later = () =>
        fetch(`${site.url}/fine`).then(
          ({ status }) => status,
          () => 'ended',
        )
      await expect.poll(later).toSatisfy((outcome) => outcome === 500 || outcome === 'ended')
      expect(site.output()).toContain('KB_TOKEN_LEAKED')
    })

    it('are guarded in their headers and cookies', async () => {
      const site = await start('{ responses: true }')
      const response = await fetch(`${site.url}/headers`)
      expect(response.headers.get('X-Leak')).toBe(stars)
      expect(site.output()).toContain('GET /headers answered with the preview token (raw) in the header x-leak')
      expect(site.output()).toContain('GET /headers answered with the preview token (raw) in the header set-cookie')
    })

    it('are guarded where the framework makes them', async () => {
      const site = await start('{ responses: true }')
      for (const path of ['/gone', '/boom']) {
        const response = await fetch(site.url + path, { redirect: 'manual' })
        const received = [response.statusText, ...response.headers.values(), await response.text()].join('\n')
        expect(received, path).not.toContain(tokens.preview)
      }
      expect(site.output()).toContain('GET /gone answered with the preview token (raw)')
    })

    it('are not guarded otherwise, which is what the other tests are for', async () => {
      const site = await start('{}')
      expect(await (await fetch(`${site.url}/leak`)).text()).toContain(tokens.preview)
    })
  })

  describe('in dev', () => {
    let site: RunningSite
    let browser: Browser
    beforeAll(async () => {
      browser = await launchBrowser()
    })
    afterAll(() => browser.close())

    async function start(): Promise<RunningSite> {
      site = await startDev(framework, knownTokens, { folder: createFixture(framework, files('{}')) })
      onTestFinished(() => site.stop())
      return site
    }

    it('show a leak in the overlay, and no token', async () => {
      const { url } = await start()
      const page = await browser.newPage()
      await page.goto(`${url}/leak`)
      await page.locator('vite-error-overlay').waitFor({ timeout: 20_000 })
      const overlay = await page.locator('vite-error-overlay').evaluate((element) => element.shadowRoot?.textContent)
      expect(overlay).toContain('GET /leak answered with the preview token (raw) in its body')
      expect(await page.content()).not.toContain(tokens.preview)
      await page.close()
    })

    it('show no token in an error page or its overlay', async () => {
      const { url } = await start()
      const page = await browser.newPage()
      const received: string[] = []
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(String(payload))))
      page.on(
        'response',
        (response) =>
          void response.text().then(
            (body) => received.push(body),
            () => {},
          ),
      )
      await page.goto(`${url}/thrown`, { waitUntil: 'networkidle' })
      await expect.poll(() => received.join('\n')).toContain(`refused: ${stars}`)
      expect(received.join('\n')).not.toContain(tokens.preview)
      await page.close()
    })

    it('are guarded for whoever comes through a tunnel', async () => {
      const { url } = await start()
      const { hostname, port } = new URL(url)
      const headers = { Host: 'tunnel.example', 'X-Forwarded-For': '203.0.113.7', 'Accept-Encoding': 'gzip, br' }
      const outgoing = request({ hostname, port, path: '/leak', headers }).end()
      const [incoming] = await once(outgoing, 'response')
      const body = await text(incoming)
      expect(incoming.statusCode).toBe(200)
      expect(body).toContain(stars)
      expect(body).not.toContain(tokens.preview)
    })
  })
})
