import { describe, expect, it } from 'vitest'
import type { SiteUnderTest } from '../support/site.ts'
import { bridgeSpeaks, openStory, siteUrl } from '../support/visual-editor.ts'

const headline = 'Autumn issue: the rock is finally cold'

/** The Visual Editor's unsaved words in the site's own page, in a frame at another site. */
export function describeLive(site: SiteUnderTest): void {
  describe('live editing', () => {
    it('shows what is typed before it is saved, and keeps what the reader did', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, page, content } = story
      const heading = frame.getByRole('heading', { level: 1 })
      await expect.poll(() => heading.textContent()).toBe(headline)
      await page.locator('.messages summary').click()
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Hero/ }).click()
      await frame.locator('body').evaluate((body) => {
        const details = document.createElement('details')
        details.open = true
        details.dataset['keyblokLive'] = 'off'
        body.append(details)
        body.ownerDocument.defaultView!.scrollTo(0, 200)
        Object.assign(window, { stays: true })
      })
      await story.type('headline', 'Spring, at last')
      await expect.poll(() => heading.textContent()).toBe('Spring, at last')
      expect(await frame.locator('body').evaluate(() => ({ y: scrollY, stays: 'stays' in window }))).toEqual({
        y: 200,
        stays: true,
      })
      const visitor = await fetch(`${site.url}/`)
      expect(await visitor.text()).not.toContain('Spring, at last')
      expect(story.complaints).toEqual([])
    })

    it('takes the signature out of the address, and leaves the language in it', async () => {
      const { frame } = await openStory(site, 'Chalkline')
      await frame.getByRole('heading', { level: 1 }).waitFor()
      const address = () => frame.locator('body').evaluate(() => location.search)
      await expect.poll(address).not.toContain('_storyblok_tk')
      expect(await address()).toContain('_storyblok_lang=default')
    })
  })
  void siteUrl
}
