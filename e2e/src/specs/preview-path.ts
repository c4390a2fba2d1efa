import { describe, expect, it } from 'vitest'
import { signedUrl } from '../support/signed-url.ts'
import type { SiteUnderTest } from '../support/site.ts'
import { bridgeSpeaks, openStory } from '../support/visual-editor.ts'

const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }

/** Pages that are prerendered for visitors, and shown as drafts to editors below a path of their own, by one deployment. */
export function describePreviewPath(site: SiteUnderTest): void {
  describe('the preview’s path', () => {
    const path = '/_preview/guides/fox-needle'

    it('shows drafts to editors, and nobody else anything', async () => {
      const opened = await fetch(signedUrl(`${site.url}${path}`, site.space), { headers: framed })
      expect(opened.status).toBe(200)
      expect(opened.headers.get('cache-control')).toBe('private, no-store')
      expect(await opened.text()).toContain('<h1>Fox Needle</h1>')
      const visitor = await fetch(`${site.url}${path}`, { redirect: 'manual' })
      expect([visitor.status, visitor.headers.get('location')]).toEqual([307, '/guides/fox-needle'])
      expect((await fetch(`${site.url}/guides/fox-needle`)).status).toBe(404)
    })

    it.each(['/_preview//evil.example', String.raw`/_preview/\evil.example`, '/_preview/%2F%2Fevil.example'])(
      'sends nobody to another host: %s',
      async (other) => {
        const { headers } = await fetch(site.url + other, { redirect: 'manual' })
        expect(new URL(headers.get('location') ?? '/', site.url).origin).toBe(site.url)
      },
    )

    it('has the unsaved words of editors, and keeps them there from page to page', async () => {
      const story = await openStory(site, 'Fox Needle', { prefix: '/_preview/' })
      const { frame, content } = story
      await bridgeSpeaks(story)
      await content.getByLabel('title').first().fill('Fox Needle, unsaved')
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('Fox Needle, unsaved')
      await frame.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Guides' }).click()
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('Crag guides')
      await expect.poll(() => frame.getByRole('link', { name: /Fox Needle/ }).count()).toBe(1)
      await frame.getByRole('link', { name: /Silverwood/ }).click()
      await expect
        .poll(() => frame.locator('body').evaluate(() => location.pathname))
        .toBe('/_preview/guides/silverwood')
      expect(story.complaints).toEqual([])
    })
  })
}
