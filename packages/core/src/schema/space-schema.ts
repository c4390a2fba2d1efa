import type { LinkType } from '../stories/fields.js'

/** What the editor of a space may fill in: its components and their fields, without what only the editor's view needs. */
export interface SpaceSchema {
  /** Sorted by name. */
  components: readonly ComponentSchema[]
  /** By slug; `undefined` where nothing is known of them. */
  datasources: ReadonlyMap<string, readonly string[]> | undefined
}

export interface ComponentSchema {
  name: string
  description?: string
  /** Whether it can be the root of a story. */
  isRoot: boolean
  /** Whether it can stand inside other bloks. */
  isNestable: boolean
  /** In the editor's order. */
  fields: readonly FieldSchema[]
}

export interface FieldSchema {
  name: string
  required: boolean
  /** What the editor shows beside the field. */
  description?: string
  value: FieldValue
}

/** What a field holds. Names of components are sorted. */
export type FieldValue =
  | { type: 'text' | 'number' | 'datetime' | 'boolean' | 'asset' | 'assets' | 'table' }
  | { type: 'plugin'; plugin: string }
  | { type: 'link'; linkTypes: readonly LinkType[] }
  /** One of some values, or any text where `values` is missing. */
  | { type: 'option' | 'options'; values?: readonly string[]; datasource?: string }
  /** A story, or several, of content types. */
  | { type: 'relation' | 'relations'; contentTypes: readonly string[] }
  /** Nested bloks: of some components, or of all nestable ones where `components` is missing. */
  | { type: 'bloks' | 'richtext'; components?: readonly string[] }
