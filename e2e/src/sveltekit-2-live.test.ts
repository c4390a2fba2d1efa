import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/browser.ts'
import { buildKitSite, createKitSite, startKitSite } from './support/kit-site.ts'
import { bridgeSpeaks, openStory } from './support/visual-editor.ts'
import type { PreviewedSite } from './support/visual-editor.ts'

const cleanings: (() => void | Promise<void>)[] = []
let site: PreviewedSite

beforeAll(async () => {
  const atEnd = (clean: () => void | Promise<void>): void => void cleanings.unshift(clean)
  const browser = await launchBrowser()
  atEnd(() => browser.close())
  const kit = await createKitSite({}, { major: 2, atEnd })
  await buildKitSite(kit)
  const { url } = await startKitSite(kit, 'production', { atEnd })
  site = { url, space: kit.space, newPage: () => browser.newPage() }
})
afterAll(async () => {
  for (const clean of cleanings) await clean()
})

it('shows unsaved changes in SvelteKit 2, and what was saved, without loading the page again', async () => {
  const story = await openStory(site, 'Chalkline')
  const { frame, content } = story
  await bridgeSpeaks(story)
  await frame.locator('body').evaluate(() => Object.assign(window, { stays: true }))
  await content.getByRole('button', { name: /^Hero/ }).click()
  await frame.getByRole('button', { name: 'clicked 0' }).dispatchEvent('click')
  await content.getByLabel('headline').fill('Typed in SvelteKit 2')
  await expect.poll(() => frame.locator('main').textContent()).toContain('Typed in SvelteKit 2')
  expect(await frame.getByRole('button', { name: 'clicked 1' }).count()).toBe(1)
  await story.save()
  // The bridge's own menu lies over the links.
  await frame.getByRole('link', { name: 'About' }).dispatchEvent('click')
  await expect.poll(() => frame.locator('body').evaluate(() => document.title)).toBe('About')
  await frame.getByRole('link', { name: 'Home' }).dispatchEvent('click')
  await expect.poll(() => frame.locator('main').textContent()).toContain('Typed in SvelteKit 2')
  expect(await frame.locator('body').evaluate(() => 'stays' in window)).toBe(true)
  expect(await (await fetch(site.url)).text()).not.toContain('Typed in SvelteKit 2')
  expect(story.complaints).toEqual([])
})
