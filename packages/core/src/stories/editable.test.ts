import { describe, expect, it } from 'vitest'
import { accessTo, createDelivery, createSpace, fetchFrom } from '../test-support.js'
import { editable } from './editable.js'

const mark = (json: string) => ({ _editable: `<!--#storyblok#${json}-->` })

describe('editable', () => {
  it('gives what the Visual Editor looks for', () => {
    expect(editable(mark('{"name": "hero", "space": "1", "uid": "a-b", "id": "5"}'))).toEqual({
      'data-blok-c': '{"name":"hero","space":"1","uid":"a-b","id":"5"}',
      'data-blok-uid': '5-a-b',
    })
  })

  it('marks each blok of a draft, and none of a published story', async () => {
    const { fetch } = fetchFrom(createSpace())
    const read = (version: 'draft' | 'published') =>
      createDelivery(fetch).story(accessTo(version), { slug: 'home' }, {})
    const [draft, published] = await Promise.all([read('draft'), read('published')])
    expect(editable(draft?.story.content)['data-blok-uid']).toMatch(/^\d+-[\w-]+$/)
    expect(editable(published?.story.content)).toEqual({})
  })

  it.each([
    undefined,
    null,
    {},
    { _editable: '' },
    { _editable: 5 as never },
    { _editable: '<!-- words -->' },
    { _editable: '{"uid":"a","id":"5"}' },
    mark(''),
    mark('{'),
    mark('null'),
    mark('[]'),
    mark('{"uid":"a"}'),
    mark('{"uid":{},"id":"5"}'),
    mark('{"uid":"","id":"5"}'),
  ])('gives nothing for %j', (blok) => {
    expect(editable(blok)).toEqual({})
  })
})
