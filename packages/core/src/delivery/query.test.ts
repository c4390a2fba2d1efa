import { describe, expect, it } from 'vitest'
import { serializeQuery } from './query.js'
import type { StoriesQuery } from './query.js'

describe('serializeQuery', () => {
  it('uses Storyblok’s names', () => {
    const query: StoriesQuery = {
      startsWith: 'blog/',
      contentType: 'article',
      bySlugs: ['a', 'b/*'],
      isStartpage: false,
      sortBy: 'name:asc',
      page: 2,
      perPage: 10,
      resolveRelations: ['article.author'],
    }
    expect(decodeURIComponent(serializeQuery(query).toString())).toMatchInlineSnapshot(
      `"starts_with=blog/&content_type=article&by_slugs=a,b/*&is_startpage=0&sort_by=name:asc&page=2&per_page=10&resolve_relations=article.author&resolve_level=2"`,
    )
  })

  it('leaves out what is not set', () => {
    expect(serializeQuery({ startsWith: undefined, resolveRelations: [], contentType: '' }).toString()).toBe('')
  })

  it.each(['version', 'token', 'cv', 'from_release', '_storyblok_tk', '__proto__', 'toString'])(
    'refuses an option “%s”, also from plain JavaScript',
    (name) => {
      const query = Object.fromEntries([[name, 'draft']]) as StoriesQuery
      expect(() => serializeQuery(query)).toThrow('KB_PARAMETER_INVALID')
    },
  )

  it.each([{ bySlugs: ['a,b'] }, { page: 0 }, { perPage: 1.5 }, { page: Number.NaN }])('refuses %j', (query) => {
    expect(() => serializeQuery(query)).toThrow('KB_PARAMETER_INVALID')
  })
})
