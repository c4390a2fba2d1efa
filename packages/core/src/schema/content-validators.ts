import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isObject } from '../json.js'
import type { ComponentSchema, FieldSchema, FieldValue, SpaceSchema } from './space-schema.js'

/** A validator for the content of each content type, by its name. */
export type ContentValidators = Readonly<Record<string, StandardSchemaV1<unknown, Record<string, unknown>>>>

/**
 * Makes validators from a space's schema, as Standard Schema defines them. They ask what generated types promise, so
 * content that passes has its type. Fields that the schema does not know, such as removed ones, are let through.
 *
 * @param schema - The space's schema.
 * @returns One validator for each content type. An issue's path leads into the content, such as `body.0.headline`.
 *
 * @example
 * ```ts
 * import { contentValidators, readSchema } from '@keyblok/core/schema'
 *
 * const schema = readSchema({ components: [{ name: 'page', is_root: true, schema: { title: { type: 'text' } } }] })
 * const result = contentValidators(schema)['page']!['~standard'].validate({ component: 'page', _uid: '1', title: 5 })
 * ```
 */
export function contentValidators(schema: SpaceSchema): ContentValidators {
  const components = new Map(schema.components.map((component) => [component.name, component]))
  return Object.fromEntries(
    schema.components
      .filter(({ isRoot }) => isRoot)
      .map(({ name }) => [
        name,
        { '~standard': { version: 1, vendor: 'keyblok', validate: (value) => validate(value, name, components) } },
      ]),
  )
}

function validate(
  value: unknown,
  name: string,
  components: ReadonlyMap<string, ComponentSchema>,
): StandardSchemaV1.Result<Record<string, unknown>> {
  const validator = new Validator(components)
  try {
    validator.blok(value, [name], [])
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { issues: [{ message: 'The content is nested too deeply to follow.', path: [] }] }
  }
  return validator.issues.length > 0 ? { issues: validator.issues } : { value: value as Record<string, unknown> }
}

type Path = readonly (string | number)[]

const texts: ReadonlySet<FieldValue['type']> = new Set(['text', 'number', 'datetime', 'option'])

class Validator {
  readonly issues: StandardSchemaV1.Issue[] = []
  readonly #components: ReadonlyMap<string, ComponentSchema>

  constructor(components: ReadonlyMap<string, ComponentSchema>) {
    this.#components = components
  }

  /** @param allowed - The components that may stand here; `undefined` for every nestable one. */
  blok(value: unknown, allowed: readonly string[] | undefined, path: Path): void {
    if (!isObject(value)) return this.#expect('a blok', value, path)
    const { component: name } = value
    const component = this.#components.get(String(name))
    if (!component || !(allowed?.includes(component.name) ?? component.isNestable)) {
      const names = allowed?.join(', ') ?? 'any nestable component'
      return this.#expect(`a component of: ${names}`, name, [...path, 'component'])
    }
    if (typeof value['_uid'] !== 'string') this.#expect('a text', value['_uid'], [...path, '_uid'])
    for (const field of component.fields) this.#field(value[field.name], field, [...path, field.name])
  }

  #field(value: unknown, { required, value: field }: FieldSchema, path: Path): void {
    const empty = value === undefined || value === null || (value === '' && texts.has(field.type))
    if (!empty) return this.#value(value, field, path)
    const isRelation = field.type === 'relation' || field.type === 'relations'
    if (required && !isRelation && field.type !== 'plugin') {
      this.issues.push({ message: 'The field is required, and empty.', path })
    }
  }

  #value(value: unknown, field: FieldValue, path: Path): void {
    switch (field.type) {
      case 'text':
        return this.#check(typeof value === 'string', 'a text', value, path)
      case 'number':
        return this.#check(typeof value === 'string' && !Number.isNaN(Number(value)), 'a number as text', value, path)
      case 'datetime':
        return this.#check(isTime(value), 'a time such as 2026-01-31 08:00', value, path)
      case 'boolean':
        return this.#check(typeof value === 'boolean', 'true or false', value, path)
      case 'option':
        return this.#check(isOption(value, field.values), choices(field.values), value, path)
      case 'options':
        return this.#each(value, path, (item, at) =>
          this.#check(isOption(item, field.values), choices(field.values), item, at),
        )
      case 'asset':
        return this.#check(isAsset(value), 'an asset', value, path)
      case 'assets':
        return this.#each(value, path, (item, at) => this.#check(isAsset(item), 'an asset', item, at))
      case 'link': {
        const type = isObject(value) ? value['linktype'] : undefined
        const expected = `a link of type: ${field.linkTypes.join(', ')}`
        return this.#check((field.linkTypes as readonly unknown[]).includes(type), expected, value, path)
      }
      case 'table':
        return this.#check(isTable(value), 'a table', value, path)
      case 'relation':
        return this.#check(isRelated(value, field.contentTypes), related(field.contentTypes), value, path)
      case 'relations':
        return this.#each(value, path, (item, at) =>
          this.#check(isRelated(item, field.contentTypes), related(field.contentTypes), item, at),
        )
      case 'bloks':
        return this.#each(value, path, (item, at) => this.blok(item, field.components, at))
      case 'richtext':
        if (!isObject(value) || value['type'] !== 'doc') return this.#expect('a rich text', value, path)
        return this.#nodes(value['content'], field.components, [...path, 'content'])
      case 'plugin':
    }
  }

  /** Looks for bloks in a rich text. */
  #nodes(nodes: unknown, allowed: readonly string[] | undefined, path: Path): void {
    if (nodes === undefined) return
    this.#each(nodes, path, (node, at) => {
      if (!isObject(node) || typeof node['type'] !== 'string') return this.#expect('a node of rich text', node, at)
      if (node['type'] !== 'blok') return this.#nodes(node['content'], allowed, [...at, 'content'])
      const body = isObject(node['attrs']) ? node['attrs']['body'] : undefined
      this.#each(body ?? [], [...at, 'attrs', 'body'], (blok, where) => this.blok(blok, allowed, where))
    })
  }

  #each(value: unknown, path: Path, visit: (item: unknown, path: Path) => void): void {
    if (!Array.isArray(value)) return this.#expect('a list', value, path)
    for (const [index, item] of value.entries()) visit(item, [...path, index])
  }

  #check(valid: boolean, expected: string, value: unknown, path: Path): void {
    if (!valid) this.#expect(expected, value, path)
  }

  #expect(expected: string, value: unknown, path: Path): void {
    const received = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80)
    this.issues.push({ message: `Expected ${expected}, received ${received}.`, path })
  }
}

function isOption(value: unknown, values: readonly string[] | undefined): boolean {
  return typeof value === 'string' && (values?.includes(value) ?? true)
}

function choices(values: readonly string[] | undefined): string {
  return values ? `one of: ${values.join(', ')}` : 'a text'
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value.replace(' ', 'T')))
}

function isAsset(value: unknown): boolean {
  return isObject(value) && (value['filename'] === null || typeof value['filename'] === 'string')
}

function isTable(value: unknown): boolean {
  return isObject(value) && Array.isArray(value['thead']) && Array.isArray(value['tbody'])
}

/** A UUID, or the story itself where a reader resolved it. */
function isRelated(value: unknown, contentTypes: readonly string[]): boolean {
  if (typeof value === 'string') return true
  const content = isObject(value) ? value['content'] : undefined
  return isObject(content) && contentTypes.includes(String(content['component']))
}

function related(contentTypes: readonly string[]): string {
  return `a story of type: ${contentTypes.join(', ')}`
}
