import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser } from 'playwright'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { launchBrowser } from './support/browser.ts'
import { buildMagazine, createMagazine, filesOf, onDemand, startMagazine, storyPage } from './support/magazine.ts'
import type { Magazine } from './support/magazine.ts'
import { bridgeSpeaks, openStory } from './support/visual-editor.ts'
import type { OpenStory, PreviewedSite } from './support/visual-editor.ts'

const headline = 'Autumn issue: the rock is finally cold'

describe('a page of Astro with islands, a router and a content security policy', () => {
  const cleanings: (() => void | Promise<void>)[] = []
  let browser: Browser
  let site: PreviewedSite

  beforeAll(async () => {
    const atEnd = (clean: () => void | Promise<void>): void => void cleanings.unshift(clean)
    browser = await launchBrowser()
    atEnd(() => browser.close())
    const magazine: Magazine = await createMagazine({ ...onDemand(storyPage()), ...filesOf('live') }, atEnd)
    await buildMagazine(magazine)
    const running: RunningSite = await startMagazine(magazine, 'production', atEnd)
    site = { url: running.url, space: magazine.space, newPage: () => browser.newPage() }
  })
  afterAll(async () => {
    for (const clean of cleanings) await clean()
  })

  async function openHome(): Promise<OpenStory> {
    const story = await openStory(site, 'Chalkline')
    await bridgeSpeaks(story)
    await story.content.getByRole('button', { name: /^Hero/ }).click()
    return story
  }

  it('keeps what its reader did: an island’s state, focus, selection, scroll position and what is open', async () => {
    const story = await openHome()
    const { frame, content } = story
    const counter = frame.locator('.counter')
    await expect.poll(() => counter.textContent()).toBe(`${headline} 0`)
    await counter.click()
    await counter.click()
    await frame.locator('summary').click()
    await frame.locator('.scrolls').evaluate((element) => (element.scrollTop = 100))
    await frame.locator('.field').fill('Somebody typed this')
    await frame.locator('.field').evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 5))
    await content.getByLabel('headline').evaluate((field: HTMLInputElement) => {
      field.value = 'Changed'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await expect.poll(() => counter.textContent()).toBe('Changed 2')
    const kept = await frame.locator('.field').evaluate((field: HTMLInputElement) => ({
      value: field.value,
      isFocused: document.activeElement === field,
      selection: [field.selectionStart, field.selectionEnd],
      isOpen: document.querySelector('details')!.open,
      scrolled: document.querySelector('.scrolls')!.scrollTop,
    }))
    expect(kept).toEqual({
      value: 'Somebody typed this',
      isFocused: true,
      selection: [2, 5],
      isOpen: true,
      scrolled: 100,
    })
    expect(story.complaints).toEqual([])
  })

  it('leaves alone the parts that ask for it', async () => {
    const { frame, content } = await openHome()
    await content.getByLabel('headline').fill('Changed')
    await expect.poll(() => frame.locator('.headline').textContent()).toBe('Changed')
    expect(await frame.locator('.kept').textContent()).toBe(headline)
  })

  it('fills its server islands again, as drafts', async () => {
    const story = await openHome()
    const { frame, content } = story
    await expect.poll(() => frame.locator('.island').textContent()).toBe('Membership')
    await content.getByLabel('headline').fill('Changed')
    await expect.poll(() => frame.locator('.headline').textContent()).toBe('Changed')
    await expect.poll(() => frame.locator('.island').allTextContents()).toEqual(['Membership'])
    expect(story.complaints).toEqual([])
  })

  it('says so where Storyblok’s bridge cannot be loaded, or the server cannot be reached', async () => {
    const page = await browser.newPage()
    await page.route('**/_astro/esm.*.js', (route) => route.abort())
    const { frame } = await openStory({ ...site, newPage: async () => page }, 'Chalkline')
    const notice = () => frame.locator('keyblok-notice').evaluate((element) => element.shadowRoot?.textContent ?? '')
    await expect.poll(notice).toContain('Load the page again')

    const story = await openHome()
    await story.page.route('**/_keyblok/story', (route) => route.abort())
    await story.content.getByLabel('headline').fill('Offline')
    const failed = () =>
      story.frame.locator('keyblok-notice').evaluate((element) => element.shadowRoot?.textContent ?? '')
    await expect.poll(failed).toContain('Load the page again')
    await story.page.unroute('**/_keyblok/story')
    await story.content.getByLabel('headline').fill('Online again')
    await expect.poll(() => story.frame.locator('.headline').textContent()).toBe('Online again')
    await expect.poll(() => story.frame.locator('keyblok-notice').count()).toBe(0)
  })

  it('stays live after its router showed another page', async () => {
    const story = await openHome()
    const { frame, page } = story
    await frame.locator('body').evaluate(() => Object.assign(window, { stays: true }))
    await frame.getByRole('link', { name: 'About', exact: true }).click()
    await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('About')
    await frame.getByRole('link', { name: 'Chalkline', exact: true }).click()
    await expect.poll(() => frame.locator('.headline').textContent()).toBe(headline)
    expect(await frame.locator('body').evaluate(() => 'stays' in window)).toBe(true)
    await page.getByRole('complementary', { name: 'Content' }).getByLabel('headline').fill('After the router')
    await expect.poll(() => frame.locator('.headline').textContent()).toBe('After the router')
  })
})

describe('a page of Astro without a content security policy', () => {
  it('runs scripts that come with an update', async () => {
    const browser = await launchBrowser()
    const cleanings: (() => void | Promise<void>)[] = [() => browser.close()]
    try {
      const files = filesOf('live')
      const magazine = await createMagazine({
        ...onDemand(storyPage()),
        ...files,
        'astro.config.mjs': files['astro.config.mjs']!.replace('  security: { csp: true },\n', ''),
      })
      await buildMagazine(magazine)
      const { url } = await startMagazine(magazine, 'production')
      const story = await openStory({ url, space: magazine.space, newPage: () => browser.newPage() }, 'Chalkline')
      await bridgeSpeaks(story)
      await story.content.getByRole('button', { name: /^Hero/ }).click()
      await story.content.getByLabel('headline').fill('Script of today')
      await expect.poll(() => story.frame.locator('body').getAttribute('data-ran')).toBe('Script of today')
    } finally {
      for (const clean of cleanings) await clean()
    }
  })
})
