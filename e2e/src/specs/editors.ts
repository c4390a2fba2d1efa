import { describe, expect, it } from 'vitest'
import { signedUrl } from '../support/signed-url.ts'
import type { SiteUnderTest } from '../support/site.ts'
import { tokens, tokensIn } from '../support/tokens.ts'

/** A page that was never published, and what it says. */
const path = '/membership'

/** The Visual Editor at a site in production: it sees drafts by its signature, and by the session that this opens. */
export function describeEditors(site: SiteUnderTest): void {
  describe('editors in production', () => {
    it('see drafts, from the first page on', async () => {
      const opened = await fetch(signed(site), { redirect: 'manual' })
      expect(opened.status).toBe(303)
      expect(opened.headers.get('location')).toBe(`${path}?_storyblok=1`)
      expect(opened.headers.get('cache-control')).toBe('private, no-store')

      const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      const page = await fetch(`${site.url}${path}`, { headers: { cookie } })
      expect(page.status).toBe(200)
      expect(page.headers.get('cache-control')).toBe('private, no-store')
      expect(tokensIn(cookie + (await page.text()))).toEqual([])
      expect((await fetch(`${site.url}${path}`)).status).toBe(404)
    })

    it('see drafts in the editor’s frame without a redirect, with a partitioned session', async () => {
      const headers = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
      const page = await fetch(signed(site), { headers })
      expect([page.status, page.redirected]).toEqual([200, false])
      expect(page.headers.getSetCookie()[0]).toMatch(/^__Host-keyblok-\d+-frame=.*SameSite=None; Partitioned$/)
    })

    it('see drafts in a browser, where the address keeps no signature', async () => {
      const page = await site.open('/about')
      const response = await page.goto(signed(site))
      expect(response?.status()).toBe(200)
      expect(page.url()).toBe(`${site.url}${path}?_storyblok=1`)
      // The session goes on without the signature.
      expect((await page.goto(`${site.url}${path}`))?.status()).toBe(200)
      await page.goto(`${site.url}/about?_keyblok=leave`)
      expect(page.url()).toBe(`${site.url}/about`)
      expect((await page.goto(`${site.url}${path}`))?.status()).toBe(404)
    })

    it('see drafts in the frame of the Visual Editor, at another site, from page to page', async () => {
      const listener = await site.space.listen()
      site.space.setEnvironments([{ name: 'Site', location: site.url.replace('127.0.0.1', 'localhost') }])
      const page = await site.open('/about')
      await page.goto(`${listener.url}/editor/`)
      await page.getByRole('button', { name: 'Membership' }).click()
      const frame = page.frameLocator('#storyblok-preview')
      await frame.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => frame.getByRole('status').innerText()).toContain('Draft')
      await frame.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Articles' }).click()
      await expect.poll(() => frame.getByRole('link', { name: 'The next issue' }).count()).toBe(1)
      await page.close()
      await listener.close()
    })

    it.each([
      ['the public token’s signature', (other: SiteUnderTest) => signed(other, { token: tokens.public })],
      ['an old signature', (other: SiteUnderTest) => signed(other, { age: 3601 })],
      ['a signature that was tampered with', (other: SiteUnderTest) => `${signed(other)}0`],
    ])('are nobody with %s', async (_name, urlOf) => {
      const page = await fetch(urlOf(site), { redirect: 'manual' })
      expect(page.status).toBe(404)
      expect(page.headers.getSetCookie()).toEqual([])
    })

    it('are nobody with a session that was made up', async () => {
      const cookie = `__Host-keyblok-${site.space.id}=eyJ2IjoxfQ.AAAA`
      expect((await fetch(`${site.url}${path}`, { headers: { cookie } })).status).toBe(404)
    })
  })
}

/** The URL that the Visual Editor opens. */
function signed({ url, space }: SiteUnderTest, options?: Parameters<typeof signedUrl>[2]): string {
  return signedUrl(`${url}${path}`, space, options)
}
