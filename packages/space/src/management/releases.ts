import { randomUUID } from 'node:crypto'
import { notFound, unprocessable } from '../answer.js'
import { publishStory } from '../stories/story-actions.js'
import { nameErrors, numbers, text, time } from './input.js'
import { ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'
import { pick, resourceOperations } from './resource.js'

const base = 'spaces/:space/releases'

/** Releases: what a set of stories will be. Merging one publishes what it holds. */
export const releaseOperations: Operation[] = [
  ...resourceOperations({
    kind: 'releases',
    wrapper: 'release',
    defaults: () => ({
      uuid: randomUUID(),
      release_at: null,
      released: false,
      timezone: null,
      branches_to_deploy: [],
      owner_id: 1,
      users_to_notify_ids: [],
      public: true,
      allowed_user_ids: [],
      allowed_space_role_ids: [],
      allowed_api_key_ids: [],
    }),
    read: (input, before) => {
      if (before?.['released'] === true) throw unprocessable('Has been released already')
      return {
        ...pick(input, [
          'name',
          'timezone',
          'public',
          'users_to_notify_ids',
          'allowed_user_ids',
          'allowed_space_role_ids',
        ]),
        ...(input['release_at'] !== undefined && { release_at: time(input['release_at']) }),
        branches_to_deploy: numbers(input['branches_to_deploy'], numbers(before?.['branches_to_deploy'])),
        allowed_api_key_ids: numbers(input['allowed_api_key_ids'], numbers(before?.['allowed_api_key_ids'])),
      }
    },
    check: nameErrors,
    changed: ({ store }, release, action) => {
      if (action === 'deleted') store.stories.deleteVersion(`release:${release.id}`)
      else allowKeys(store, release.id, numbers(release['allowed_api_key_ids']))
    },
  }),
  { method: 'POST', path: `${base}/:id/merge`, scope: 'releases:publish', errors: [422], run: mergeRelease },
]

/** The tokens that a release allows, and the releases that a token names, are the same list seen from two sides. */
function allowKeys(store: ManagementRequest['store'], release: number, keyIds: readonly number[]): void {
  for (const key of store.apiKeys.list()) {
    if (!keyIds.includes(key.id) || key.release_ids.includes(release)) continue
    store.apiKeys.update({ ...key, release_ids: [...key.release_ids, release] })
  }
}

function mergeRelease(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, id, webhooks } = request
  const release = store.records('releases').get(id)
  if (!release) throw notFound()
  if (release['released'] === true) throw unprocessable('Has been released already')
  const ids = store.stories.idsOf(`release:${id}`)
  store.stories.copyVersions(`release:${id}`, 'draft', ids)
  for (const storyId of ids) {
    const entry = store.stories.get(storyId)
    if (entry) publishStory(request, entry)
  }
  store.stories.deleteVersion(`release:${id}`)
  store.records('releases').update({ ...release, released: true })
  webhooks.emit('release.merged', `The release ${text(release['name'])} was merged`, { release_id: id })
  return ok({ release: store.records('releases').get(id) })
}
