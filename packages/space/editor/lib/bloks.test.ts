import { describe, expect, it } from 'vitest'
import { copyBlok, createBlok, fieldKey, findBlok, isAllowed, moveBlok } from './bloks.js'
import type { Component } from './types.js'

const component = (fields: Partial<Component> = {}): Component => ({
  name: 'quote',
  display_name: null,
  is_root: false,
  is_nestable: true,
  component_group_uuid: 'texts',
  internal_tag_ids: [3],
  schema: {},
  ...fields,
})

const text = { _uid: 'c', component: 'text' }
const richText = { type: 'doc', content: [{ type: 'blok', attrs: { body: [text] } }] }
const page = { _uid: 'a', component: 'page', body: [{ _uid: 'b', component: 'grid', columns: [], text: richText }] }

describe('the bloks of a story', () => {
  it('are found at any depth, in rich text too, with the way to them', () => {
    expect(findBlok(page, 'c')).toMatchObject({ blok: text, field: 'text', index: 0, parent: { _uid: 'b' } })
    expect(findBlok(page, 'c')?.trail.map(({ blok }) => blok._uid)).toEqual(['a', 'b', 'c'])
    expect(findBlok(page, 'nowhere')).toBeUndefined()
  })

  it('move within their list only', () => {
    const list = ['a', 'b', 'c'].map((_uid) => ({ _uid, component: 'text' }))
    moveBlok(list, 0, 1)
    moveBlok(list, 0, -1)
    moveBlok(list, 2, 1)
    expect(list.map(({ _uid }) => _uid)).toEqual(['b', 'a', 'c'])
  })

  it('are copied with ids of their own, whatever they hold', () => {
    const ids = (value: unknown) => [...JSON.stringify(value).matchAll(/"_uid":"([^"]+)"/g)].map(([, id]) => id)
    const copy = copyBlok(page)
    expect(new Set([...ids(page), ...ids(copy)]).size).toBe(6)
    expect(copy).toMatchObject({ component: 'page', body: [{ component: 'grid' }] })
  })

  it('are made with the defaults of their schema', () => {
    const schema = { size: { type: 'option', default_value: 'large' }, title: { type: 'text', default_value: '' } }
    const { _uid, ...fields } = createBlok(component({ schema }))
    expect(fields).toEqual({ component: 'quote', size: 'large' })
    expect(_uid).toMatch(/^[\da-f-]{36}$/)
  })

  it.each([
    [{}, true],
    [{ component_whitelist: ['hero'] }, false],
    [{ component_whitelist: ['quote'] }, true],
    [{ component_whitelist: ['hero'], restrict_components: false }, true],
    [{ restrict_type: 'groups', component_group_whitelist: ['texts'] }, true],
    [{ restrict_type: 'groups', component_group_whitelist: ['media'] }, false],
    [{ restrict_type: 'tags', component_tag_whitelist: [3] }, true],
    [{ restrict_type: 'tags', component_tag_whitelist: [4] }, false],
  ])('are allowed where a field says so: %j', (field, isTaken) => {
    expect(isAllowed(component(), { type: 'bloks', ...field })).toBe(isTaken)
  })

  it('have a field for each language', () => {
    expect([fieldKey('title', 'default'), fieldKey('title', 'pt-br')]).toEqual(['title', 'title__i18n__pt_br'])
  })
})
