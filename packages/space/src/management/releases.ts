import { randomUUID } from 'node:crypto'
import { notFound, unprocessable } from '../answer.js'
import { publishStory } from '../stories/story-actions.js'
import { ids, nameErrors, text, time, unwrap } from './input.js'
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
        branches_to_deploy: ids(input['branches_to_deploy'], ids(before?.['branches_to_deploy'])),
      }
    },
    check: nameErrors,
    show: (release, { store }) => ({
      ...release,
      allowed_api_key_ids: store.apiKeys
        .list()
        .flatMap((key) => (key.release_ids.includes(release.id) ? [key.id] : [])),
    }),
    changed: (request, release, action) => {
      if (action === 'deleted') request.store.stories.deleteVersion(`release:${release.id}`)
      else allowKeys(request, release.id)
    },
  }),
  { method: 'POST', path: `${base}/:id/merge`, scope: 'releases:publish', errors: [422], run: mergeRelease },
]

/** Makes a release name the tokens that were sent, and no others: it is the tokens that keep it. */
function allowKeys(request: ManagementRequest, release: number): void {
  const { allowed_api_key_ids: sent } = unwrap(request, 'release')
  if (sent === undefined) return
  const allowed = ids(sent)
  for (const key of request.store.apiKeys.list()) {
    const others = key.release_ids.filter((id) => id !== release)
    request.store.apiKeys.update({ ...key, release_ids: allowed.includes(key.id) ? [...others, release] : others })
  }
}

function mergeRelease(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, id, webhooks } = request
  const release = store.records('releases').get(id)
  if (!release) throw notFound()
  if (release['released'] === true) throw unprocessable('Has been released already')
  const storyIds = store.stories.idsOf(`release:${id}`)
  store.stories.copyVersions(`release:${id}`, 'draft', storyIds)
  for (const storyId of storyIds) {
    const entry = store.stories.get(storyId)
    if (entry) publishStory(request, entry)
  }
  store.stories.deleteVersion(`release:${id}`)
  store.records('releases').update({ ...release, released: true })
  webhooks.emit('release.merged', `The release ${text(release['name'])} was merged`, { release_id: id })
  return ok({ release: store.records('releases').get(id) })
}
