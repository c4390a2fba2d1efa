import { notFound, unprocessable, WireError } from '../answer.js'
import type { Answer } from '../answer.js'
import { storyCondition } from '../delivery/conditions.js'
import { allOf, not } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import type { StoryEntry } from '../store/stories.js'
import { deleteStory, publishStory, saveDraft, unpublishStory, updateEntry } from '../stories/story-actions.js'
import { page, unwrap } from './input.js'
import type { Input } from './input.js'
import { created, ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'
import { showStory } from './show-story.js'
import { readEntry, readStoryContent } from './story-input.js'

const base = 'spaces/:space/stories'

/** Stories and folders: a list without content, and each with its draft. Publishing is a GET, as Storyblok has it. */
export const storyOperations: Operation[] = [
  { method: 'GET', path: base, scope: 'stories:read', run: listStories },
  { method: 'POST', path: base, scope: 'stories:write', run: createStory },
  {
    method: 'GET',
    path: `${base}/:id`,
    scope: 'stories:read',
    run: (request) => {
      // Storyblok takes the delivery API’s parameter for a part of the address.
      if (request.query.has('version')) throw notFound()
      return ok({ story: showStory(request, findEntry(request)) })
    },
  },
  { method: 'PUT', path: `${base}/:id`, scope: 'stories:write', run: updateStory },
  {
    method: 'DELETE',
    path: `${base}/:id`,
    scope: 'stories:write',
    run: (request) => {
      const entry = findEntry(request)
      const story = showStory(request, entry)
      deleteStory(request, entry)
      return ok({ story })
    },
  },
  {
    method: 'GET',
    path: `${base}/:id/publish`,
    scope: 'stories:publish',
    run: (request) => {
      const release = releaseOf(request, request.query.get('release_id'))
      publishStory(request, findStory(request), { lang: request.query.get('lang') ?? undefined, release })
      return ok({ story: showStory(request, findEntry(request)) })
    },
  },
  {
    method: 'GET',
    path: `${base}/:id/unpublish`,
    scope: 'stories:publish',
    run: (request) => {
      unpublishStory(request, findStory(request))
      return ok({ story: showStory(request, findEntry(request)) })
    },
  },
]

function findEntry({ store, id }: ManagementRequest): StoryEntry {
  const entry = store.stories.get(id)
  if (!entry) throw notFound()
  return entry
}

/** Folders have no content to publish. */
function findStory(request: ManagementRequest): StoryEntry {
  const entry = findEntry(request)
  if (entry.is_folder) throw unprocessable('A folder cannot be published')
  return entry
}

function releaseOf({ store }: ManagementRequest, value: unknown): number | undefined {
  if (value === null || value === undefined || value === '' || value === '0' || value === 0) return undefined
  const release = store.records('releases').get(Number(value))
  if (!release) throw notFound()
  return release.id
}

/** Filters that mean the same as in the delivery API. */
const sharedFilters = new Set([
  'starts_with',
  'by_ids',
  'excluding_ids',
  'by_uuids',
  'by_slugs',
  'excluding_slugs',
  'with_tag',
  'in_workflow_stages',
])

function listStories(request: ManagementRequest): Answer {
  const { store, query } = request
  const shared = [...query].filter(([name]) => sharedFilters.has(name) || name.startsWith('filter_query'))
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

const isTrue = (value: string): boolean => value === '1' || value === 'true'

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

function createStory(request: ManagementRequest): Answer {
  const { store, clock, body } = request
  const input = unwrap(request, 'story')
  const entry = readEntry(store, input, undefined, clock.iso())
  const content = entry.is_folder ? undefined : readStoryContent(input, undefined)
  store.transaction(() => {
    store.stories.insert(entry)
    if (content) store.stories.writeContent(entry.id, 'draft', content)
  })
  if (content && isPublishing(body, input)) publishStory(request, entry)
  return created({ story: showStory(request, store.stories.get(entry.id) ?? entry) })
}

/**
 * Replaces what is sent of a story, its content whole. One that was loaded before somebody else saved is refused unless
 * `force_update` is sent.
 */
function updateStory(request: ManagementRequest): Answer {
  const { store, clock, body } = request
  const before = findEntry(request)
  const input = unwrap(request, 'story')
  assertCurrent(before, input, body)
  const release = releaseOf(request, body['release_id'])
  const after = readEntry(store, input, before, clock.iso())
  const content = before.is_folder ? undefined : readStoryContent(input, store.stories.content(before.id, 'draft'))
  store.transaction(() => {
    updateEntry(request, before, after)
    if (content && release !== undefined) store.stories.writeContent(before.id, `release:${release}`, content)
    else if (content) saveDraft(request, after, content)
  })
  if (content && isPublishing(body, input) && release === undefined) {
    publishStory(request, after, { lang: typeof body['lang'] === 'string' ? body['lang'] : undefined })
  }
  return ok({ story: showStory(request, findEntry(request)) })
}

function assertCurrent({ updated_at: stored }: StoryEntry, input: Input, body: Input): void {
  const loaded = input['updated_at']
  const isForced = [1, '1', true, 'true'].includes(body['force_update'] as string)
  if (isForced || typeof loaded !== 'string' || Number.isNaN(Date.parse(loaded))) return
  if (Date.parse(loaded) < Date.parse(stored)) {
    throw new WireError(422, { conflict: true, story: 'has been changed' })
  }
}

function isPublishing(body: Input, input: Input): boolean {
  return [body['publish'], input['publish']].some((value) => [1, '1', true, 'true'].includes(value as string))
}
