import { notFound, unprocessable, WireError } from '../answer.js'
import type { Answer } from '../answer.js'
import type { StoryEntry } from '../store/stories.js'
import { deleteStory, publishStory, saveDraft, unpublishStory, updateEntry } from '../stories/story-actions.js'
import { taken, unwrap } from './input.js'
import type { Input } from './input.js'
import { listParameters, listStories } from './list-stories.js'
import { created, ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'
import { showStory } from './show-story.js'
import { readEntry, readStoryContent } from './story-input.js'

const base = 'spaces/:space/stories'

/** Stories and folders: a list without content, and each with its draft. Publishing is a GET, as Storyblok has it. */
export const storyOperations: Operation[] = [
  { method: 'GET', path: base, scope: 'stories:read', parameters: listParameters, run: listStories },
  { method: 'POST', path: base, scope: 'stories:write', errors: [422], run: createStory },
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
  { method: 'PUT', path: `${base}/:id`, scope: 'stories:write', errors: [422], run: updateStory },
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
    parameters: ['lang', 'release_id'],
    errors: [422],
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
    errors: [422],
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

function createStory(request: ManagementRequest): Answer {
  const { store, clock, body } = request
  const input = unwrap(request, 'story')
  const entry = readEntry(store, input, undefined, clock.iso())
  const content = entry.is_folder ? undefined : readStoryContent(input, undefined)
  store.stories.insert(entry)
  if (content) store.stories.writeContent(entry.id, 'draft', content)
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
  if (release !== undefined) {
    // A release holds content; a story's own fields have one state, which is now.
    if (content) store.stories.writeContent(before.id, `release:${release}`, content)
    store.raiseCacheVersion(clock.now())
    return ok({ story: showStory(request, before) })
  }
  moveEntry(request, before, after)
  if (content) saveDraft(request, after, content)
  if (content && isPublishing(body, input)) {
    publishStory(request, after, { lang: typeof body['lang'] === 'string' ? body['lang'] : undefined })
  }
  return ok({ story: showStory(request, findEntry(request)) })
}

/** @throws {WireError} With status 422 when what lies in a folder would take slugs that others have. */
function moveEntry(request: ManagementRequest, before: StoryEntry, after: StoryEntry): void {
  try {
    updateEntry(request, before, after)
  } catch (error) {
    if (String(error).includes('UNIQUE constraint failed')) throw new WireError(422, { slug: [taken] })
    throw error
  }
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
