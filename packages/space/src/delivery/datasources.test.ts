import { describe, expect, it } from 'vitest'
import { readContent } from '../content/read-content.js'
import type { LocalSpace } from '../local-space.js'
import { ask, askPublished, createFolder, createSpace, createSpaceOf, storyFile, tokens } from '../test-support.js'

const datasources = [
  {
    id: 5,
    name: 'Colours',
    slug: 'colours',
    dimensions: [{ name: 'German', entry_value: 'de' }],
    entries: [
      { name: 'red', value: 'Red', dimension_values: { de: 'Rot' } },
      { name: 'blue', value: 'Blue' },
    ],
  },
  { name: 'Sizes', slug: 'sizes', entries: [{ name: 's', value: 'Small' }] },
]

const createDatasourceSpace = (): LocalSpace => createSpaceOf([{}], { 'datasources/7/datasources.json': datasources })

describe('datasources', () => {
  it('are listed, and found by slug and id', async () => {
    const space = createDatasourceSpace()
    const { body, headers } = await askPublished(space, 'datasources')
    expect(body.datasources.map(({ id, slug }: { id: number; slug: string }) => [id, slug])).toEqual([
      [5, 'colours'],
      [6, 'sizes'],
    ])
    expect([headers.get('total'), typeof body.cv]).toEqual(['2', 'number'])
    for (const identifier of ['colours', '5']) {
      const { datasource } = (await ask(space, `datasources/${identifier}`)).body
      expect(datasource.dimensions).toEqual([{ id: 1, name: 'German', entry_value: 'de', datasource_id: 5 }])
    }
    expect((await ask(space, 'datasources/none')).status).toBe(404)
  })

  it('have entries, with a dimension on request', async () => {
    const space = createDatasourceSpace()
    const { body, headers } = await ask(space, 'datasource_entries', { datasource: 'colours', dimension: 'de' })
    expect(body.datasource_entries).toEqual([
      { id: 1, name: 'red', value: 'Red', dimension_value: 'Rot' },
      { id: 2, name: 'blue', value: 'Blue', dimension_value: null },
    ])
    expect([headers.get('total'), headers.get('per-page')]).toEqual(['2', '25'])
    expect((await ask(space, 'datasource_entries', { per_page: '2', page: '2' })).body.datasource_entries).toHaveLength(
      1,
    )
    expect((await ask(space, 'datasource_entries', { datasource: 'none' })).status).toBe(404)
  })

  it('are redirected to the cache version', async () => {
    for (const path of ['datasources', 'datasources/5', 'datasource_entries', 'tags']) {
      const answer = await ask(createDatasourceSpace(), path, { token: tokens.public, version: 'published' })
      expect(answer.status).toBe(301)
    }
  })

  it('are checked with the rest of the content', () => {
    const content = createFolder({
      'components/7/components.json': [],
      'stories/7/a.json': storyFile(),
      'datasources/7/datasources.json': [{ name: 1, slug: 'a', dimensions: {}, entries: [{ name: 'x', value: 2 }, 3] }],
    })
    expect(() => [...readContent(content).stories]).toThrowError(
      /\[0\]\.name: expected.*\n.*dimensions: expected an array\n.*entries\[1\]: expected an object\n.*entries\[0\]\.value/,
    )
  })
})

describe('tags and one link', () => {
  it('count the stories of each tag', async () => {
    const space = createSpaceOf([
      { full_slug: 'blog/a', tag_list: ['x', 'y'] },
      { full_slug: 'b', tag_list: ['x'], published: false },
    ])
    const tags = async (query = {}) => (await ask(space, 'tags', query)).body.tags
    expect(await tags()).toEqual([
      { name: 'x', taggings_count: 2 },
      { name: 'y', taggings_count: 1 },
    ])
    expect(await tags({ starts_with: 'blog/' })).toHaveLength(2)
    expect((await askPublished(space, 'tags')).body.tags[0]).toEqual({ name: 'x', taggings_count: 1 })
  })

  it('find a link by its UUID, where it is published', async () => {
    const space = createSpace()
    const { uuid } = (await ask(space, 'stories/membership')).body.story
    expect((await ask(space, `links/${uuid}`)).body.link).toMatchObject({ uuid, slug: 'membership' })
    expect((await askPublished(space, `links/${uuid}`)).status).toBe(404)
  })
})
