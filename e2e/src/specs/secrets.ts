import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import type { SiteUnderTest } from '../support/site.ts'
import { tokens, tokensIn } from '../support/tokens.ts'

const paths = [
  '/',
  '/about',
  '/articles',
  '/articles/the-quiet-season',
  '/articles/no-such-article',
  '/guides',
  '/guides/kestrel-bay',
  '/authors/mira-okafor',
]

/** Files that a dev server could serve by mistake. */
const devFiles = [
  '/.env',
  '/.svelte-kit/generated/dev/env/config.js',
  '/.svelte-kit/generated/dev/env/config.js?raw',
  '/@id/virtual:keyblok/options',
  '/@id/__x00__virtual:keyblok/options',
  '/astro.config.ts',
  '/vite.config.ts',
  '/src/env.ts',
]

/** No token in anything that a browser gets. */
export function describeSecrets(site: SiteUnderTest): void {
  describe('secrets', () => {
    it('sends no token to the browser: bodies, headers, scripts and addresses', async () => {
      const page = await site.open('/')
      const found = await watch(page, async () => {
        for (const path of paths) await page.goto(`${site.url}${path}`, { waitUntil: 'networkidle' })
        // In the client too: a link that the framework follows itself.
        await page.goto(`${site.url}/articles`, { waitUntil: 'networkidle' })
        await page.getByRole('link', { name: 'Reading granite' }).click()
        await page.waitForURL('**/articles/reading-granite')
      })
      expect(found.seen).toBeGreaterThan(paths.length)
      expect(found.leaks).toEqual([])
    })

    it('asks Storyblok from the server only', async () => {
      const page = await site.open('/articles')
      const asked: string[] = []
      page.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await page.reload({ waitUntil: 'networkidle' })
      await page.getByRole('link', { name: 'Reading granite' }).click()
      await page.waitForURL('**/articles/reading-granite')
      expect(asked).toContain('/articles')
      expect(asked.filter((path) => path.startsWith('/v2/cdn'))).toEqual([])
    })

    it.each(site.mode === 'dev' ? devFiles : [])('serves no token at %s', async (path) => {
      const response = await fetch(`${site.url}${path}`)
      expect(tokensIn(await response.text())).toEqual([])
    })

    it('prints no token', async () => {
      for (const path of paths) await fetch(`${site.url}${path}`)
      expect(tokensIn(site.output)).toEqual([])
    })

    it('is accused of no leak', async () => {
      for (const path of paths) await fetch(`${site.url}${path}`)
      expect(site.output).not.toContain('KB_TOKEN_LEAKED')
    })

    it('would notice a token: in a body, in a header, in an address', async () => {
      const server = createServer((_request, response) => {
        const leaks = { 'content-type': 'text/html', 'x-token': tokens.public }
        response.writeHead(200, leaks).end(`<p>${tokens.preview}</p><img src="/?token=${tokens.public}">`)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const page = await site.open('/')
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
      const { leaks } = await watch(page, () => page.goto(url, { waitUntil: 'networkidle' }))
      server.close()
      server.closeAllConnections()
      expect(leaks).toEqual(
        expect.arrayContaining([
          expect.stringContaining('body'),
          expect.stringContaining('headers'),
          expect.stringContaining('address'),
        ]),
      )
    })
  })
}

/** Records where a token shows while a page does something. */
async function watch(page: Page, run: () => Promise<unknown>): Promise<{ seen: number; leaks: string[] }> {
  const checks: Promise<void>[] = []
  const leaks: string[] = []
  const note = (where: string, path: string, text: string): void => {
    for (const kind of tokensIn(text)) leaks.push(`${kind} token in the ${where} of ${path}`)
  }
  page.on('response', (response) => {
    checks.push(
      (async () => {
        const path = new URL(response.url()).pathname
        note('address', path, response.url())
        note('headers', path, JSON.stringify(await response.allHeaders()))
        // A redirect has no body to read.
        note('body', path, await response.text().catch(() => ''))
      })(),
    )
  })
  await run()
  await Promise.all(checks)
  return { seen: checks.length, leaks }
}
