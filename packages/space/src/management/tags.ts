import { notFound } from '../answer.js'
import type { StoryEntry } from '../store/stories.js'
import { assertValid, blank, page, pageQuery, text, texts, unwrap } from './input.js'
import { created, noContent, ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'

const base = 'spaces/:space/tags'

/** The tags of stories, by name. A tag is there as long as a story has it. */
export const tagOperations: Operation[] = [
  {
    method: 'GET',
    path: base,
    scope: 'tags:read',
    parameters: [...pageQuery, 'search'],
    run: (request) => {
      const search = (request.query.get('search') ?? '').toLowerCase()
      const tags = request.store.stories
        .countTags(['draft'], { sql: 'TRUE', values: [] })
        .filter(({ name }) => name.toLowerCase().includes(search))
      return page(request, 'tags', tags)
    },
  },
  {
    method: 'POST',
    path: base,
    scope: 'tags:write',
    errors: [404, 422],
    run: (request) => {
      const input = unwrap(request, 'tag')
      const name = text(input['name']).trim()
      assertValid(name === '' ? { name: [blank] } : {})
      const entry = request.store.stories.get(Number(input['story_id']))
      if (!entry) throw notFound()
      changeTags(request, [entry], (tags) => [...tags.filter((tag) => tag !== name), name])
      return created({ tag: { name, taggings_count: 1 } })
    },
  },
  {
    method: 'PUT',
    path: `${base}/:name`,
    scope: 'tags:write',
    errors: [404, 422],
    run: (request) => {
      const name = text(unwrap(request, 'tag')['name']).trim()
      assertValid(name === '' ? { name: [blank] } : {})
      const old = request.params['name'] ?? ''
      changeTags(request, taggedStories(request, old), (tags) => tags.map((tag) => (tag === old ? name : tag)))
      return noContent()
    },
  },
  {
    method: 'DELETE',
    path: `${base}/:name`,
    scope: 'tags:write',
    errors: [404],
    run: (request) => {
      const name = request.params['name'] ?? ''
      changeTags(request, taggedStories(request, name), (tags) => tags.filter((tag) => tag !== name))
      return ok({})
    },
  },
]

function taggedStories({ store }: ManagementRequest, name: string): StoryEntry[] {
  const condition = { sql: 'EXISTS (SELECT 1 FROM json_each(s.tag_list) WHERE value = ?)', values: [name] }
  const entries = store.stories.findEntries(condition, { sql: 's.id', values: [] })
  if (entries.length === 0) throw notFound()
  return entries
}

function changeTags(
  { store, clock }: ManagementRequest,
  entries: readonly StoryEntry[],
  change: (tags: string[]) => string[],
): void {
  for (const entry of entries) {
    const tags = change(texts(JSON.parse(entry.tag_list)))
    store.stories.update({ ...entry, tag_list: JSON.stringify([...new Set(tags)]) })
  }
  store.raiseCacheVersion(clock.now())
}
