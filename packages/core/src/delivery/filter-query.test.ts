import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyblokError } from '../errors.js'
import { accessTo, createDelivery, createEmptySpace, fetchFrom } from '../test-support.js'
import { serializeFilter } from './filter-query.js'
import type { FilterQuery } from './filter-query.js'

const routes = [
  {
    name: 'Flake',
    grade: 6,
    length: '24.5',
    tags: ['slab', 'trad'],
    seo: { title: 'A, b & c' },
    on: '2026-03-01 10:00',
  },
  { name: 'Roof [A]', grade: 8, length: '9', tags: [], seo: { title: 'ünïcode?#' }, on: '2026-09-01 10:00' },
  { name: 'flake 2', grade: 7, length: '30', tags: ['slab'], closed: true },
]

function createRoutes() {
  const space = createEmptySpace()
  space.addStories(
    routes.map((route, index) => ({
      fullSlug: `route-${index}`,
      content: { _uid: `u${index}`, component: 'route', ...route },
      position: index,
    })),
  )
  const delivery = createDelivery(fetchFrom(space).fetch)
  return async (filterQuery: FilterQuery) => {
    const { stories } = await delivery.stories(accessTo('draft'), { filterQuery })
    return stories.map(({ content }) => content['name'])
  }
}

describe('a filter', () => {
  it.each<[string, FilterQuery, string[]]>([
    ['equal values', { name: { in: ['Flake', 'Roof [A]'] } }, ['Flake', 'Roof [A]']],
    ['other values', { name: { not_in: 'Flake' } }, ['Roof [A]', 'flake 2']],
    ['patterns', { name: { like: 'flake*' } }, ['Flake', 'flake 2']],
    ['anything but a pattern', { name: { not_like: '*flake*' } }, ['Roof [A]']],
    ['any of an array', { tags: { any_in_array: ['trad', 'ice'] } }, ['Flake']],
    ['all of an array', { tags: { all_in_array: ['slab', 'trad'] } }, ['Flake']],
    ['emptiness', { tags: { is: 'empty_array' } }, ['Roof [A]']],
    ['truth', { closed: { is: 'true' } }, ['flake 2']],
    ['whole numbers', { grade: { gt_int: 6 } }, ['Roof [A]', 'flake 2']],
    ['numbers that are texts', { length: { gt_float: 9, lt_float: 29.9 } }, ['Flake']],
    ['times', { on: { gt_date: new Date('2026-06-01T00:00:00Z') } }, ['Roof [A]']],
    ['nested fields', { 'seo.title': { in: 'ünïcode?#' } }, ['Roof [A]']],
    ['several conditions at once', { grade: { gt_int: 6 }, tags: { any_in_array: 'slab' } }, ['flake 2']],
    ['alternatives', { __or: [{ grade: { gt_int: 7 } }, { name: { in: 'Flake' } }] }, ['Flake', 'Roof [A]']],
    [
      'alternatives beside a condition',
      { tags: { any_in_array: 'slab' }, __or: [{ grade: { gt_int: 6 } }, { grade: { lt_int: 6 } }] },
      ['flake 2'],
    ],
    ['nothing', {}, ['Flake', 'Roof [A]', 'flake 2']],
  ])('finds %s', async (_name, filter, expected) => {
    expect(await createRoutes()(filter)).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['a field that is no path', { 'a][b': { in: 'x' } }],
    ['an empty field', { '': { in: 'x' } }],
    ['an operator that is not there', { name: { equals: 'x' } }],
    ['an item with a comma', { name: { in: ['a,b'] } }],
    ['an empty list', { name: { in: [] } }],
    ['a number that is none', { grade: { gt_int: Number.NaN } }],
    ['a text for a number', { grade: { gt_int: '6' } }],
    ['a time that is none', { on: { gt_date: new Date(Number.NaN) } }],
    ['an alternative with two comparisons', { __or: [{ a: { in: 'x' }, b: { in: 'y' } }] }],
    ['an alternative without any', { __or: [{}] }],
  ])('refuses %s', (_name, filter) => {
    expect(() => serializeFilter(filter as FilterQuery)).toThrow(KeyblokError)
  })

  it('means to the API what it says, whatever the value', async () => {
    const space = createEmptySpace()
    const delivery = createDelivery(fetchFrom(space).fetch)
    const values = new Map<string, string>()
    const value = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => text.trim() === text && text.isWellFormed() && !/[,\0]/.test(text))
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        if (!values.has(text)) {
          const fullSlug = `s-${values.size}`
          values.set(text, fullSlug)
          space.addStories([{ fullSlug, content: { _uid: 'u', component: 'c', field: text, in: { deep: text } } }])
        }
        const found = await delivery.stories(accessTo('draft'), {
          filterQuery: { field: { in: text }, 'in.deep': { in: [text] } },
        })
        expect(found.stories.map((story) => story.full_slug)).toEqual([values.get(text)])
      }),
      { numRuns: 60 },
    )
  })
})
