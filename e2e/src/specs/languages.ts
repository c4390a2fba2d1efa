import { describe, expect, it } from 'vitest'
import type { SiteUnderTest } from '../support/site.ts'

/** The demo space in its second language. */
export function describeLanguages(site: SiteUnderTest): void {
  describe('languages', () => {
    it('are switched on the page that is shown, by its own slug in each', async () => {
      const page = await site.open('/articles/red-towers')
      await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'Deutsch' }).click()
      await page.getByRole('heading', { level: 1, name: 'Rote Türme' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/de/articles/rote-tuerme')
      expect(await page.locator('html').getAttribute('lang')).toBe('de')
      await page.getByRole('navigation', { name: 'Sprache' }).getByRole('link', { name: 'English' }).click()
      await page.getByRole('heading', { level: 1, name: 'Red towers' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/articles/red-towers')
    })

    it.each(['/', '/articles'])('are switched where the slug stays the same: %s', async (path) => {
      const page = await site.open(path)
      const title = page.getByRole('heading', { level: 1 })
      const english = await title.innerText()
      await page.getByRole('navigation', { name: 'Language' }).getByRole('link', { name: 'Deutsch' }).click()
      await page.getByRole('navigation', { name: 'Sprache' }).waitFor()
      await expect.poll(() => title.innerText()).not.toBe(english)
      await page.getByRole('navigation', { name: 'Sprache' }).getByRole('link', { name: 'English' }).click()
      await expect.poll(() => title.innerText()).toBe(english)
    })

    it('are kept by links, and by the navigation', async () => {
      const page = await site.open('/de')
      await page.getByRole('navigation', { name: 'Hauptmenü' }).getByRole('link', { name: 'Artikel' }).click()
      await page.waitForURL('**/de/articles')
      await page.locator('.cards h2 a').first().click()
      await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/de\/articles\/.+/)
    })

    it('are translated on prerendered pages, relations and datasources too', async () => {
      const guide = await (await fetch(`${site.url}/de/guides/silberwald`)).text()
      expect(guide).toContain('Silberwald')
      expect(guide).toContain('Gestein')
      const article = await (await fetch(`${site.url}/de/articles/granit-lesen`)).text()
      expect(article).toContain('Technik')
    })

    it('show the default language where a translation is missing', async () => {
      const page = await site.open('/de/articles/notes-on-falling')
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Notes on falling')
      expect(await page.locator('html').getAttribute('lang')).toBe('de')
    })

    it('say where the page is in each, for search engines', async () => {
      const html = await (await fetch(`${site.url}/about`)).text()
      const alternates = [...html.matchAll(/<link rel="alternate" hreflang="(\w+)" href="([^"]+)"/g)]
      expect(alternates.map(([, language, href]) => [language, href])).toEqual([
        ['en', '/about'],
        ['de', '/de/ueber-uns'],
      ])
    })

    it.each(['/fr', '/fr/articles/red-towers', '/de/articles/no-such-article'])(
      'are those of the space: %s',
      async (path) => {
        expect((await fetch(`${site.url}${path}`)).status).toBe(404)
      },
    )
  })
}
