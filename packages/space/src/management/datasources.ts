import { notFound, WireError } from '../answer.js'
import { isObject } from '../content/fields.js'
import { findDatasource } from '../delivery/list-datasources.js'
import type { DatasourceEntry } from '../store/datasource-entries.js'
import type { Recorded } from '../store/records.js'
import type { Store } from '../store/store.js'
import { assertValid, blank, page, pageQuery, taken, text, unwrap } from './input.js'
import type { FieldErrors } from './input.js'
import { created, noContent, ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'
import { pick, resourceOperations } from './resource.js'
import { omit } from '../omit.js'

interface Dimension {
  id: number
  name: string
  entry_value: string
  datasource_id: number
  created_at: string
  updated_at: string
}

/** The datasources of the space, with their dimensions. */
export const datasourceOperations: Operation[] = resourceOperations({
  kind: 'datasources',
  wrapper: 'datasource',
  defaults: () => ({ dimensions: [] }),
  read: (input) => pick(input, ['name', 'slug', 'dimensions_attributes']),
  check: ({ name, slug }, others): FieldErrors => ({
    ...(text(name).trim() === '' && { name: [blank] }),
    ...(text(slug).trim() === '' && { slug: [blank] }),
    ...(others.some((other) => other['slug'] === slug) && { slug: [taken] }),
  }),
  filters: {
    search: ({ name, slug }, value) => `${text(name)}\n${text(slug)}`.toLowerCase().includes(value.toLowerCase()),
    by_ids: ({ id }, value) => value.split(',').includes(String(id)),
  },
  show: (datasource) => omit(datasource, 'dimensions_attributes'),
  changed: ({ store, clock }, datasource, action) => {
    if (action === 'deleted') store.datasourceEntries.deleteAll(datasource.id)
    else applyDimensions(store, datasource, clock.iso())
    store.raiseCacheVersion(clock.now())
  },
})

/** Adds, changes and takes away dimensions as `dimensions_attributes` asks. */
function applyDimensions(store: Store, datasource: Recorded, now: string): void {
  const { dimensions_attributes: attributes, ...record } = datasource
  let dimensions = (Array.isArray(record['dimensions']) ? record['dimensions'] : []) as Dimension[]
  for (const sent of Array.isArray(attributes) ? attributes.filter(isObject) : []) {
    const known = dimensions.find(({ id }) => id === sent['id'])
    if (sent['_destroy']) {
      dimensions = dimensions.filter((dimension) => dimension !== known)
    } else if (known) {
      Object.assign(known, pick(sent, ['name', 'entry_value']), { updated_at: now })
    } else {
      dimensions.push({
        id: nextDimensionId(store, dimensions),
        name: text(sent['name']),
        entry_value: text(sent['entry_value']),
        datasource_id: record.id,
        created_at: now,
        updated_at: now,
      })
    }
  }
  delete datasource['dimensions_attributes']
  datasource['dimensions'] = dimensions
  store.records('datasources').update(datasource)
}

/** Dimensions have ids of their own, one after the other in the whole space. */
function nextDimensionId(store: Store, added: readonly Dimension[]): number {
  const stored = store
    .records('datasources')
    .list()
    .flatMap(({ dimensions }) => (Array.isArray(dimensions) ? (dimensions as Dimension[]) : []))
  return Math.max(0, ...[...stored, ...added].map(({ id }) => id)) + 1
}

const base = 'spaces/:space/datasource_entries'

/** The entries of datasources; with a dimension, `dimension_value` is the value in it. */
export const datasourceEntryOperations: Operation[] = [
  {
    method: 'GET',
    path: base,
    scope: 'datasource_entries:read',
    parameters: [...pageQuery, 'datasource_id', 'datasource_slug', 'dimension'],
    errors: [404],
    run: (request) => {
      const { store, query } = request
      const asked = query.get('datasource_id') ?? query.get('datasource_slug') ?? ''
      const datasource = findDatasource(store, asked)
      if (asked !== '' && !datasource) throw notFound()
      const dimension = findDimension(store, query.get('dimension'))
      const entries = store.datasourceEntries.list(datasource?.id)
      return page(
        request,
        'datasource_entries',
        entries.map((entry) => show(entry, dimension)),
        1000,
      )
    },
  },
  {
    method: 'POST',
    path: base,
    scope: 'datasource_entries:write',
    errors: [422],
    run: (request) => {
      const { store, clock } = request
      const input = unwrap(request, 'datasource_entry')
      const datasource = store.records('datasources').get(Number(input['datasource_id']))
      if (!datasource) throw new WireError(422, { datasource_id: [blank] })
      const entry = {
        datasource_id: datasource.id,
        name: text(input['name']),
        value: text(input['value']),
        dimensions: {},
      }
      assertEntry(store, entry)
      const stored = store.datasourceEntries.insert(entry)
      store.raiseCacheVersion(clock.now())
      announce(request, stored.datasource_id)
      return created({ datasource_entry: show(stored, undefined) })
    },
  },
  {
    method: 'GET',
    path: `${base}/:id`,
    scope: 'datasource_entries:read',
    run: (request) => ok({ datasource_entry: show(findEntry(request), undefined) }),
  },
  {
    method: 'PUT',
    path: `${base}/:id`,
    scope: 'datasource_entries:write',
    parameters: ['dimension_id'],
    errors: [422],
    run: updateEntry,
  },
  {
    method: 'DELETE',
    path: `${base}/:id`,
    scope: 'datasource_entries:write',
    run: (request) => {
      const { store, clock, id } = request
      const entry = findEntry(request)
      store.datasourceEntries.delete(id)
      store.raiseCacheVersion(clock.now())
      announce(request, entry.datasource_id)
      return ok({ datasource_entry: show(entry, undefined) })
    },
  },
]

/** Changes an entry; with `dimension_id` in the query or body, its value in that dimension. */
function updateEntry(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, query, clock } = request
  const before = findEntry(request)
  const input = unwrap(request, 'datasource_entry')
  const dimension = findDimension(store, query.get('dimension_id') ?? text(request.body['dimension_id']))
  const entry: DatasourceEntry = {
    ...before,
    name: text(input['name'], before.name),
    value: text(input['value'], before.value),
    dimensions:
      dimension && input['dimension_value'] !== undefined
        ? { ...before.dimensions, [dimension.entry_value]: text(input['dimension_value']) }
        : before.dimensions,
  }
  assertEntry(store, entry)
  store.datasourceEntries.update(entry)
  store.raiseCacheVersion(clock.now())
  announce(request, entry.datasource_id)
  return noContent()
}

function findEntry({ store, id }: ManagementRequest): DatasourceEntry {
  const entry = store.datasourceEntries.get(id)
  if (!entry) throw notFound()
  return entry
}

function findDimension(store: Store, id: string | null): Dimension | undefined {
  if (id === null || id === '') return undefined
  const dimensions = store
    .records('datasources')
    .list()
    .flatMap((datasource) => (datasource['dimensions'] ?? []) as Dimension[])
  const dimension = dimensions.find((candidate) => String(candidate.id) === id || candidate.entry_value === id)
  if (!dimension) throw notFound()
  return dimension
}

function assertEntry(store: Store, entry: Omit<DatasourceEntry, 'id'> & { id?: number }): void {
  const others = store.datasourceEntries.list(entry.datasource_id).filter(({ id }) => id !== entry.id)
  assertValid({
    ...(entry.name.trim() === '' && { name: [blank] }),
    ...(others.some(({ name }) => name === entry.name) && { name: [taken] }),
  })
}

function announce({ store, webhooks }: ManagementRequest, datasourceId: number): void {
  const slug = text(store.records('datasources').get(datasourceId)?.['slug'])
  webhooks.emit('datasource.entries_updated', `The entries of the datasource ${slug} were updated`, {
    datasource_slug: slug,
  })
}

function show(
  { id, name, value, dimensions, datasource_id }: DatasourceEntry,
  dimension: Dimension | undefined,
): unknown {
  const dimensionValue =
    dimension && Object.hasOwn(dimensions, dimension.entry_value) ? dimensions[dimension.entry_value] : null
  return { id, name, value, datasource_id, dimension_value: dimensionValue }
}
