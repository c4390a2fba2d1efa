import { expect, it } from 'vitest'
import { findDataBloks } from './find-data-bloks.js'

const teaser = { _uid: '1', component: 'teaser' }

it('finds bloks with a function wherever they stand, each once', () => {
  const related = { content: { body: [teaser] } }
  const body = { type: 'doc', content: [{ type: 'blok', attrs: { body: [{ component: 'teaser', _uid: '2' }] } }] }
  const story = { content: { component: 'page', one: related, two: related, body } }
  const found = findDataBloks({ teaser: () => 1 }, story)
  expect(found).toEqual([teaser, { component: 'teaser', _uid: '2' }])
})

it('finds none where there are no functions', () => {
  expect(findDataBloks({}, { content: teaser })).toEqual([])
})
