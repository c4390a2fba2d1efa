import { KeyblokError } from '../errors.js'
import type { Json } from '../json.js'
import type { SchemaSource } from './read-schema.js'

/**
 * Reads a schema that is written in code with `@storyblok/schema`.
 *
 * @param module - The module that exports it, as default or by the name `schema`.
 * @returns What `readSchema` takes.
 * @throws {KeyblokError} `KB_SCHEMA_INVALID` when the module exports none.
 */
export function readCodeSchema(module: Readonly<Record<string, unknown>>): SchemaSource {
  const schema = [module['schema'], module['default'], ...Object.values(module)].find(isSchema)
  if (!schema) {
    throw new KeyblokError('KB_SCHEMA_INVALID', 'The module exports no schema with “blocks”.', {
      hint: 'Export what defineSchema() returns, as `schema` or as default.',
    })
  }
  const blocks = itemsOf(schema.blocks)
  const folders = blocks.map(({ name, folder }) => [String(name), pathOf(folder)] as const)
  return {
    components: blocks.map(({ fields, ...block }) => ({
      ...block,
      schema: Object.fromEntries(itemsOf(fields).map((field) => [String(field['name']), toWire(field, folders)])),
    })),
    ...(schema.datasources !== undefined && { datasources: itemsOf(schema.datasources) }),
  }
}

interface CodeSchema {
  blocks: object
  datasources?: unknown
}

function isSchema(value: unknown): value is CodeSchema {
  return typeof value === 'object' && value !== null && 'blocks' in value && typeof value.blocks === 'object'
}

/** A list, or a record by any names. */
function itemsOf(items: unknown): Json[] {
  return Object.values(items ?? {}) as Json[]
}

/** Turns the names that only code has into those of the Management API. */
function toWire(field: Json, folders: readonly (readonly [name: string, folder: string])[]): Json {
  const { allow, deny, datasource, ...rest } = field
  const wire: Json = { ...rest }
  if (datasource !== undefined) wire['datasource_slug'] = datasource
  if (deny !== undefined) wire['component_denylist'] = [deny].flat().map(String)
  if (allow === undefined) return wire
  const allowed = [allow].flat().flatMap((entry: unknown) => {
    if (typeof entry === 'string') return entry
    const folder = pathOf(entry)
    return folders.filter(([, path]) => `${path}/`.startsWith(`${folder}/`)).map(([name]) => name)
  })
  return { ...wire, restrict_components: true, component_whitelist: allowed }
}

function pathOf(folder: unknown): string {
  const path =
    typeof folder === 'object' && folder !== null ? ((folder as Json)['folder'] ?? (folder as Json)['path']) : folder
  return String(path ?? '').toLowerCase()
}
