import { expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from './support/browser.ts'
import { buildKitSite, createKitSite, startKitSite } from './support/kit-site.ts'
import { buildMagazine, configuration, createMagazine, onDemand, startMagazine, storyPage } from './support/magazine.ts'
import { signedUrl } from './support/signed-url.ts'
import { bridgeSpeaks, openStory } from './support/visual-editor.ts'

const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }

it('is live on a site of Astro below a base, whose paths end with a slash', async () => {
  const magazine = await createMagazine({
    ...onDemand(storyPage()),
    ...configuration("base: '/docs', trailingSlash: 'always'", "node({ mode: 'standalone' })"),
  })
  await buildMagazine(magazine)
  const { url } = await startMagazine(magazine, 'production')
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const site = { url, space: magazine.space, newPage: () => browser.newPage() }
  const story = await openStory(site, 'Chalkline', { prefix: '/docs/' })
  await bridgeSpeaks(story)
  await story.content.getByRole('button', { name: /^Hero/ }).click()
  const shown = async (words: string): Promise<void> => {
    await story.content.getByLabel('headline').fill(words)
    await expect.poll(() => story.frame.locator('.headline').textContent()).toBe(words)
  }
  await shown('Below a base')
  // What was morphed in is told once, of the page itself, so that it goes on.
  await shown('Below a base, again')
  expect(await story.frame.locator('#keyblok-page').count()).toBe(1)
})

it('keeps the session and the headers of a draft where an inner hook of SvelteKit redirects', async () => {
  const site = await createKitSite({
    'src/hooks.server.js': `import { storyblokHandle } from '@keyblok/sveltekit/server'
import { redirect } from '@sveltejs/kit'
import { sequence } from '@sveltejs/kit/hooks'

export const handle = sequence(storyblokHandle(), ({ event, resolve }) => {
  if (event.url.pathname === '/old') redirect(308, '/membership')
  return resolve(event)
})
`,
  })
  await buildKitSite(site)
  const { url } = await startKitSite(site, 'production')
  const opened = await fetch(signedUrl(`${url}/old`, site.space), { headers: framed, redirect: 'manual' })
  expect([opened.status, opened.headers.get('location')]).toEqual([308, '/membership?_keyblok=1'])
  expect(opened.headers.get('cache-control')).toBe('private, no-store')
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect((await fetch(`${url}/membership`, { headers: { cookie } })).status).toBe(200)

  const visitor = await fetch(`${url}/old`, { redirect: 'manual' })
  expect([visitor.status, visitor.headers.get('location'), visitor.headers.getSetCookie()]).toEqual([
    308,
    '/membership',
    [],
  ])
})
