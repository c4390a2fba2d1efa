import { randomUUID } from 'node:crypto'
import { notFound } from '../answer.js'
import { blank, isTrue, nameErrors, taken, text } from './input.js'
import type { FieldErrors } from './input.js'
import { ok } from './operation.js'
import type { Operation } from './operation.js'
import { pick, resourceOperations } from './resource.js'

const componentFields = [
  'name',
  'display_name',
  'description',
  'schema',
  'image',
  'preview_field',
  'is_root',
  'preview_tmpl',
  'is_nestable',
  'preset_id',
  'real_name',
  'component_group_uuid',
  'color',
  'icon',
  'internal_tag_ids',
  'content_type_asset_preview',
]

/** The components of the space, which come unpaginated. */
export const componentOperations: Operation[] = [
  ...resourceOperations({
    kind: 'components',
    wrapper: 'component',
    isUnpaginated: true,
    defaults: () => ({
      display_name: null,
      description: null,
      schema: {},
      image: null,
      preview_field: null,
      is_root: false,
      preview_tmpl: null,
      is_nestable: true,
      preset_id: null,
      component_group_uuid: null,
      color: null,
      icon: null,
      internal_tag_ids: [],
      content_type_asset_preview: null,
    }),
    read: (input) => pick(input, componentFields),
    check: ({ name, schema }, others): FieldErrors => ({
      ...(text(name).trim() === '' && { name: [blank] }),
      ...(others.some((other) => other['name'] === name) && { name: [taken] }),
      ...((typeof schema !== 'object' || schema === null || Array.isArray(schema)) && { schema: ['is invalid'] }),
    }),
    filters: {
      search: ({ name }, value) => text(name).includes(value),
      in_group: (component, value) => component['component_group_uuid'] === value,
      is_root: (component, value) => (component['is_root'] === true) === isTrue(value),
    },
    show: (component, { store }) => {
      const tagIds = Array.isArray(component['internal_tag_ids']) ? component['internal_tag_ids'].map(Number) : []
      const presets = store.records('presets').list()
      return {
        ...component,
        real_name: component['real_name'] ?? component['name'],
        all_presets: presets.filter((preset) => preset['component_id'] === component.id),
        internal_tags_list: tagIds
          .map((id) => store.records('internal_tags').get(id))
          .flatMap((tag) => (tag ? [{ id: tag.id, name: tag['name'] }] : [])),
      }
    },
  }),
  {
    // A component that was deleted is gone for good here, so there is never one to restore.
    method: 'POST',
    path: 'spaces/:space/components/:id/restore',
    scope: 'components:write',
    run: ({ store, id }) => {
      const component = store.records('components').get(id)
      if (!component) throw notFound()
      return ok({ component })
    },
  },
]

/** The folders that components are sorted into. */
export const componentGroupOperations: Operation[] = resourceOperations({
  kind: 'component_groups',
  wrapper: 'component_group',
  scope: 'components',
  isUnpaginated: true,
  defaults: () => ({ uuid: randomUUID(), parent_id: null, parent_uuid: null }),
  read: (input, _, { store }) => {
    const parent = store
      .records('component_groups')
      .list()
      .find(
        ({ id, uuid }) => id === Number(input['parent_id']) || (uuid === input['parent_uuid'] && uuid !== undefined),
      )
    return {
      ...pick(input, ['name', 'uuid']),
      ...(parent && { parent_id: parent.id, parent_uuid: parent['uuid'] }),
    }
  },
  check: nameErrors,
})

/** Contents of components to start from. */
export const presetOperations: Operation[] = resourceOperations({
  kind: 'presets',
  wrapper: 'preset',
  scope: 'components',
  defaults: ({ store }) => ({
    preset: {},
    space_id: store.spaceId,
    image: null,
    color: '',
    icon: '',
    description: null,
  }),
  read: (input) => pick(input, ['name', 'preset', 'component_id', 'image', 'color', 'icon', 'description']),
  check: ({ name, component_id: component }): FieldErrors => ({
    ...(text(name).trim() === '' && { name: [blank] }),
    ...(component === undefined && { component_id: [blank] }),
  }),
  filters: { component_id: (preset, value) => String(preset['component_id']) === value },
})

/** The tags of components and assets, which visitors never see. */
export const internalTagOperations: Operation[] = resourceOperations({
  kind: 'internal_tags',
  wrapper: 'internal_tag',
  scope: 'tags',
  defaults: () => ({ object_type: 'component' }),
  read: (input) => pick(input, ['name', 'object_type']),
  check: ({ name, object_type: type }, others): FieldErrors => ({
    ...(text(name).trim() === '' && { name: [blank] }),
    ...(others.some((other) => other['name'] === name && other['object_type'] === type) && { name: [taken] }),
  }),
  filters: {
    by_object_type: (tag, value) => tag['object_type'] === value,
    search: ({ name }, value) => text(name).includes(value),
  },
})
