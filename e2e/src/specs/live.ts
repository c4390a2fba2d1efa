import { describe, expect, it } from 'vitest'
import type { SiteUnderTest } from '../support/site.ts'
import { startProxy } from '../support/proxy.ts'
import { signedUrl } from '../support/signed-url.ts'
import { bridgeSpeaks, openStory, siteUrl, tell } from '../support/visual-editor.ts'

const headline = 'Autumn issue: the rock is finally cold'

/** The Visual Editor's unsaved words in the site's own page, in a frame at another site. */
export function describeLive(site: SiteUnderTest): void {
  const readDraft = async (slug: string): Promise<string> => {
    const query = new URLSearchParams({ version: 'draft', token: site.space.tokens.preview })
    return (await site.space.fetch(new Request(`http://space.test/v2/cdn/stories/${slug}?${query}`))).text()
  }

  describe('unsaved changes', () => {
    it('show while they are typed, to nobody else, and leave the page as it is', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, content } = story
      const heading = frame.getByRole('heading', { level: 1 })
      await expect.poll(() => heading.textContent()).toBe(headline)
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Hero/ }).click()
      await heading.evaluate((element) => {
        element.closest('section')!.dataset['stays'] = 'true'
        window.scrollTo(0, 120)
        Object.assign(window, { stays: true })
      })
      await story.type('headline', 'Spring, at last')
      await expect.poll(() => heading.textContent()).toBe('Spring, at last')
      expect(await frame.locator('body').evaluate(() => [scrollY, 'stays' in window])).toEqual([120, true])
      expect(await readDraft('home')).toContain(headline)
      expect(await (await fetch(`${site.url}/`)).text()).not.toContain('Spring, at last')
      expect(story.complaints).toEqual([])
    })

    it('move, duplicate, delete and add bloks', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, content, page } = story
      const first = () =>
        frame
          .locator('main [data-blok-c]')
          .evaluateAll((bloks) => JSON.parse(bloks[0]!.getAttribute('data-blok-c')!).name)
      await expect.poll(first).toBe('hero')
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Move .* 1 down$/ }).click()
      await expect.poll(first).not.toBe('hero')
      await content.getByRole('button', { name: /^Duplicate .* 2$/ }).click()
      await expect.poll(() => frame.locator('main .hero').count()).toBe(2)
      await content.getByRole('button', { name: /^Delete .* 2$/ }).click()
      await expect.poll(() => frame.locator('main .hero').count()).toBe(1)
      await content.getByText('Add to body').click()
      await content.getByRole('button', { name: 'Quote', exact: true }).click()
      await content.getByLabel('text').first().fill('Said just now')
      await expect.poll(() => frame.locator('main').textContent()).toContain('Said just now')
      expect(story.complaints).toEqual([])
      await page.close({ runBeforeUnload: false })
    })

    it('show a story that was not related before, with what that is related to', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, content } = story
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Featured/ }).click()
      const cards = frame.locator('main .card')
      const before = await cards.count()
      await content.getByRole('searchbox').last().fill('small gear')
      await content.getByRole('button', { name: /Small gear/ }).click()
      await expect.poll(() => cards.count()).toBe(before + 1)
      const card = frame.locator('.card', { hasText: 'Small gear' })
      await expect.poll(() => card.locator('.meta').textContent()).toContain('·')
      expect(await card.getByRole('link').getAttribute('href')).toContain('/articles/small-gear')
      expect(story.complaints).toEqual([])
    })

    it('show another picture and another link', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, content } = story
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Hero/ }).click()
      await content.getByRole('button', { name: 'Choose from the library' }).click()
      await content.getByRole('button', { name: 'Lightning over dark ridges' }).click()
      const picture = frame.locator('.hero img')
      await expect.poll(() => picture.getAttribute('src')).toContain('storm-front.jpg')
      expect(await picture.getAttribute('srcset')).toContain('storm-front.jpg')
      await content.getByRole('searchbox').last().fill('small')
      await content.getByRole('button', { name: 'Small gear' }).click()
      // An attribute alone changes.
      await expect.poll(() => frame.locator('.hero a.button').getAttribute('href')).toContain('/articles/small-gear')
    })

    it('show in the language that the editor shows', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, content, page } = story
      await page.getByLabel('Language').selectOption('de')
      await expect.poll(() => frame.locator('html').getAttribute('lang')).toBe('de')
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Hero/ }).click()
      await story.type('headline', 'Frühling, endlich')
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('Frühling, endlich')
    })

    it('show a release, which stays from page to page', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, page } = story
      await page.getByLabel('Release').selectOption('Winter issue')
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toContain('Winter issue')
      await bridgeSpeaks(story)
      await frame.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Articles' }).click()
      await frame.getByRole('link', { name: 'Chalkline' }).first().click()
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toContain('Winter issue')
    })

    it('show rich text, and data that bloks read', async () => {
      const story = await openStory(site, 'Reading granite')
      const { frame, content } = story
      await bridgeSpeaks(story)
      const body = content.getByRole('textbox', { name: 'body' })
      await body.press('Control+End')
      await body.pressSequentially(' The end.')
      await expect.poll(() => frame.locator('.prose').textContent()).toContain(' The end.')
    })

    it('come to the end state, however fast they come, and one at a time', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, page } = story
      await bridgeSpeaks(story)
      const draft = JSON.parse(await readDraft('home')) as { story: { id: number; content: { body: object[] } } }
      const states = Array.from({ length: 20 }, (_, index) => ({
        ...draft.story,
        content: { ...draft.story.content, body: [{ ...draft.story.content.body[0], headline: `State ${index}` }] },
      }))
      const before = story.asked.length
      await page.evaluate(
        async ([stories, origin]) => {
          const target = document.querySelector<HTMLIFrameElement>('#storyblok-preview')!.contentWindow!
          for (const unsaved of stories) {
            target.postMessage({ action: 'input', story: unsaved }, origin)
            await new Promise((resolve) => setTimeout(resolve, 50))
          }
        },
        [states, siteUrl(site)] as const,
      )
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('State 19')
      const posts = story.asked.slice(before).filter(({ url }) => url.includes('_keyblok/story'))
      expect(posts.length).toBeLessThanOrEqual(20)
      expect(story.mostAtOnce()).toBeLessThanOrEqual(1)
    })
  })

  describe('what an editor does', () => {
    it('shows when it is saved and published, and the page stays', async () => {
      const story = await openStory(site, 'About')
      const { frame, content, page } = story
      await bridgeSpeaks(story)
      await frame.locator('body').evaluate(() => Object.assign(window, { stays: true }))
      await content.locator('.bloks button').first().click()
      const field = content.getByLabel(/headline|text|title/).first()
      await field.fill('Saved by a person')
      await expect.poll(() => frame.locator('main').textContent()).toContain('Saved by a person')
      await story.save()
      await expect.poll(() => frame.locator('main').textContent()).toContain('Saved by a person')
      await page.getByRole('button', { name: 'Publish', exact: true }).click()
      await expect.poll(() => page.getByRole('status').textContent()).toBe('Published')
      await expect
        .poll(async () => (await fetch(`${site.url}/about`)).text(), { timeout: 15_000 })
        .toContain('Saved by a person')
      expect(await frame.locator('body').evaluate(() => 'stays' in window)).toBe(true)
      expect(story.complaints).toEqual([])
    })

    it('goes along to the new address when the slug changes, and shows when the story is gone', async () => {
      const story = await openStory(site, 'Membership')
      const { frame } = story
      await frame.getByRole('heading', { level: 1 }).waitFor()
      await bridgeSpeaks(story)
      const { story: draft } = JSON.parse(await readDraft('membership')) as { story: { id: number } }
      expect(site.space.move('membership', 'join-us')).toBe(true)
      await tell(story, site, { action: 'change', reload: true, slug: 'join-us', storyId: draft.id, slugChanged: true })
      await expect
        .poll(() => frame.locator('body').evaluate(() => location.pathname))
        .toMatch(/^(\/_preview)?\/join-us$/)
      if (site.framework === 'astro') await bridgeSpeaks(story, 2)
      expect(site.space.move('join-us', 'membership')).toBe(true)
      await tell(story, site, { action: 'change', reload: true, slug: 'join-us', storyId: draft.id })
      await expect.poll(() => frame.locator('body').textContent()).toMatch(/not found|no such page/i)
    })

    it('stays in the preview from page to page, and when the page is loaded again', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame } = story
      await bridgeSpeaks(story)
      await frame.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Articles' }).click()
      await expect.poll(() => frame.getByRole('link', { name: 'The next issue' }).count()).toBe(1)
      expect(await frame.locator('body').evaluate(() => location.search)).toContain('_keyblok=1')
      await frame.locator('body').evaluate(() => location.reload())
      await expect.poll(() => frame.getByRole('link', { name: 'The next issue' }).count()).toBe(1)
      await frame.getByRole('link', { name: 'The next issue' }).click()
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('The next issue')
    })

    it('stays in the preview where a form is sent', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame } = story
      await bridgeSpeaks(story)
      await frame.locator('body').evaluate((body) => {
        const form = '<form action="/articles"><input name="q" value="chalk"><button>Search</button></form>'
        body.insertAdjacentHTML('beforeend', form)
      })
      await frame.getByRole('button', { name: 'Search' }).click()
      await expect.poll(() => frame.getByRole('link', { name: 'The next issue' }).count()).toBe(1)
      expect(await frame.locator('body').evaluate(() => location.search)).toMatch(/q=chalk.*_keyblok=1/)
    })

    it('is told to the page before and after, which can do it in its own way or not at all', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, content } = story
      const heading = frame.getByRole('heading', { level: 1 })
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Hero/ }).click()
      await heading.evaluate((element) => {
        document.addEventListener('keyblok:before-update', (event) => event.preventDefault(), { once: true })
        document.addEventListener('keyblok:after-update', () => (document.title = 'updated'))
        element.dataset['before'] = element.textContent
      })
      await content.getByLabel('headline').fill('Not shown')
      await story.settled()
      expect(await heading.textContent()).toBe(headline)
      await content.getByLabel('headline').fill('Shown')
      await expect.poll(() => heading.textContent()).toBe('Shown')
      await expect.poll(() => frame.locator('body').evaluate(() => document.title)).toBe('updated')
      await frame.locator('head').evaluate((head) => {
        head.append(Object.assign(document.createElement('meta'), { name: 'keyblok', content: 'no-live' }))
      })
      await content.getByLabel('headline').fill('Not shown either')
      await story.settled()
      expect(await heading.textContent()).toBe('Shown')
    })
  })

  describe('a preview', () => {
    it('keeps no signature in the address, and what the editor shows', async () => {
      const { frame } = await openStory(site, 'Chalkline')
      await frame.getByRole('heading', { level: 1 }).waitFor()
      const address = () => frame.locator('body').evaluate(() => location.search)
      await expect.poll(address).not.toContain('_storyblok_tk')
      expect(await address()).toContain('_storyblok_lang=default')
    })

    it('shows the story, live, where the browser refuses the session, and says so', async () => {
      const story = await openStory(site, 'Chalkline', { url: await startProxy([site.url], { drops: /./ }) })
      const { frame, content } = story
      await bridgeSpeaks(story)
      expect(await frame.getByRole('heading', { level: 1 }).textContent()).toBe(headline)
      await content.getByRole('button', { name: /^Hero/ }).click()
      await content.getByLabel('headline').fill('Without any cookie')
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('Without any cookie')
      await expect
        .poll(() => frame.locator('keyblok-notice').evaluate((notice) => notice.shadowRoot?.textContent ?? ''))
        .toContain('keeps no preview session')
      await frame.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Articles' }).click()
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('Articles')
      // In dev whoever is at this machine sees drafts.
      const drafts = site.mode === 'production' ? 0 : 1
      expect(await frame.getByRole('link', { name: 'The next issue' }).count()).toBe(drafts)
    })

    // Over http SvelteKit takes the form for another site's: its server assumes https.
    it.runIf(site.framework === 'astro')('goes on in a tab where the browser refuses the frame’s session', async () => {
      const story = await openStory(site, 'Chalkline', { url: await startProxy([site.url], { drops: /Partitioned/ }) })
      const { frame, page } = story
      await bridgeSpeaks(story)
      const opened = page.context().waitForEvent('page')
      await frame.locator('keyblok-notice').getByRole('button', { name: 'Open in a tab' }).click()
      const tab = await opened
      await expect.poll(() => tab.getByRole('heading', { level: 1 }).textContent()).toBe(headline)
      expect(tab.url()).not.toMatch(/ticket|_storyblok_tk/)
      await tab.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Articles' }).click()
      await expect.poll(() => tab.getByRole('link', { name: 'The next issue' }).count()).toBe(1)
    })

    it('is left at top level, by a control that leads nowhere else', async () => {
      const page = await site.open('/about')
      await page.goto(signedUrl(`${site.url}/`, site.space))
      await page.locator('keyblok-notice').getByRole('link', { name: 'Leave' }).click()
      await expect.poll(() => page.url()).toBe(`${site.url}/`)
      expect(await page.locator('keyblok-notice').count()).toBe(0)
      const cookies = await page.context().cookies()
      expect(cookies.filter(({ name }) => name.includes('keyblok'))).toEqual([])
      await page.close()
    })
  })
}
