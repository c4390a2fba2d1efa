import { notFound } from '../answer.js'
import { webhookActions } from '../webhooks/webhooks.js'
import type { WebhookAction } from '../webhooks/webhooks.js'
import { blank, page, pageQuery, text, texts } from './input.js'
import type { FieldErrors } from './input.js'
import { ok } from './operation.js'
import type { Operation } from './operation.js'
import { pick, resourceOperations } from './resource.js'

const logs = 'spaces/:space/webhook_logs'

/** The endpoints that are told what happens in the space, and the log of what they were told. */
export const webhookOperations: Operation[] = [
  {
    method: 'GET',
    path: 'spaces/:space/webhook_endpoints/allowed_actions',
    scope: 'webhooks:read',
    run: () => ok({ allowed_actions: webhookActions.map((action) => ({ action })) }),
  },
  ...resourceOperations({
    kind: 'webhook_endpoints',
    wrapper: 'webhook_endpoint',
    scope: 'webhooks',
    defaults: ({ store }) => ({
      description: null,
      secret: null,
      activated: true,
      space_id: store.spaceId,
      deleted_at: null,
    }),
    read: (input, before) => ({
      ...pick(input, ['name', 'description', 'endpoint', 'secret', 'activated']),
      actions: texts(input['actions'], texts(before?.['actions'])),
    }),
    check: ({ name, endpoint, actions }): FieldErrors => ({
      ...(text(name).trim() === '' && { name: [blank] }),
      ...(!isHttpUrl(text(endpoint)) && { endpoint: ['is invalid'] }),
      ...(!texts(actions).every((action) => webhookActions.includes(action as WebhookAction)) && {
        actions: ['is not included in the list'],
      }),
    }),
  }),
  {
    method: 'GET',
    path: logs,
    scope: 'webhooks:read',
    parameters: [...pageQuery, 'webhook_endpoint_id'],
    run: (request) => {
      const endpoint = request.query.get('webhook_endpoint_id')
      const found = request.store
        .records('webhook_logs')
        .list()
        .filter((log) => endpoint === null || String(log['webhook_endpoint_id']) === endpoint)
        .toReversed()
      return page(request, 'webhook_logs', found)
    },
  },
  {
    method: 'GET',
    path: `${logs}/:id`,
    scope: 'webhooks:read',
    run: ({ store, id }) => {
      const log = store.records('webhook_logs').get(id)
      if (!log) throw notFound()
      return ok({ webhook_log: log })
    },
  },
]

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}
