import { notFound, WireError } from '../answer.js'
import { blank, nameErrors, optionalId, text, unwrap } from './input.js'
import { created } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'
import { pick, resourceOperations } from './resource.js'

/** Workflows, their stages, and the stages that stories are in. */
export const workflowOperations: Operation[] = [
  ...resourceOperations({
    kind: 'workflows',
    wrapper: 'workflow',
    defaults: () => ({ content_types: [], is_default: false }),
    read: (input) => pick(input, ['name', 'content_types', 'is_default']),
    check: nameErrors,
  }),
  ...resourceOperations({
    kind: 'workflow_stages',
    wrapper: 'workflow_stage',
    scope: 'workflows',
    defaults: () => ({ color: null, position: 0, allow_publish: false, allow_all_users: true }),
    read: (input) =>
      pick(input, ['name', 'workflow_id', 'color', 'position', 'allow_publish', 'allow_all_users', 'is_default']),
    check: nameErrors,
    filters: { in_workflow: (stage, value) => String(stage['workflow_id']) === value },
  }),
  {
    method: 'POST',
    path: 'spaces/:space/workflow_stage_changes',
    scope: 'stories:write',
    errors: [404, 422],
    run: changeStage,
  },
]

function changeStage(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, clock, webhooks } = request
  const input = unwrap(request, 'workflow_stage_change')
  const stage = store.records('workflow_stages').get(Number(input['workflow_stage_id']))
  const storyId = optionalId(input['story_id'] ?? null)
  const entry = storyId === null ? undefined : store.stories.get(storyId)
  if (!stage) throw new WireError(422, { workflow_stage_id: [blank] })
  if (!entry) throw notFound()
  store.stories.update({ ...entry, workflow_stage_id: stage.id })
  const change = store.records('workflow_stage_changes').insert({
    workflow_stage_id: stage.id,
    story_id: entry.id,
    created_at: clock.iso(),
    user_id: 1,
  })
  const workflow = store.records('workflows').get(Number(stage['workflow_id']))
  webhooks.emit('workflow.stage.changed', `The Story ${entry.name} is in the stage ${text(stage['name'])} now`, {
    story_id: entry.id,
    workflow_name: text(workflow?.['name']),
    workflow_stage_name: text(stage['name']),
  })
  return created({ workflow_stage_change: change })
}
