import { describe, expect, it } from 'vitest'
import { UnsavedContent } from './unsaved-content.js'

const place = { id: 5001, spaceId: 100001 }
const related = {
  uuid: '1b4d2c3e-0000-4000-8000-000000000001',
  full_slug: 'authors/ada',
  content: { component: 'author' },
}
const deliver = (value: unknown, language?: string) => new UnsavedContent(place, language).deliver(value)

describe('unsaved content', () => {
  it('has UUIDs where the editor puts whole stories', () => {
    expect(deliver({ author: related, others: [related, 'x'] })).toEqual({
      author: related.uuid,
      others: [related.uuid, 'x'],
    })
  })

  it('has no story that a link points to, but the link', () => {
    const link = { linktype: 'story', id: related.uuid, cached_url: 'authors/ada' }
    expect(deliver({ link: { ...link, story: related } })).toEqual({ link })
  })

  it('marks bloks for the editor by itself, whatever the message says', () => {
    const blok = { component: 'hero', _uid: 'a-1', _editable: '<!--#storyblok#{"id":"9"}-->' }
    expect(deliver({ body: [blok] })).toEqual({
      body: [{ ...blok, _editable: '<!--#storyblok#{"name":"hero","space":"100001","uid":"a-1","id":"5001"}-->' }],
    })
  })

  it('is in the language of the page, where it is translated', () => {
    const content = { title: 'Rock', title__i18n__de: 'Fels', lead: 'One', lead__i18n__de: '' }
    expect(deliver(content, 'de')).toEqual({ title: 'Fels', lead: 'One' })
    expect(deliver(content)).toEqual({ title: 'Rock', lead: 'One' })
    expect(deliver({ title: 'Rock', title__i18n__pt_br: 'Pedra' }, 'pt-br')).toEqual({ title: 'Pedra' })
  })

  it('has nothing that only the server gives: no data of bloks, and no rich text that claims to be checked', () => {
    const forged = { type: 'doc', content: undefined, parts: ['<img src=x onerror=alert(1)>'] }
    expect(deliver({ body: { ...forged }, _data: { data: 1 } })).toEqual({ body: { type: 'doc', parts: forged.parts } })
    expect(Object.hasOwn(deliver(forged) as object, 'content')).toBe(false)
  })

  it('gives the same for the same part again', () => {
    const content = new UnsavedContent(place)
    const hero = { component: 'hero', _uid: 'a' }
    const first = content.deliver({ body: [hero] }) as { body: unknown[] }
    const second = content.deliver({ body: [hero, { component: 'text', _uid: 'b' }] }) as { body: unknown[] }
    expect(second.body[0]).toBe(first.body[0])
  })
})
