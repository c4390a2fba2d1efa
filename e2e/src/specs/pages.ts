import { describe, expect, it } from 'vitest'
import type { SiteUnderTest } from '../support/site.ts'

/** What a visitor sees, whichever the version. */
export function describePages(site: SiteUnderTest): void {
  describe('pages', () => {
    it('leads from the front page to a list and to an article', async () => {
      const page = await site.open('/')
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Articles' }).click()
      await page.getByRole('heading', { level: 1, name: 'Articles' }).waitFor()
      await page.getByRole('link', { name: 'Reading granite' }).click()
      await page.getByRole('heading', { level: 1, name: 'Reading granite' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/articles/reading-granite')
    })

    it('sorts the list of articles, newest first', async () => {
      const page = await site.open('/articles')
      const titles = await page.locator('.cards h2').allInnerTexts()
      const order = ['Reading granite', 'Small gear, long thoughts', 'Notes on falling'].map((title) =>
        titles.indexOf(title),
      )
      expect(order).toEqual(order.toSorted((a, b) => a - b))
      expect(order).not.toContain(-1)
    })

    it('shows related stories: the author, the category and what to read next', async () => {
      const page = await site.open('/articles/reading-granite')
      expect(await page.getByRole('link', { name: 'Jonas Lindqvist' }).getAttribute('href')).toBe(
        '/authors/jonas-lindqvist',
      )
      expect(await page.locator('.meta').first().innerText()).toContain('Technique')
      expect(await page.locator('aside h3').allInnerTexts()).toContain('Small gear, long thoughts')
    })

    it('shows rich text with links, marks and an embedded blok', async () => {
      const page = await site.open('/articles/the-quiet-season')
      const text = page.locator('.prose')
      expect(await text.getByRole('link', { name: 'Fingers remember' }).getAttribute('href')).toBe(
        '/articles/fingers-remember',
      )
      expect(await text.locator('strong').innerText()).toBe('Two hours is enough.')
      expect(await text.locator('blockquote').innerText()).toContain('Friction is the only thing')
    })

    it('shows nested bloks on a prerendered page', async () => {
      const page = await site.open('/guides/kestrel-bay')
      expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([
        'The Ferryman',
        'Salt and Iron',
        'Kestrel Corner',
      ])
    })

    it('shows the pictures of the asset library', async () => {
      const page = await site.open('/')
      const hero = page.locator('.hero img')
      await expect.poll(() => hero.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
    })

    it('answers 404 with a page of the site', async () => {
      const page = await site.open('/articles/no-such-article')
      const response = await page.request.get(`${site.url}/articles/no-such-article`)
      expect(response.status()).toBe(404)
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Not found')
    })

    it('logs no error or warning in the browser, in a wide window and in a narrow one', async () => {
      const page = await site.open('/')
      const logged: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') logged.push(message.text())
      })
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 })
        for (const path of ['/', '/articles', '/articles/the-quiet-season', '/guides/kestrel-bay']) {
          await page.goto(`${site.url}${path}`, { waitUntil: 'load' })
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0)
        }
      }
      expect(logged).toEqual([])
    })
  })
}
