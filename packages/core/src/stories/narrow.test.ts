import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import { createEmptySpace, environment, fetchFrom } from '../test-support.js'
import { narrowStories } from './narrow.js'
import { defineStories } from './source.js'
import { defineSpace } from './space.js'

const ice = defineStories(defineSpace(), { startsWith: 'guides/', filterQuery: { topic: { in: 'ice' } } })

describe('a source of several types', () => {
  it('gives no other one, whatever a filter asks for', async () => {
    const local = createEmptySpace()
    local.addStories([
      { fullSlug: 'a', content: { _uid: 'a', component: 'post' } },
      { fullSlug: 'b', content: { _uid: 'b', component: 'internal' } },
    ])
    const site = new Site({ env: (name) => environment[name], dev: false, fetch: fetchFrom(local).fetch })
    const source = defineStories(defineSpace(), { contentType: ['post', 'page'] })
    const asked = narrowStories(source, { filterQuery: { component: { in: 'internal' } } })
    const slugs = (await site.visit({ local: false }).all(asked)).map(({ slug }) => slug)
    expect(slugs).toEqual(['a'])
  })
})

describe('a source narrowed', () => {
  it('by nothing is itself', () => {
    expect(narrowStories(ice, {})).toBe(ice)
    expect(narrowStories(ice, { startsWith: '/' })).toBe(ice)
  })

  it.each([
    ['alps', 'guides/alps/'],
    ['/alps/west/', 'guides/alps/west/'],
  ])('to the folder %s lies below its own', (startsWith, expected) => {
    expect(narrowStories(ice, { startsWith }).startsWith).toBe(expected)
  })

  it('keeps its own conditions beside others', () => {
    const { filterQuery } = narrowStories(ice, { filterQuery: { grade: { gt_int: 3 }, topic: { not_in: 'rock' } } })
    expect(filterQuery).toEqual({ grade: { gt_int: 3 }, topic: { in: 'ice', not_in: 'rock' } })
  })

  it('never gives what the source has not', () => {
    expect(narrowStories(ice, { filterQuery: { topic: { in: 'rock' } } }).filterQuery).toEqual({ topic: { in: 'ice' } })
  })

  it('takes alternatives of one side only', () => {
    const either = { __or: [{ topic: { in: 'ice' } }, { topic: { in: 'rock' } }] }
    const source = defineStories(defineSpace(), { filterQuery: either })
    expect(narrowStories(source, { filterQuery: { grade: { gt_int: 3 } } }).filterQuery).toMatchObject(either)
    expect(() => narrowStories(source, { filterQuery: either })).toThrow('KB_PARAMETER_INVALID')
  })
})
