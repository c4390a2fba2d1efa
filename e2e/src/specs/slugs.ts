import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { SiteUnderTest } from '../support/site.ts'

const hostile = [
  '/home%3Fversion=draft',
  '/home%3Fversion=draft&x=',
  '/home%3Fversion%3Ddraft%26x%3D',
  '/home%253Fversion=draft',
  '/home%23',
  '/..%2Fspaces%2Fme',
  '/..%252Fspaces%252Fme',
  '/%2e%2e%2fspaces%2fme',
  '/articles/..%2F..%2Fmembership',
  '/articles/%2e%2e%2fmembership',
  '/home%00',
  '/home%0d%0aversion:draft',
  '/articles%5C..%5Cmembership',
  '/articles/%F0%9F%A7%97',
  '/5009',
  `/${'a'.repeat(5000)}`,
]

/** Paths that try to change what is read. */
export function describeSlugs(site: SiteUnderTest): void {
  describe('hostile paths', () => {
    it.each(hostile)('finds nothing at %s', async (path) => {
      const { status, body } = await get(site.url, path)
      expect([400, 404]).toContain(status)
      expect(body).not.toMatch(/Autumn issue|Membership opens|language_codes/)
    })

    it('answers a path that is no text with an error', async () => {
      // The framework answers before any code of a site runs; Vite’s dev server says 500.
      expect((await get(site.url, '/%ff')).status).toBeGreaterThanOrEqual(400)
    })

    it('finds a page by its plain path, so the paths above could have found it', async () => {
      expect((await get(site.url, '/about')).status).toBe(200)
    })
  })
}

/** Sends a path as it is: `fetch` would resolve dots first. The header makes dev servers show what visitors see. */
function get(origin: string, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { 'x-forwarded-for': '203.0.113.7' } }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
      .on('error', reject)
      .end()
  })
}
