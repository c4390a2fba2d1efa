import { expect, it } from 'vitest'
import { findSpace } from './find-space.js'
import { defineStories } from './source.js'
import { defineSpace } from './space.js'

const home = defineSpace({ home: 'start', trailingSlash: false })
const docs = defineSpace({ name: 'docs', envPrefix: 'STORYBLOK_DOCS' })

it('finds the space named default among all that a module exports', () => {
  expect(findSpace({ articles: defineStories(docs), docs, home, other: 5, nothing: null }, {})).toEqual(home)
})

it('takes another where there is no default one', () => {
  expect(findSpace({ docs }, {}).name).toBe('docs')
})

it('finds a space that is exported through its sources only', () => {
  expect(findSpace({ articles: defineStories(home) }, {}).home).toBe('start')
})

it('is a space of defaults without any, and takes nothing else for one', () => {
  expect(findSpace({ space: { name: 'x', home: 'y' }, articles: { space: 'x' } }, {})).toEqual(defineSpace())
})

it('completes it with what the framework says of paths', () => {
  expect(findSpace({ home }, { base: '/site', trailingSlash: true })).toMatchObject({
    base: '/site',
    trailingSlash: false,
  })
})
