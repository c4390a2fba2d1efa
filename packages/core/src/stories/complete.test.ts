import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import { createEmptySpace, environment, fetchFrom } from '../test-support.js'
import type { ReadOptions } from './reader.js'
import { defineStories } from './source.js'
import type { StorySource } from './source.js'
import { defineSpace } from './space.js'
import type { Space } from './space.js'

const uuid = (number: number) => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`

const story = (fullSlug: string, number: number, content: Record<string, unknown>, published = true) => ({
  fullSlug,
  uuid: uuid(number),
  published,
  content: { _uid: fullSlug, component: 'post', ...content } as { _uid: string; component: string },
})

function read(
  stories: ReturnType<typeof story>[],
  options: Partial<Space<string, string>>,
  slug: string,
  source: Pick<StorySource, 'contentType' | 'resolveRelations' | 'resolveLinks'> = {},
  readOptions: ReadOptions = {},
) {
  const local = createEmptySpace()
  local.addStories(stories)
  const recording = fetchFrom(local)
  const env = { ...environment, NODE_ENV: 'test' }
  const site = new Site({ env: (name) => env[name as keyof typeof env], dev: false, fetch: recording.fetch })
  const posts = defineStories(defineSpace(options), source)
  const storyblok = site.visit({ local: false })
  return {
    // oxlint-disable-next-line no-explicit-any -- tests look at content of any shape
    story: () => storyblok.story(posts, slug, readOptions) as Promise<any>,
    all: () => storyblok.all(posts),
    ...recording,
  }
}

describe('relations', () => {
  it('stand where their UUIDs stood; what was not asked stays', async () => {
    const { story: find } = read(
      [
        story('a', 1, { author: uuid(2), editor: uuid(2), nested: [{ _uid: 'n', component: 'box', author: uuid(2) }] }),
        story('b', 2, { component: 'person', name: 'B' }),
      ],
      { resolveRelations: ['post.author'] },
      'a',
    )
    const { content } = await find()
    expect(content.author).toMatchObject({ full_slug: 'b', href: '/b', content: { name: 'B' } })
    expect([content.editor, content.nested[0].author]).toEqual([uuid(2), uuid(2)])
  })

  it('that are missing are null, and left out of arrays', async () => {
    const { story: find } = read(
      [
        story('a', 1, { one: uuid(9), many: [uuid(9), uuid(2), uuid(3)], none: '', wrong: 5 }),
        story('b', 2, {}),
        story('c', 3, {}, false),
      ],
      { resolveRelations: ['post.one', 'post.many', 'post.none', 'post.wrong'] },
      'a',
    )
    const { content } = await find()
    expect([content.one, content.none, content.wrong]).toEqual([null, null, null])
    expect(content.many.map(({ full_slug: slug }: { full_slug: string }) => slug)).toEqual(['b'])
  })

  it('are followed to the depth, and a circle ends in `null`', async () => {
    const circle = [story('a', 1, { next: uuid(2) }), story('b', 2, { next: uuid(1) })]
    const relations = { resolveRelations: ['post.next'] }
    const two = await read(circle, relations, 'a').story()
    expect(two.content.next.content.next.content.next).toBeNull()
    const one = await read(circle, { ...relations, resolveLevel: 1 }, 'a').story()
    expect(one.content.next.content.next).toBeNull()
    for (const tree of [one, two]) {
      expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
      expect(structuredClone(tree)).toEqual(tree)
    }
  })

  it('are one object wherever they stand, and cannot be changed', async () => {
    const people = [story('a', 1, { x: uuid(2), y: [uuid(2)] }), story('b', 2, { deep: { deeper: [{}] } })]
    const { content } = await read(people, { resolveRelations: ['post.x', 'post.y'] }, 'a').story()
    expect(content.x).toBe(content.y[0])
    expect(() => (content.x.content.deep.deeper[0].changed = true)).toThrow(TypeError)
  })

  it('past Storyblok’s limit are read in chunks that keep the context', async () => {
    const many = Array.from({ length: 120 }, (_, index) => story(`p-${index}`, 100 + index, { index }))
    const { story: find, urls } = read(
      [story('a', 1, { all: many.map((person) => person.uuid) }), ...many],
      { resolveRelations: ['post.all'], languages: ['en', 'de', 'fr'], fallback: { de: 'fr' } },
      'a',
      {},
      { language: 'de' },
    )
    const { content } = await find()
    expect(content.all.map((person: { content: { index: number } }) => person.content.index)).toEqual(
      many.map((_, index) => index),
    )
    const chunks = urls.filter(({ searchParams }) => searchParams.has('by_uuids'))
    expect(chunks).toHaveLength(5)
    for (const { searchParams } of chunks) {
      expect(Object.fromEntries(searchParams)).toMatchObject({
        version: 'published',
        language: 'de',
        fallback_lang: 'fr',
        cv: urls[1]!.searchParams.get('cv'),
      })
    }
  })

  it('of a whole list are read once each', async () => {
    const people = Array.from({ length: 60 }, (_, index) => story(`p-${index}`, 1000 + index, { component: 'person' }))
    const posts = Array.from({ length: 60 }, (_, index) =>
      story(`a-${index}`, 100 + index, { people: people.map((person) => person.uuid) }),
    )
    const { all, urls } = read([...people, ...posts], { resolveRelations: ['post.people'] }, '', {
      contentType: 'post',
    })
    expect(await all()).toHaveLength(60)
    expect(urls.filter(({ searchParams }) => searchParams.has('by_uuids'))).toHaveLength(3)
  })

  it('can be fewer for a source', async () => {
    const { story: find } = read(
      [story('a', 1, { x: uuid(2), y: uuid(2) }), story('b', 2, {})],
      { resolveRelations: ['post.x', 'post.y'] },
      'a',
      { resolveRelations: ['post.x'] },
    )
    const { content } = await find()
    expect([content.x.full_slug, content.y]).toEqual(['b', uuid(2)])
  })
})

describe('links', () => {
  const link = (id: string) => ({ fieldtype: 'multilink', linktype: 'story', id, url: '', cached_url: 'old' })

  it('carry the story that they point to, as it is now', async () => {
    const { content } = await read(
      [
        story('a', 1, {
          link: link(uuid(2)),
          text: {
            type: 'doc',
            content: [
              { type: 'text', marks: [{ type: 'link', attrs: { linktype: 'story', uuid: uuid(2), href: 'old' } }] },
            ],
          },
          gone: link(uuid(9)),
        }),
        story('moved/b', 2, {}),
      ],
      { resolveLinks: 'url' },
      'a',
    ).story()
    expect(content.link.story.full_slug).toBe('moved/b')
    expect(content.text.content[0].marks[0].attrs.story.full_slug).toBe('moved/b')
    expect(content.gone.story).toBeUndefined()
  })
})

describe('invalid content', () => {
  it('is named: a story without any', async () => {
    const local = createEmptySpace()
    local.addStories([story('a', 1, {})])
    const { fetch } = fetchFrom(local)
    const broken: typeof fetch = async (input, init) => {
      const text = await (await fetch(input, init)).text()
      const cv = new URL(input).searchParams.has('cv')
      return cv ? new Response(text.replace(/"content":\{.*?\}/, '"content":null')) : fetch(input, init)
    }
    const site = new Site({ env: (name) => environment[name], dev: false, fetch: broken })
    const reading = site.visit({ local: false }).all(defineStories(defineSpace()))
    await expect(reading).rejects.toMatchObject({ code: 'KB_CONTENT_INVALID' })
  })

  it('is named: a story that is nested without end', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const fetch = () =>
      Promise.resolve(
        new Response(
          `{"story":{"full_slug":"deep","uuid":"u","content":{"_uid":"u","component":"post","deep":${deep}}},"rels":[],"links":[]}`,
        ),
      )
    const site = new Site({ env: (name) => environment[name], dev: false, fetch })
    const reading = site.visit({ local: false }).story(defineStories(defineSpace()), 'deep')
    await expect(reading).rejects.toMatchObject({ code: 'KB_CONTENT_INVALID' })
  })
})
