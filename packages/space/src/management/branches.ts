import { WireError } from '../answer.js'
import { blank, nameErrors, text, texts } from './input.js'
import { created } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'
import { pick, resourceOperations } from './resource.js'

/** Pipeline stages: what was published when they were last deployed, read by tokens that are bound to them. */
export const branchOperations: Operation[] = [
  ...resourceOperations({
    kind: 'branches',
    wrapper: 'branch',
    scope: 'spaces',
    defaults: ({ store }) => ({ source_id: null, space_id: store.spaceId, url: '', position: 0, deployed_at: null }),
    read: (input) => pick(input, ['name', 'source_id', 'url', 'position']),
    check: nameErrors,
    changed: ({ store }, branch, action) => {
      if (action === 'deleted') store.stories.deleteVersion(`branch:${branch.id}`)
    },
  }),
  { method: 'POST', path: 'spaces/:space/deployments', scope: 'spaces:write', errors: [422], run: deploy },
]

/** Makes what is published, or what an earlier stage holds, the content of a stage; with the releases that are named. */
function deploy(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, clock, webhooks, body } = request
  const branch = store.records('branches').get(Number(body['branch_id']))
  if (!branch) throw new WireError(422, { branch_id: [blank] })
  const source = branch['source_id']
  const uuids = texts(body['release_uuids'])
  const releases = store
    .records('releases')
    .list()
    .filter(({ uuid }) => uuids.includes(text(uuid)))
  store.stories.deleteVersion(`branch:${branch.id}`)
  store.stories.copyVersions(typeof source === 'number' ? `branch:${source}` : 'published', `branch:${branch.id}`)
  for (const release of releases) store.stories.copyVersions(`release:${release.id}`, `branch:${branch.id}`)
  store.records('branches').update({ ...branch, deployed_at: clock.iso() })
  store.raiseCacheVersion(clock.now())
  const deployment = store
    .records('deployments')
    .insert({ branch_id: branch.id, release_uuids: uuids, created_at: clock.iso() })
  webhooks.emit('pipeline.deployed', `The stage ${text(branch['name'])} was deployed`, { branch_id: branch.id })
  return created({ deployment })
}
