import { describe, expect, it } from 'vitest'
import { foldTranslation } from './fold-translations.js'

const page = (fields: object) => ({ _uid: '1', component: 'page', ...fields })
const hero = (fields: object) => ({ _uid: '2', component: 'hero', ...fields })

describe('foldTranslation', () => {
  it('puts a field beside the one that it translates, and leaves those that are the same', () => {
    expect(foldTranslation(page({ title: 'One', tag: 'a' }), page({ title: 'Eins', tag: 'a' }), 'de')).toEqual(
      page({ title: 'One', title__i18n__de: 'Eins', tag: 'a' }),
    )
  })

  it('looks into bloks, wherever they are', () => {
    const content = (headline: object) =>
      page({ body: [hero(headline)], text: { type: 'doc', body: [hero(headline)] } })
    expect(foldTranslation(content({ headline: 'One' }), content({ headline: 'Eins' }), 'de')).toEqual(
      content({ headline: 'One', headline__i18n__de: 'Eins' }),
    )
  })

  it.each([
    ['an asset', { filename: 'a', alt: 'One' }, { filename: 'a', alt: 'Eins' }],
    ['a text', { type: 'doc', content: [{ text: 'One' }] }, { type: 'doc', content: [] }],
    ['a list', ['a'], ['a', 'b']],
    ['a table', { tbody: [{ _uid: '3', component: '_table_row', value: '1' }] }, { tbody: [] }],
    [
      'a cell',
      [{ _uid: '3', component: '_table_col', value: '1' }],
      [{ _uid: '3', component: '_table_col', value: '2' }],
    ],
    ['bloks in another order', [hero({}), page({})], [page({}), hero({})]],
    ['what had no value', null, 'Eins'],
  ])('takes %s whole', (_, field, translated) => {
    expect(foldTranslation(page({ field }), page({ field: translated }), 'de')).toEqual(
      page({ field, field__i18n__de: translated }),
    )
  })

  it('keeps languages apart, and spells their codes as Storyblok does', () => {
    const german = foldTranslation(page({ body: [hero({ a: '1' })] }), page({ body: [hero({ a: '2' })] }), 'de')
    expect(foldTranslation(german, page({ body: [hero({ a: '3' })] }), 'pt-br')).toEqual(
      page({ body: [hero({ a: '1', a__i18n__de: '2', a__i18n__pt_br: '3' })] }),
    )
  })

  it('says nothing of a field that has no translation', () => {
    expect(foldTranslation(page({ a: '1' }), page({ a: null }), 'de')).toEqual(page({ a: '1' }))
    expect(foldTranslation(page({}), page({ a: '2' }), 'de')).toEqual(page({ a__i18n__de: '2' }))
  })
})
