import type { Listener, LocalSpace } from '@keyblok/space'
import type { Browser, FrameLocator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDemoSpace } from '../../scripts/lib/demo-space.ts'
import { startBridgeSite } from './support/bridge-site.ts'
import type { BridgeSite } from './support/bridge-site.ts'
import { launchBrowser } from './support/browser.ts'
import { tokens, tokensIn } from './support/tokens.ts'

const headline = 'Autumn issue: the rock is finally cold'

describe('the local space’s Visual Editor', () => {
  let browser: Browser
  let space: LocalSpace
  let listener: Listener
  let site: BridgeSite
  let page: Page
  let frame: FrameLocator

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    space = createDemoSpace(tokens)
    listener = await space.listen()
    site = await startBridgeSite(space, listener.url)
    space.setEnvironments([{ name: 'Site', location: site.url }])
    page = await browser.newPage()
    frame = page.frameLocator('#storyblok-preview')
  })
  afterEach(async () => {
    await page.close()
    await site.close()
    await listener.close()
    space.close()
  })

  async function openHome(): Promise<void> {
    await page.goto(`${listener.url}/editor/`)
    await page.getByRole('button', { name: 'Chalkline' }).click()
    await expect.poll(() => frame.locator('header p').textContent()).toBe(headline)
  }

  const content = () => page.getByRole('complementary', { name: 'Content' })

  const readHeadline = async (version: 'draft' | 'published') => {
    const query = new URLSearchParams({ version, token: tokens.preview })
    const response = await fetch(`${listener.url}/v2/cdn/stories/home?${query}`)
    const { story } = (await response.json()) as { story: { content: { body: { headline: string }[] } } }
    return story.content.body[0]?.headline
  }

  it('selects the blok that is clicked in the page, and shows it there', async () => {
    await openHome()
    await frame.locator('header p').click()
    await expect.poll(() => content().getByLabel('headline').inputValue()).toBe(headline)
    await expect.poll(() => frame.locator('header').getAttribute('data-blok-focused')).toBe('true')
  })

  it('shows what is typed in the page, before it is saved', async () => {
    await openHome()
    await frame.locator('header p').click()
    await content().getByLabel('headline').fill('Spring, at last')
    await expect.poll(() => frame.locator('header p').textContent()).toBe('Spring, at last')
    expect(await readHeadline('draft')).toBe(headline)
  })

  it('saves, publishes and unpublishes', async () => {
    await openHome()
    await frame.locator('header p').click()
    await content().getByLabel('headline').fill('Spring, at last')
    await page.keyboard.press('Control+s')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Saved')
    expect(await readHeadline('draft')).toBe('Spring, at last')
    expect(await readHeadline('published')).not.toBe('Spring, at last')

    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Published')
    expect(await readHeadline('published')).toBe('Spring, at last')
    await expect.poll(() => frame.locator('header p').textContent()).toBe('Spring, at last')

    await page.getByRole('button', { name: 'Unpublish' }).click()
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Unpublished')
  })

  it('adds, moves, duplicates and deletes bloks with the keyboard', async () => {
    await openHome()
    const bloks = content().locator('.bloks > li')
    const count = await bloks.count()
    const names = () => content().locator('.bloks strong').allTextContents()
    const [first, second] = await names()
    await content()
      .getByRole('button', { name: /^Move .* 1 down$/ })
      .focus()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual([second, first])
    await content()
      .getByRole('button', { name: /^Duplicate .* 2$/ })
      .press('Enter')
    await expect.poll(() => bloks.count()).toBe(count + 1)
    await expect.poll(() => frame.locator('header').count()).toBe(2)
    await content()
      .getByRole('button', { name: /^Delete .* 3$/ })
      .press('Enter')
    await expect.poll(() => bloks.count()).toBe(count)
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect.poll(() => bloks.count()).toBe(count + 1)
    await content().getByText('Add to body').press('Enter')
    await content().getByRole('button', { name: 'Quote', exact: true }).press('Enter')
    await expect.poll(() => content().locator('.trail button').last().textContent()).toBe('Quote')
    // Whoever is at a keyboard is where the new blok is.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Quote')
  })

  it('shows and changes each language by itself, in rich text too', async () => {
    await page.goto(`${listener.url}/editor/`)
    await page.getByRole('searchbox').fill('granite')
    await page.getByRole('button', { name: 'Reading granite' }).click()
    const body = content().getByRole('textbox', { name: 'body' })
    await expect.poll(() => body.textContent()).toContain('On limestone you look for holes')
    await page.getByLabel('Language').selectOption('de')
    await expect.poll(() => body.textContent()).toContain('Kalk')
    await body.press('Control+End')
    await body.pressSequentially(' Ende.')
    await page.keyboard.press('Control+s')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Saved')
    const read = async (language: string) => {
      const query = new URLSearchParams({ version: 'draft', token: tokens.preview, language })
      return (await fetch(`${listener.url}/v2/cdn/stories/articles/reading-granite?${query}`)).text()
    }
    expect(await read('de')).toContain(' Ende.')
    expect(await read('')).not.toContain(' Ende.')
    expect(await read('')).toContain('On limestone you look for holes')
  })

  it('changes a release, and leaves what is now', async () => {
    await openHome()
    await page.getByLabel('Release').selectOption('Winter issue')
    await content().getByRole('button', { name: /^Hero/ }).click()
    await expect.poll(() => content().getByLabel('headline').inputValue()).toContain('Winter issue')
    await content().getByLabel('headline').fill('Winter issue, changed')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Saved')
    expect(await readHeadline('draft')).toBe(headline)
    const query = new URLSearchParams({ version: 'draft', token: tokens.preview, from_release: '8001' })
    const response = await fetch(`${listener.url}/v2/cdn/stories/home?${query}`)
    expect(await response.text()).toContain('Winter issue, changed')
  })

  it('chooses pictures and links from the space', async () => {
    await openHome()
    await content().getByRole('button', { name: /^Hero/ }).click()
    await content().getByRole('button', { name: 'Choose from the library' }).click()
    await content().getByRole('button', { name: 'Lightning over dark ridges' }).click()
    await content().getByRole('searchbox').last().fill('small')
    await content().getByRole('button', { name: 'Small gear' }).click()
    await page.keyboard.press('Control+s')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Saved')
    const query = new URLSearchParams({ version: 'draft', token: tokens.preview })
    const { story } = (await (await fetch(`${listener.url}/v2/cdn/stories/home?${query}`)).json()) as {
      story: { content: { body: { image: { filename: string }; link: { cached_url: string } }[] } }
    }
    expect(story.content.body[0]?.image.filename).toContain('storm-front.jpg')
    expect(story.content.body[0]?.link.cached_url).toBe('articles/small-gear')
  })

  it('goes back to the story before, and falls back where a translation was emptied', async () => {
    await openHome()
    await page.getByRole('button', { name: 'About' }).click()
    await page.getByText('Published', { exact: true }).waitFor()
    await page.goBack()
    await expect.poll(() => page.title()).toContain('Chalkline · Chalkline')
    await page.getByLabel('Language').selectOption('de')
    await content().getByRole('button', { name: /^Hero/ }).click()
    await content().getByLabel('headline').fill('')
    await page.keyboard.press('Control+s')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Saved')
    const query = new URLSearchParams({ version: 'draft', token: tokens.preview, language: 'de' })
    expect(await (await fetch(`${listener.url}/v2/cdn/stories/home?${query}`)).text()).toContain(headline)
  })

  it('refuses to overwrite what somebody else saved, until it is asked twice', async () => {
    await openHome()
    await frame.locator('header p').click()
    await content().getByLabel('headline').fill('Mine')
    space.setTime(new Date(Date.now() + 60_000))
    const { story } = (await (
      await fetch(`${listener.url}/v2/cdn/stories/home?version=draft&token=${tokens.preview}`)
    ).json()) as { story: { content: { _uid: string; component: string } } }
    space.saveDraft('home', story.content)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => page.getByRole('status').textContent()).toContain('Somebody else saved this story')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => page.getByRole('status').textContent()).toBe('Saved')
    expect(await readHeadline('draft')).toBe('Mine')
  })

  it('tells the page what is pointed at, and shows it at the width of a telephone', async () => {
    await openHome()
    await page.locator('.messages summary').click()
    await content()
      .getByRole('button', { name: /^Quote/ })
      .hover()
    await expect
      .poll(() => page.locator('.messages li').allTextContents())
      .toContainEqual(expect.stringContaining('hoverComponent'))
    await page.getByRole('button', { name: 'Phone' }).click()
    await expect.poll(() => page.locator('#storyblok-preview').evaluate((frame) => frame.clientWidth)).toBe(390)
  })

  it('lists the messages, and holds no token', async () => {
    await openHome()
    await page.locator('.messages summary').click()
    await expect
      .poll(() => page.locator('.messages li').allTextContents())
      .toContainEqual(expect.stringContaining('initialized'))
    expect(tokensIn(await page.content())).toEqual([])
    expect(tokensIn((await page.evaluate(() => JSON.stringify(performance.getEntries()))) as string)).toEqual([])
  })

  it('hears no page but the one that it framed', async () => {
    await openHome()
    // The editor's own window is not the frame, whatever it says.
    await page.evaluate(() => window.postMessage({ action: 'edit', dataC: { uid: 'x', id: '1' } }, '*'))
    await frame.locator('header p').click()
    await expect.poll(() => content().getByLabel('headline').inputValue()).toBe(headline)
    const logged = await page.locator('.messages li').allTextContents()
    expect(logged.filter((line) => line.includes('"uid":"x"'))).toEqual([])
  })
})
