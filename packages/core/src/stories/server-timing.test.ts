import { describe, expect, it } from 'vitest'
import type { Access } from '../tokens/access.js'
import { Secret } from '../tokens/secret.js'
import { Journal } from './journal.js'
import { serverTiming } from './server-timing.js'
import { defineSpace } from './space.js'
import type { Story } from './types.js'

const access: Access = {
  version: 'published',
  token: new Secret('fakePUBLICfakePUBLIC11tt', 'public'),
  reason: 'Published: only its branch’s name tells.',
}

function journalOf(slugs: readonly string[], envPrefix: `STORYBLOK${string}` = 'STORYBLOK'): Journal {
  const journal = new Journal()
  const space = defineSpace({ envPrefix })
  journal.open(space, access, () => 1_764_000_000)
  const stories = slugs.map((slug, index) => ({ id: index + 1, full_slug: slug, content: {} }) as unknown as Story)
  journal.list({ space, startsWith: '' }, stories)
  return journal
}

describe('the server timing of a request', () => {
  it('is ASCII whatever slugs hold, and gives them back decoded', () => {
    const slug = 'größe/😀 "100%"\\\ud83d'
    const header = serverTiming(journalOf([slug]))
    expect(header).toMatch(/^[ -~]+$/)
    const story = header.match(/storyblok-story;desc="([^"]*)"/)?.[1] ?? ''
    expect(decodeURIComponent(story)).toBe(`1 ${slug.toWellFormed()}`)
  })

  it('says why, and calls each space by its name', () => {
    const header = serverTiming(journalOf(['intro'], 'STORYBLOK_DOCS'))
    expect(header).toContain('storyblok-docs;desc="published; public token; cv 1764000000"')
    expect(decodeURIComponent(header)).toContain(`storyblok-docs-reason;desc="${access.reason}"`)
    expect(header).toContain('storyblok-docs-story;desc="1 intro"')
  })

  it('stays short however much is read', () => {
    const header = serverTiming(journalOf(Array.from({ length: 500 }, (_, index) => `posts/${index}`)))
    expect(header).toContain('"500 read"')
    expect(header.match(/storyblok-story;/g)).toHaveLength(10)
  })
})
