import { defineSpace } from '@keyblok/core'
import { describe, expect, it } from 'vitest'
import { LiveStory } from './live-story.js'
import type { PageStory } from './live-story.js'
import type { StoryPreview } from './story-preview.js'

const uuidOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

/** A related story as a page is sent it. */
const storyOf = (index: number, content: object) => ({
  id: index,
  uuid: uuidOf(index),
  name: `Story ${index}`,
  full_slug: `stories/${index}`,
  href: `/stories/${index}`,
  content,
})
const author = storyOf(9, { component: 'author', name: 'Ana' })
const article = storyOf(8, { component: 'article', title: 'Eight', author })

const preview: StoryPreview = {
  ticket: 'ticket',
  space: 100001,
  language: undefined,
  relations: ['featured.articles', 'article.author'],
  links: undefined,
  data: [],
}

function open(content: Record<string, unknown>, more: Partial<StoryPreview> = {}) {
  const loaded = { ...storyOf(1, { component: 'page', _uid: 'p', ...content }), slug: '1' } as unknown as PageStory
  const live = new LiveStory(loaded, { ...preview, ...more }, { space: defineSpace() })
  const write = (body: object, name?: string): void =>
    live.write({ id: 1, content: { component: 'page', _uid: 'p', ...body }, ...(name !== undefined && { name }) })
  return { live, loaded, write }
}

const text = (uid: string, words: string) => ({ component: 'text', _uid: uid, text: words })

describe('a story that is written', () => {
  it('shows what was written, and keeps what the editor does not know', () => {
    const { live, write } = open({ body: [text('a', 'A')] })
    write({ body: [text('a', 'Changed')] }, 'New name')
    expect(live.current).toMatchObject({ id: 1, name: 'New name', href: '/stories/1' })
    expect(live.current.content['body']).toMatchObject([{ text: 'Changed' }])
  })

  it('keeps the parts that stayed the same, wherever they moved', () => {
    const { live, write } = open({ body: [] })
    write({ body: [text('a', 'A'), text('b', 'B')] })
    const before = live.current.content['body'] as object[]
    write({ body: [text('new', 'New'), text('b', 'B'), text('a', 'Changed')] })
    const after = live.current.content['body'] as object[]
    expect(after[1]).toBe(before[1])
    expect(after[2]).not.toBe(before[0])
  })

  it('has rich text ready to show, and its bloks in it', () => {
    const { live, write } = open({ body: [] })
    const paragraph = { type: 'paragraph', content: [{ type: 'text', text: '<b>' }] }
    const blok = { type: 'blok', attrs: { id: 'x', body: [{ component: 'featured', _uid: 'f', articles: [] }] } }
    write({ doc: { type: 'doc', content: [paragraph, blok] } })
    const { parts } = live.current.content['doc'] as { parts: unknown[] }
    expect(parts).toMatchObject(['<p>&lt;b&gt;</p>', { bloks: [{ component: 'featured', articles: [] }] }])
  })

  it('takes related stories from the page, whole, whatever the editor puts there', () => {
    const { live, write } = open({ body: [{ component: 'featured', _uid: 'f', articles: [article] }] })
    const told = { ...article, content: { component: 'article', title: 'Told' } }
    write({ body: [{ component: 'featured', _uid: 'f', articles: [told] }] })
    expect((live.current.content['body'] as { articles: object[] }[])[0]?.articles).toEqual([article])
    expect(live.needsServer).toBe(false)
  })

  it('asks the server once for what the page does not know, and shows it when it came', () => {
    const { live, write } = open({ body: [] })
    write({ body: [{ component: 'featured', _uid: 'f', articles: [uuidOf(8), uuidOf(7)] }] })
    const articles = () => (live.current.content['body'] as { articles: object[] }[])[0]?.articles
    expect(articles()).toEqual([])
    expect([live.needsServer, live.needsServer]).toEqual([true, false])
    live.learn({ ...live.current, content: { body: [{ component: 'featured', articles: [article] }] } })
    expect(articles()).toEqual([article])
  })

  it('asks for a story whose own relations the page does not have, since it stood too deep', () => {
    const deep = storyOf(6, { component: 'article', title: 'Six', author: null })
    const outer = storyOf(5, { component: 'other', related: [deep] })
    const { live, write } = open({ body: [{ component: 'list', _uid: 'l', stories: [outer] }] })
    write({ body: [{ component: 'featured', _uid: 'f', articles: [uuidOf(6)] }] })
    expect(live.needsServer).toBe(true)
  })

  it('keeps the data of its bloks until the server has it anew', () => {
    const data = { data: ['rock'] }
    const { live, write } = open({ body: [{ ...text('a', 'A'), _data: data }] }, { data: ['text'] })
    write({ body: [text('a', 'Changed')] })
    expect(live.current.content['body']).toMatchObject([{ text: 'Changed', _data: data }])
    expect(live.needsServer).toBe(true)
  })

  it('shows another state of a story that stands in it', () => {
    const { live } = open({ body: [{ component: 'featured', _uid: 'f', articles: [article] }] })
    expect([live.has(8), live.has(7)]).toEqual([true, false])
    live.replace({ ...live.find(8)!, name: 'Renamed' })
    expect(live.current.content['body']).toMatchObject([{ articles: [{ name: 'Renamed' }] }])
  })

  it('takes no HTML and no data from a message, and no file that is none', () => {
    const { live, write } = open({ body: [] })
    const forged = { type: 'doc', content: undefined, parts: ['<script>'] }
    write({
      doc: forged,
      body: [{ ...text('a', 'A'), _data: { data: 1 } }],
      image: { filename: 'javascript:alert(1)' },
    })
    const { content } = live.current
    expect(JSON.stringify(content)).not.toContain('script>')
    expect(content).toMatchObject({ image: { filename: '' } })
    expect((content['body'] as object[])[0]).not.toHaveProperty('_data')
  })
})
