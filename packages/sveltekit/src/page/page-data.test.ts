import { defineSpace } from '@keyblok/core'
import type { Story } from '@keyblok/core'
import { fakeStory } from '@keyblok/core/testing'
import { describe, expect, it, vi } from 'vitest'
import { pageData } from './page-data.js'

const context = { richText: { space: defineSpace() }, building: false }
const doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }] }
const storyWith = (content: object, more: object = {}) => fakeStory('page', content as never, more) as Story
const sent = (content: object, more: Partial<typeof context> = {}) =>
  pageData(storyWith(content), { ...context, ...more }).content as Record<string, unknown>

describe('what a page is sent', () => {
  it('is a story without the fields that pages have no use for, related stories included', () => {
    const author = storyWith({ name: 'Ana' })
    const page = pageData(storyWith({ author }), context)
    const fields = 'alternates content first_published_at full_slug href id lang name published_at slug tag_list uuid'
    expect(Object.keys(page).toSorted().join(' ')).toBe(fields)
    expect(
      Object.keys(page.content['author'] as object)
        .toSorted()
        .join(' '),
    ).toBe(fields)
  })

  it('has rich text that is ready to show', () => {
    expect(sent({ body: doc })['body']).toEqual({ type: 'doc', content: undefined, parts: ['<p>Hello</p>'] })
  })

  it('has assets without what is empty, or said twice', () => {
    const image = {
      id: 5,
      filename: 'https://a.storyblok.com/f/1/a/b.jpg',
      alt: 'A hut',
      name: '',
      focus: null,
      is_external_url: false,
      fieldtype: 'asset',
      meta_data: { alt: 'A hut', title: '' },
    }
    const { id, filename, alt, fieldtype } = image
    expect(sent({ image })['image']).toEqual({ id, filename, alt, fieldtype })
    const meta = { alt: 'A hut', credit: 'Ana' }
    expect(sent({ image: { ...image, meta_data: meta } })['image']).toMatchObject({ meta_data: meta })
  })

  it('has no asset whose address is none that a page may show', () => {
    const image = { id: 5, filename: 'javascript:alert(1)', fieldtype: 'asset' }
    expect(sent({ image })['image']).toMatchObject({ filename: '' })
  })

  it('has of the story of a link what writes the link', () => {
    const link = { linktype: 'story', id: 'u', cached_url: 'about', story: { ...storyWith({ secret: 'x' }) } }
    const { story } = sent({ link })['link'] as { story: object }
    expect(story).toEqual({
      id: expect.any(Number),
      uuid: expect.any(String),
      name: 'page',
      slug: 'page',
      full_slug: 'page',
    })
  })

  it('takes no blok for a rich text, an asset or a plugin, whatever its fields are called', () => {
    const blok = {
      _uid: '1',
      component: 'download',
      type: 'doc',
      content: 'all',
      filename: 'a',
      is_private: true,
      plugin: 'x',
    }
    expect(sent({ blok, body: [{ ...blok, text: doc }] })).toMatchObject({
      blok,
      body: [{ ...blok, text: { parts: ['<p>Hello</p>'] } }],
    })
  })

  it('leaves the values of plugins as they are', () => {
    const plugin = { plugin: 'editor', body: doc }
    expect(sent({ field: plugin })['field']).toBe(plugin)
  })

  it('is made once, however many pages show it', () => {
    const story = storyWith({ body: doc })
    expect(pageData(story, context)).toBe(pageData(story, context))
    const german = { ...context, richText: { ...context.richText, language: 'de' } }
    expect(pageData(story, german)).not.toBe(pageData(story, context))
  })

  it('leaves what was read as it was', () => {
    const story = Object.freeze(storyWith({ body: doc, list: [{ _uid: '1', component: 'a', body: doc }] }))
    const before = structuredClone(story)
    pageData(story, context)
    expect(story).toEqual(before)
  })

  it('has no private asset where the page is prerendered, since everybody gets it', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const file = { id: 5, filename: 'https://a.storyblok.com/f/1/x/a/list.pdf', is_private: true }
    expect(sent({ file })['file']).toMatchObject({ filename: file.filename })
    expect(sent({ file }, { building: true })['file']).toMatchObject({ filename: '' })
    expect(warn.mock.calls[0]?.[0]).toContain('its page is prerendered')
    warn.mockRestore()
  })

  it('keeps promises, whose values are made ready too', async () => {
    const { later } = pageData({ later: Promise.resolve({ body: doc }) }, context)
    expect(await later).toMatchObject({ body: { parts: ['<p>Hello</p>'] } })
  })

  it('leaves what is no data to SvelteKit', () => {
    const date = new Date(0)
    const reader = new (class Reader {
      readonly #secret = 1
      get secret() {
        return this.#secret
      }
    })()
    const given = { date, reader }
    expect(pageData(given, context)).toBe(given)
  })
})

describe('the data of bloks', () => {
  const teaser = { _uid: '1', component: 'teaser' }

  it('stands at their bloks, ready to show, also in rich text', () => {
    const body = { type: 'doc', content: [{ type: 'blok', attrs: { body: [teaser] } }] }
    const story = storyWith({ body, teaser })
    const page = pageData(story, context, new Map([[teaser, { data: [storyWith({ text: doc })] }]]))
    const data = {
      data: [
        expect.objectContaining({
          content: expect.objectContaining({ text: expect.objectContaining({ parts: ['<p>Hello</p>'] }) }),
        }),
      ],
    }
    expect(page.content['teaser']).toEqual({ ...teaser, _data: data })
    expect(page.content['body']).toMatchObject({ parts: [{ bloks: [{ ...teaser, _data: data }] }] })
    expect(Object.keys((page.content['teaser'] as { _data: { data: object[] } })._data.data[0]!)).not.toContain(
      'position',
    )
  })

  it('is one request’s own', () => {
    const story = storyWith({ teaser })
    pageData(story, context, new Map([[teaser, { data: 1 }]]))
    expect(pageData(story, context).content['teaser']).toEqual(teaser)
  })

  it('cannot come from whoever writes content', () => {
    expect(sent({ teaser: { ...teaser, _data: { data: '<script>' } } })['teaser']).toEqual(teaser)
  })
})
