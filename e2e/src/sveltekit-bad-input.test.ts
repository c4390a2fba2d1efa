import { createLocalSpace } from '@keyblok/space'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { RunningSite } from '../../scripts/lib/playground.ts'
import { describeBadStories } from './specs/bad-stories.ts'
import { badStories } from './support/bad-stories.ts'
import { buildKitSite, createKitSite, startKitSite } from './support/kit-site.ts'
import type { KitSite } from './support/kit-site.ts'
import { openVisitor } from './support/visitor.ts'
import { tokens, tokensIn } from './support/tokens.ts'

const files = {
  'src/lib/storyblok/stories.js': `import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
export const space = defineSpace({ languages: ['en', 'de'], resolveRelations: ['page.next'] })
export const stories = defineStories(space)`,
  'src/hooks.server.js': `import { storyblokHandle } from '@keyblok/sveltekit/server'
export const handle = storyblokHandle({ language: ({ params }) => params.slug?.startsWith('de') ? 'de' : undefined })`,
  'src/routes/reader/+page.server.js': 'export const load = ({ locals: { storyblok } }) => ({ storyblok })',
  'src/routes/reader/+page.svelte': '<p>shown</p>',
}

let site: KitSite
let running: RunningSite
const ends: (() => void | Promise<void>)[] = []
const atEnd = (clean: () => void | Promise<void>): void => void ends.unshift(clean)

beforeAll(async () => {
  const space = createLocalSpace({ tokens })
  space.addStories(badStories)
  atEnd(() => space.close())
  site = await createKitSite(files, { space, atEnd })
  await buildKitSite(site)
  running = await startKitSite(site, 'production', { atEnd })
})
afterAll(async () => {
  for (const end of ends) await end()
})

async function get(path: string, init?: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(`${running.url}${path}`, init)
  return { status: response.status, text: await response.text() }
}

describeBadStories({
  get url() {
    return running.url
  },
  get api() {
    return site.api
  },
})

describe('a page', () => {
  it('of bloks nested a hundred deep is taken over by the browser', async () => {
    const { page, complaints } = await openVisitor(`${running.url}/deep`)
    expect(await page.locator('.box').count()).toBe(100)
    expect(complaints).toEqual([])
  })

  it.each(['/strange', '/list', '/no-component'])(
    'with bloks that are none is taken over by the browser: %s',
    async (path) => {
      const { complaints } = await openVisitor(`${running.url}${path}`)
      expect(complaints.filter((text) => !text.startsWith('[keyblok]'))).toEqual([])
    },
  )

  it('whose load returns the reader fails loudly, and tells no token', async () => {
    for (const path of ['/reader', '/reader/__data.json']) {
      const { status, text } = await get(path)
      expect([status, tokensIn(text)], path).toEqual([500, []])
    }
    expect(running.output()).toMatch(/not serializable: Cannot stringify arbitrary non-POJOs \(`?data.storyblok/)
    expect(tokensIn(running.output())).toEqual([])
  })

  it('that nobody waits for any more is not read on', async () => {
    site.api.fail('slow')
    onTestFinished(() => site.api.fail('none'))
    const before = site.api.abandoned
    const visitor = new AbortController()
    const page = fetch(`${running.url}/never-read`, { signal: visitor.signal })
    await expect.poll(() => site.api.asked.at(-1)).toContain('never-read')
    visitor.abort()
    await expect(page).rejects.toThrow('aborted')
    await expect.poll(() => site.api.abandoned).toBe(before + 1)
    // Nobody reads an error of it, so nobody is told one.
    expect(running.output()).not.toContain('KB_ABORTED')
  })
})
