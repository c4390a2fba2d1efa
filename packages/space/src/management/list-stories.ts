import type { Answer } from '../answer.js'
import { storyCondition } from '../delivery/conditions.js'
import { allOf, not } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import type { StoryEntry } from '../store/stories.js'
import { isTrue, page, pageQuery } from './input.js'
import type { ManagementRequest } from './operation.js'
import { showStory } from './show-story.js'

/** Filters that mean the same as in the delivery API. */
const sharedFilters: readonly string[] = [
  'starts_with',
  'by_ids',
  'excluding_ids',
  'by_uuids',
  'by_slugs',
  'excluding_slugs',
  'with_tag',
  'in_workflow_stages',
  'filter_query',
]

/** Lists stories and folders without their content. */
export function listStories(request: ManagementRequest): Answer {
  const { store, query } = request
  const shared = [...query].filter(([name]) => sharedFilters.includes(name.replace(/\[.*$/, '')))
  const conditions = [
    storyCondition(new URLSearchParams(shared), { code: 'default', suffixes: [] }),
    ...Object.entries(filters).flatMap(([name, filter]) => {
      const value = query.get(name)
      return value === null || value === '' ? [] : [filter(value)]
    }),
  ]
  const [field = '', direction] = (query.get('sort_by') ?? '').split(':')
  const order = sortable.has(field) ? `s.${field} ${direction === 'desc' ? 'DESC' : 'ASC'}, s.id` : 's.position, s.id'
  const entries = store.stories.findEntries(allOf(conditions), { sql: order, values: [] })
  const { body, ...answer } = page(request, 'stories', entries)
  const shown = (body as { stories: StoryEntry[] }).stories.map((entry) => showStory(request, entry, false))
  return { ...answer, body: { stories: shown } }
}

const sortable = new Set(['name', 'slug', 'full_slug', 'position', 'created_at', 'updated_at', 'published_at'])

const published: Condition = {
  sql: "EXISTS (SELECT 1 FROM versions p WHERE p.story_id = s.id AND p.version = 'published')",
  values: [],
}

const filters: Record<string, (value: string) => Condition> = {
  folder_only: (value) => ({ sql: isTrue(value) ? 's.is_folder = 1' : 'TRUE', values: [] }),
  story_only: (value) => ({ sql: isTrue(value) ? 's.is_folder = 0' : 'TRUE', values: [] }),
  with_parent: (value) => ({ sql: 's.parent_id = ?', values: [Number(value)] }),
  with_slug: (value) => ({ sql: 's.full_slug = ?', values: [value] }),
  contain_component: (value) => ({
    sql: "EXISTS (SELECT 1 FROM json_tree(v.content) WHERE key = 'component' AND atom = ?)",
    values: [value],
  }),
  content_type: (value) => ({ sql: 'v.component = ?', values: [value] }),
  is_published: (value) => (isTrue(value) ? published : not(published)),
  in_release: (value) => ({
    sql: 'EXISTS (SELECT 1 FROM versions r WHERE r.story_id = s.id AND r.version = ?)',
    values: [`release:${value}`],
  }),
  search: searchCondition,
  text_search: searchCondition,
}

function searchCondition(value: string): Condition {
  return storyCondition(new URLSearchParams({ search_term: value }), { code: 'default', suffixes: [] })
}

/** What the list takes in the query. */
export const listParameters: readonly string[] = [...pageQuery, 'sort_by', ...sharedFilters, ...Object.keys(filters)]
