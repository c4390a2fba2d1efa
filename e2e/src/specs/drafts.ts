import { describe, expect, it } from 'vitest'
import type { SiteUnderTest } from '../support/site.ts'

const unpublished = [
  '/articles/after-dark',
  '/articles/the-next-issue',
  '/guides/fox-needle',
  '/membership',
  '/authors/tomo-hayashi',
]
const draftHeaders = {
  'cache-control': 'private, no-store',
  'cdn-cache-control': 'no-store',
  'x-robots-tag': 'noindex',
  'referrer-policy': 'same-origin',
}

/** Drafts, where they belong. */
export function describeDrafts(site: SiteUnderTest): void {
  if (site.mode === 'dev') describeDev(site)
  else describeProduction(site)
}

function describeDev(site: SiteUnderTest): void {
  describe('drafts in dev', () => {
    it('shows the draft, and says so', async () => {
      const page = await site.open('/')
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Autumn issue: the rock is finally cold')
      expect(await page.getByRole('status').innerText()).toContain('Draft')
    })

    it.each(unpublished)('shows %s, which was never published', async (path) => {
      const response = await fetch(`${site.url}${path}`)
      expect(response.status).toBe(200)
      expect(Object.fromEntries(response.headers)).toMatchObject(draftHeaders)
    })

    it.each([
      ['a forwarding header', { 'x-forwarded-for': '203.0.113.7' }],
      ['a tunnel’s header', { 'cf-connecting-ip': '203.0.113.7' }],
    ])('shows what is published to a request with %s', async (_name, headers) => {
      const home = await fetch(`${site.url}/`, { headers })
      const text = await home.text()
      expect(text).toContain('A quiet magazine about climbing')
      expect(text).not.toContain('Autumn issue')
      expect(home.headers.get('x-robots-tag')).toBeNull()
      for (const path of unpublished) expect((await fetch(`${site.url}${path}`, { headers })).status, path).toBe(404)
    })
  })
}

function describeProduction(site: SiteUnderTest): void {
  describe('drafts in production', () => {
    it('shows what is published', async () => {
      const page = await site.open('/')
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('A quiet magazine about climbing')
      expect(await page.getByRole('status').count()).toBe(0)
      expect(await page.content()).not.toContain('_editable')
    })

    it.each(unpublished)('answers 404 for %s, which was never published', async (path) => {
      const response = await fetch(`${site.url}${path}`)
      expect(response.status).toBe(404)
      expect(await response.text()).not.toMatch(/After dark|The next issue|Fox Needle|Membership opens|Tomo draws/)
    })

    it('leaves unpublished stories out of lists, relations and navigation', async () => {
      for (const path of ['/', '/articles', '/articles/the-quiet-season', '/guides']) {
        const text = await (await fetch(`${site.url}${path}`)).text()
        expect(text, path).not.toMatch(/After dark|The next issue|Fox Needle|Membership/)
      }
    })

    it.each([
      '?_storyblok=5009&_storyblok_c=page&_storyblok_tk[space_id]=100001',
      '?version=draft',
      '?_storyblok_version=draft&token=anything',
    ])('ignores %s', async (query) => {
      const text = await (await fetch(`${site.url}/${query}`)).text()
      expect(text).toContain('A quiet magazine about climbing')
      expect(text).not.toContain('Autumn issue')
    })

    it('shows a publish within the time that a cache version is kept', async () => {
      expect(site.space.publish('membership')).toBe(true)
      await expect.poll(async () => (await fetch(`${site.url}/membership`)).status, { timeout: 15_000 }).toBe(200)
      expect(site.space.unpublish('membership')).toBe(true)
      await expect.poll(async () => (await fetch(`${site.url}/membership`)).status, { timeout: 15_000 }).toBe(404)
    })
  })
}
