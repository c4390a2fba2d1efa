import { describe, expect, it } from 'vitest'
import type { LocalSpace } from '../local-space.js'
import { ask, createSpaceOf, tokens } from '../test-support.js'

const page = (slug: string, fields: Record<string, unknown>, story: Record<string, unknown> = {}) => ({
  full_slug: slug,
  content: { _uid: slug, component: 'page', ...fields },
  ...story,
})

const createFilteredSpace = (): LocalSpace =>
  createSpaceOf([
    page('a', {
      title: 'John',
      price: '74.99',
      sale: true,
      tags: ['x', 'y'],
      day: '2026-01-31 08:00',
      seo: { title: 'Deep' },
    }),
    page('b', { title: '', price: 5, sale: false, tags: [], day: '2026-03-01 08:00', body: [{ title: 'In' }] }),
    page('c', { title: null, price: 'cheap', tags: ['y', 'z'], secret: '100%' }),
    page('d', { component: 'post', title: 'Joan, or "not"' }, { tag_list: ['news'] }),
  ])

async function find(space: LocalSpace, query: Record<string, string>): Promise<string> {
  const { body, status } = await ask(space, 'stories', query)
  return status === 200 ? body.stories.map(({ slug }: { slug: string }) => slug).join('') : `${status} ${body.error}`
}

describe('filter_query', () => {
  it.each([
    ['[title][in]', 'John,other', 'a'],
    ['[title][not_in]', 'John', 'bcd'],
    ['[component][in]', 'post', 'd'],
    ['[sale][in]', 'true', 'a'],
    ['[price][in]', '5', 'b'],
    ['[title][like]', 'jo*', 'ad'],
    ['[title][like]', '', 'b'],
    ['[title][not_like]', '*oh*', 'bcd'],
    ['[secret][like]', '100%', 'c'],
    ['[secret][like]', '10%', ''],
    ['[tags][any_in_array]', 'x,z', 'ac'],
    ['[tags][in_array]', 'x', 'a'],
    ['[tags][all_in_array]', 'x,y', 'a'],
    ['[seo.title][in]', 'Deep', 'a'],
    ['[body.0.title][in]', 'In', 'b'],
    ['[sale][exists]', 'true', 'ab'],
    ['[sale][exists]', 'false', 'cd'],
    ['[title][is]', 'empty', 'bc'],
    ['[title][is]', 'not_empty', 'ad'],
    ['[tags][is]', 'empty_array', 'b'],
    ['[tags][is]', 'not_empty_array', 'ac'],
    ['[title][is]', 'null', 'c'],
    ['[title][is]', 'not_null', 'abd'],
    ['[sale][is]', 'true', 'a'],
    ['[sale][is]', 'false', 'b'],
    ['[price][gt_int]', '5', 'a'],
    ['[price][lt_int]', '74', 'b'],
    ['[price][gt_float]', '74.98', 'a'],
    ['[price][lt_float]', '5.5', 'b'],
    ['[day][gt_date]', '2026-01-31 08:00', 'b'],
    ['[day][lt_date]', '2026-02-01 00:00', 'a'],
  ])('%s=%s finds %s', async (name, value, slugs) => {
    expect(await find(createFilteredSpace(), { [`filter_query${name}`]: value })).toBe(slugs)
  })

  it('joins conditions with AND, and alternatives with OR', async () => {
    const either = 'filter_query[__or][][title][in]=John&filter_query[__or][][sale][in]=false'
    const space = createFilteredSpace()
    const read = async (query: string) => {
      const url = `http://space.test/v2/cdn/stories?version=draft&token=${tokens.preview}&${query}`
      const { stories } = (await (await space.fetch(new Request(url))).json()) as { stories: { slug: string }[] }
      return stories.map(({ slug }) => slug).join('')
    }
    expect(await read(either)).toBe('ab')
    expect(await read(`${either}&filter_query[tags][is]=empty_array`)).toBe('b')
    expect(await read(`${encodeURIComponent('filter_query[title][in]')}=John&by_slugs=b`)).toBe('')
  })

  it.each([
    ['filter_query[title][near]', 'x', '422 The filter operator near is not known'],
    ['filter_query[title][is]', 'x', '422 The filter operator is does not know x'],
    ['filter_query[title]', 'x', '422 filter_query[title] is not a filter'],
    ['filter_query[price][gt_int]', 'x', '422 x is not a number'],
    ['filter_query[day][gt_date]', 'soon', '422 soon is not a date such as 2026-01-31 08:00'],
  ])('refuses %s=%s', async (name, value, message) => {
    expect(await find(createFilteredSpace(), { [name]: value })).toBe(message)
  })

  it('cannot be turned into other SQL', async () => {
    const space = createFilteredSpace()
    expect(await find(space, { [`filter_query[x"') OR 1=1 --][in]`]: `' OR 1=1 --` })).toBe('')
    expect(await find(space, {})).toBe('abcd')
  })
})

describe('the other filters', () => {
  const createDatedSpace = (): LocalSpace =>
    createSpaceOf([
      page('a', { text: 'Granite' }, { published_at: '2026-01-01T08:00:00.000Z' }),
      page('b/', {}, { is_startpage: true, published_at: '2026-02-01T08:00:00.000Z' }),
      page('b/c', { body: { text: '50% off' } }, { slug: 'c', published_at: '2026-03-01T08:00:00.000Z' }),
    ])

  it.each([
    [{ level: '1' }, 1],
    [{ level: '2' }, 1],
    [{ published_at_gt: '2026-01-01 08:00' }, 2],
    [{ published_at_gte: '2026-01-01T08:00:00.000Z' }, 3],
    [{ first_published_at_lt: '2026-02-01 08:00' }, 1],
    [{ updated_at_lte: '2020-01-01 00:00' }, 0],
    [{ search_term: 'granite' }, 1],
    [{ search_term: '50%' }, 1],
    [{ search_term: 'component' }, 0],
  ])('understand %j', async (query, total) => {
    expect((await ask(createDatedSpace(), 'stories', query as never)).headers.get('total')).toBe(String(total))
  })

  it('leave fields out on request', async () => {
    const { content } = (await ask(createDatedSpace(), 'stories/a', { excluding_fields: 'text,component' })).body.story
    expect(content).not.toHaveProperty('text')
    expect(content.component).toBe('page')
  })
})
