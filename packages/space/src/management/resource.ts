import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import type { Recorded, RecordKind } from '../store/records.js'
import { assertValid, page, pageQuery, unwrap } from './input.js'
import type { FieldErrors, Input } from './input.js'
import { noContent, ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'

/** A kind of record that is listed, read, made, changed and deleted, and whose bodies are wrapped in its name. */
export interface Resource {
  /** The kind, which is also its path and the name of its list. */
  kind: RecordKind
  /** What one is wrapped in. */
  wrapper: string
  /** The resource of its scopes, where that has another name. */
  scope?: string
  /** Whether the list comes whole. */
  isUnpaginated?: boolean
  /** The fields of a new one that nobody sends. */
  defaults?(request: ManagementRequest): Record<string, unknown>
  /** Takes the fields that may be sent. */
  read(input: Input, before: Recorded | undefined, request: ManagementRequest): Record<string, unknown>
  /** Says what is wrong with one; `others` are the records of the same kind beside it. */
  check?(record: Record<string, unknown>, others: readonly Recorded[]): FieldErrors
  /** What the list can be narrowed by: parameters, and whether a record fits the value of one. */
  filters?: Readonly<Record<string, (record: Recorded, value: string) => boolean>>
  /** Gives one as it is answered. */
  show?(record: Recorded, request: ManagementRequest): unknown
  /** Whether a change answers 204 and not the record. */
  isSilentUpdate?: boolean
  /** Does what a change brings with it. */
  changed?(request: ManagementRequest, record: Recorded, action: 'created' | 'updated' | 'deleted'): void
}

/** Makes the five operations of a resource. */
export function resourceOperations(resource: Resource): Operation[] {
  const { kind, wrapper, scope = kind, filters = {} } = resource
  const show = (record: Recorded, request: ManagementRequest): unknown => resource.show?.(record, request) ?? record
  const find = ({ store, id }: ManagementRequest): Recorded => {
    const record = store.records(kind).get(id)
    if (!record) throw notFound()
    return record
  }
  const list = (request: ManagementRequest): Answer => {
    const found = request.store
      .records(kind)
      .list()
      .filter((record) =>
        Object.entries(filters).every(([name, fits]) => {
          const value = request.query.get(name)
          return value === null || fits(record, value)
        }),
      )
      .map((record) => show(record, request))
    return resource.isUnpaginated ? ok({ [kind]: found }) : page(request, kind, found)
  }
  const check = (record: Record<string, unknown>, request: ManagementRequest, id?: number): void => {
    const others = request.store
      .records(kind)
      .list()
      .filter((other) => other.id !== id)
    assertValid(resource.check?.(record, others) ?? {})
  }

  const base = `spaces/:space/${kind}`
  return [
    {
      method: 'GET',
      path: base,
      scope: `${scope}:read`,
      parameters: [...(resource.isUnpaginated ? [] : pageQuery), ...Object.keys(filters)],
      run: list,
    },
    {
      method: 'POST',
      path: base,
      scope: `${scope}:write`,
      errors: [422],
      run: (request) => {
        const now = request.clock.iso()
        const sent = resource.read(unwrap(request, wrapper), undefined, request)
        const data = { created_at: now, updated_at: now, ...resource.defaults?.(request), ...sent }
        check(data, request)
        const record = request.store.records(kind).insert(data)
        resource.changed?.(request, record, 'created')
        return { status: 201, body: { [wrapper]: show(record, request) } }
      },
    },
    {
      method: 'GET',
      path: `${base}/:id`,
      scope: `${scope}:read`,
      run: (request) => ok({ [wrapper]: show(find(request), request) }),
    },
    {
      method: 'PUT',
      path: `${base}/:id`,
      scope: `${scope}:write`,
      errors: [422],
      run: (request) => {
        const before = find(request)
        const sent = resource.read(unwrap(request, wrapper), before, request)
        const record = { ...before, ...sent, id: before.id, updated_at: request.clock.iso() }
        check(record, request, record.id)
        request.store.records(kind).update(record)
        resource.changed?.(request, record, 'updated')
        return resource.isSilentUpdate ? noContent() : ok({ [wrapper]: show(record, request) })
      },
    },
    {
      method: 'DELETE',
      path: `${base}/:id`,
      scope: `${scope}:write`,
      run: (request) => {
        const record = find(request)
        request.store.records(kind).delete(record.id)
        resource.changed?.(request, record, 'deleted')
        return ok({ [wrapper]: show(record, request) })
      },
    },
  ]
}

/** Takes the fields of a list that were sent, and no others. */
export function pick(input: Input, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.filter((field) => input[field] !== undefined).map((field) => [field, input[field]]))
}
