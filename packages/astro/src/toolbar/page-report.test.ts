import { describe, expect, it } from 'vitest'
import { parseReport } from './page-report.js'
import type { Timing } from './page-report.js'

const metric = (name: string, description: string, duration = 0): Timing => ({ name, description, duration })

const editor = 'http://127.0.0.1:4110/editor/#story='
const site = [metric('keyblok-environment', 'development'), metric('keyblok-editor', `storyblok ${editor}`)]
const page = [
  metric('storyblok', 'draft; preview token; cv 1764000000'),
  metric('storyblok-reason', 'Draft: this is the dev server, asked from this machine.'),
  metric('storyblok-requests', '2 sent; 3 from cache', 12.4),
  metric('storyblok-stories', '14 read'),
  metric('storyblok-request', '200 stories/home', 8.2),
  metric('storyblok-request', '0 links', 4.2),
  metric('storyblok-story', '17 gr%C3%B6%C3%9Fe/100%25 "a b"'),
]

describe('the report of a page', () => {
  it('tells what was read, and where its stories are edited', () => {
    expect(parseReport([metric('db', 'other', 3), ...site, ...page])).toEqual({
      environment: 'development',
      spaces: [
        {
          name: 'storyblok',
          version: 'draft',
          token: 'preview',
          reason: 'Draft: this is the dev server, asked from this machine.',
          cv: 1_764_000_000,
          stories: [{ id: 17, slug: 'größe/100% "a b"', href: `${editor}17` }],
        },
      ],
      requests: [
        { path: 'stories/home', status: 200, ms: 8.2 },
        { path: 'links', status: 0, ms: 4.2 },
      ],
      sent: { count: 2, ms: 12.4 },
      cacheHits: 3,
      storyCount: 14,
      editorOrigins: ['http://127.0.0.1:4110'],
    })
  })

  it('keeps two spaces apart', () => {
    const docs = [metric('storyblok-docs', 'published; public token'), metric('storyblok-docs-story', '5 intro')]
    const report = parseReport([...site, ...page, ...docs])
    expect(report?.spaces.map(({ name, stories }) => [name, stories[0]?.slug, stories[0]?.href])).toEqual([
      ['storyblok', 'größe/100% "a b"', `${editor}17`],
      ['storyblok-docs', 'intro', undefined],
    ])
  })

  it('of a page that reads nothing has no space', () => {
    expect(parseReport(site)).toMatchObject({ environment: 'development', spaces: [], storyCount: 0 })
  })

  it('is not there for an answer of something else', () => {
    expect(parseReport([])).toBeUndefined()
    expect(parseReport([metric('db', 'draft or not', 3)])).toBeUndefined()
  })

  it('links to web pages only', () => {
    const report = parseReport([metric('keyblok-editor', 'storyblok javascript:alert(1)//'), ...page])
    expect([report?.spaces[0]?.stories[0]?.href, report?.editorOrigins]).toEqual([undefined, []])
  })
})
