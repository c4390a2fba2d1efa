import { KeyblokError } from '../errors.js'
import type { LinkType } from '../stories/fields.js'
import { isObject } from '../json.js'
import type { Json } from '../json.js'
import type { ComponentSchema, FieldSchema, FieldValue, SpaceSchema } from './space-schema.js'

/** A space's schema as Storyblok's Management API answers it and its command line pulls it. */
export interface SchemaSource {
  /** The list of components. */
  components: unknown
  /** The list of datasources with their `entries`; without it their values are not known. */
  datasources?: unknown
}

const plain = {
  text: 'text',
  textarea: 'text',
  markdown: 'text',
  image: 'text',
  file: 'text',
  number: 'number',
  datetime: 'datetime',
  boolean: 'boolean',
  asset: 'asset',
  multiasset: 'assets',
  assets: 'assets',
  table: 'table',
} as const

/** Fields that only arrange others in the editor, and hold nothing. */
const withoutValue = new Set(['section', 'tab', 'group'])

/**
 * Reads a space's schema.
 *
 * @param source - Components and datasources, as the Management API answers them.
 * @returns The schema, in an order that does not depend on the source's.
 * @throws {KeyblokError} `KB_SCHEMA_INVALID`, listing every problem.
 */
export function readSchema({ components, datasources }: SchemaSource): SpaceSchema {
  const problems: string[] = []
  const list = objects(components, 'components', problems).filter((component, index) => {
    const valid = isName(component['name']) && isObject(component['schema'])
    if (!valid) problems.push(`components[${index}]: expected a “name” and a “schema”`)
    return valid
  })
  const names = new Set<string>()
  for (const { name } of list) {
    if (names.has(name as string)) problems.push(`two components are called “${String(name)}”`)
    names.add(name as string)
  }
  const values = datasources === undefined ? undefined : readDatasources(datasources, problems)
  if (problems.length > 0) {
    throw new KeyblokError('KB_SCHEMA_INVALID', problems.map((problem) => `\n  - ${problem}`).join(''))
  }
  return {
    components: list.map((component) => readComponent(component, list, values)).toSorted(byName),
    datasources: values,
  }
}

function readDatasources(datasources: unknown, problems: string[]): Map<string, string[]> {
  const entries = objects(datasources, 'datasources', problems).map(({ slug, entries }, index): [string, string[]] => {
    if (!isName(slug)) problems.push(`datasources[${index}]: expected a “slug”`)
    const values = objects(entries ?? [], `datasources[${index}].entries`, problems).map(({ value }) => String(value))
    return [String(slug), unique(values)]
  })
  return new Map(entries.toSorted(([left], [right]) => compare(left, right)))
}

function readComponent(
  component: Json,
  all: readonly Json[],
  datasources: ReadonlyMap<string, readonly string[]> | undefined,
): ComponentSchema {
  const fields = Object.entries(component['schema'] as Json)
    .filter((field): field is [string, Json] => isObject(field[1]))
    .toSorted(
      ([leftName, left], [rightName, right]) => position(left) - position(right) || compare(leftName, rightName),
    )
    .flatMap(([name, field]): FieldSchema[] => {
      const value = readValue(field, all, datasources)
      return value ? [{ name, required: field['required'] === true, ...describe(field), value }] : []
    })
  const isRoot = component['is_root'] === true
  return {
    name: component['name'] as string,
    ...describe(component),
    isRoot,
    isNestable: (component['is_nestable'] ?? !isRoot) === true,
    fields,
  }
}

function readValue(
  field: Json,
  all: readonly Json[],
  datasources: ReadonlyMap<string, readonly string[]> | undefined,
): FieldValue | undefined {
  const type = String(field['type'])
  if (withoutValue.has(type)) return undefined
  if (type in plain) return { type: plain[type as keyof typeof plain] }
  switch (type) {
    case 'bloks':
    case 'richtext':
      return { type, components: allowedComponents(field, all) }
    case 'multilink':
    case 'link':
      return { type: 'link', linkTypes: linkTypes(field) }
    case 'references':
      return { type: 'relations', contentTypes: contentTypes(field, all) }
    case 'option':
    case 'options':
      return readOption(type, field, all, datasources)
    default:
      return { type: 'plugin', plugin: String(field['field_type'] ?? type) }
  }
}

function readOption(
  type: 'option' | 'options',
  field: Json,
  all: readonly Json[],
  datasources: ReadonlyMap<string, readonly string[]> | undefined,
): FieldValue {
  switch (field['source']) {
    case 'internal_stories':
      // Ids, which the Delivery API does not resolve, are plain values.
      if (field['use_uuid'] === false) return { type }
      return { type: type === 'option' ? 'relation' : 'relations', contentTypes: contentTypes(field, all) }
    case 'internal': {
      const slug = String(field['datasource_slug'] ?? '')
      const values = datasources?.get(slug)
      return values ? { type, values, datasource: slug } : { type }
    }
    case 'internal_languages':
    case 'external':
      return { type }
    default: {
      const options = Array.isArray(field['options']) ? field['options'].filter(isObject) : []
      const values = unique(options.map(({ value }) => String(value)))
      return values.length > 0 ? { type, values } : { type }
    }
  }
}

function linkTypes(field: Json): LinkType[] {
  const types: LinkType[] = ['story', 'url']
  if (field['email_link_type'] === true) types.push('email')
  if (field['asset_link_type'] === true) types.push('asset')
  return types
}

/** The content types of a relation; all of them where none is named. */
function contentTypes(field: Json, all: readonly Json[]): string[] {
  const named = [field['filter_content_type'] ?? []].flat().map(String).filter(Boolean)
  const roots = all.filter(({ is_root: isRoot }) => isRoot === true).map(({ name }) => name as string)
  const known = roots.filter((name) => named.includes(name))
  return (named.length === 0 ? roots : known).toSorted(compare)
}

/** The components that a field takes, by name, folder or tag; `undefined` for all that are nestable. */
function allowedComponents(field: Json, all: readonly Json[]): string[] | undefined {
  const nestable = all.filter(({ is_nestable: isNestable, is_root: isRoot }) => isNestable ?? !isRoot)
  const denied = new Set(strings(field['component_denylist']))
  if (field['restrict_components'] !== true && denied.size === 0) return undefined

  const belongs = {
    groups: ({ component_group_uuid: group }: Json, listed: readonly string[]) => listed.includes(String(group)),
    tags: ({ internal_tag_ids: tags }: Json, listed: readonly string[]) =>
      strings(tags).some((tag) => listed.includes(tag)),
    names: ({ name }: Json, listed: readonly string[]) => listed.includes(name as string),
  }
  const type = field['restrict_type']
  const kind = type === 'groups' || type === 'tags' ? type : 'names'
  const list = { groups: 'component_group', tags: 'component_tag', names: 'component' }[kind]
  const listed = strings(field[`${list}_whitelist`])
  const refused = strings(field[`${list}_denylist`])
  // A restriction that lists nothing restricts nothing.
  const candidates = field['restrict_components'] === true && listed.length > 0 ? all : nestable
  return candidates
    .filter(
      (component) =>
        (candidates === nestable || belongs[kind](component, listed)) &&
        !belongs[kind](component, refused) &&
        !denied.has(component['name'] as string),
    )
    .map(({ name }) => name as string)
    .toSorted(compare)
}

function describe({ description }: Json): { description?: string } {
  return typeof description === 'string' && description.trim() !== '' ? { description: description.trim() } : {}
}

function position({ pos }: Json): number {
  return typeof pos === 'number' ? pos : Number.MAX_SAFE_INTEGER
}

function objects(value: unknown, name: string, problems: string[]): Json[] {
  if (Array.isArray(value) && value.every(isObject)) return value
  problems.push(`${name}: expected a list of objects`)
  return []
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))]
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function byName(left: { name: string }, right: { name: string }): number {
  return compare(left.name, right.name)
}

/** Compares by code unit, the same on every machine. */
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right)
}
