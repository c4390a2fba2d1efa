import type { ComponentSchema, FieldSchema, FieldValue, SpaceSchema } from './space-schema.js'

/** How {@link generateTypes} writes. */
export interface GenerateOptions {
  /** The module whose `Spaces` is augmented: the adapter's `stories` entry, such as `@keyblok/astro/stories`. */
  module: string
  /** The space's name in `defineSpace`; `default` where the site has one space. */
  space?: string
}

const printWidth = 120

/**
 * Writes a space's types as a TypeScript module that augments the adapter's `Spaces`. The same schema gives the same text.
 *
 * @param schema - The space's schema.
 * @param options - Which module to augment, and for which space.
 * @returns The module's text.
 */
export function generateTypes(schema: SpaceSchema, { module, space = 'default' }: GenerateOptions): string {
  return new Generator(schema).print(module, space)
}

class Generator {
  readonly #schema: SpaceSchema
  readonly #typeNames: ReadonlyMap<string, string>
  /** The components whose fields depend on which relations are resolved. */
  readonly #generic: ReadonlySet<string>
  readonly #nestable: readonly string[]

  constructor(schema: SpaceSchema) {
    this.#schema = schema
    this.#nestable = schema.components.filter(({ isNestable }) => isNestable).map(({ name }) => name)
    this.#typeNames = nameTypes(schema.components.map(({ name }) => name))
    this.#generic = findGeneric(schema.components, this.#nestable)
  }

  print(module: string, space: string): string {
    const { components, datasources } = this.#schema
    const relations = components.flatMap(({ name, fields }) =>
      fields.filter(({ value }) => isRelation(value)).map((field) => `${name}.${field.name}`),
    )
    const contentTypes = components.filter(({ isRoot }) => isRoot).map(({ name }) => quote(name))
    const parameter = this.#generic.size > 0 ? '<R & Unresolved>' : ''
    const values = [...(datasources ?? [])].map(([slug, items]) => property(slug, `: ${union(items.map(quote), 6)}`))
    return (
      [
        '// Written by `keyblok types`. Edits are overwritten.\n/* eslint-disable */\n/* oxlint-disable */',
        `import type * as keyblok from ${quote(module)}`,
        `/** Every relation of the space, as it arrives unasked: a UUID. */\nexport interface Unresolved ${block(relations.map((relation) => `${quote(relation)}: string`))}`,
        ...components.map((component) => this.#printComponent(component)),
        `/** The bloks that can stand where a field allows any. */\nexport type AnyBlok${this.#parameter(this.#nestable, ' = Unresolved')} =${this.#union(this.#nestable, 2)}`,
        `export interface Bloks${this.#generic.size > 0 ? '<out R extends Unresolved = Unresolved>' : ''} ${block(
          components.map(({ name }) => property(name, `: ${this.#reference(name)}`)),
        )}`,
        [
          `declare module ${quote(module)} {`,
          '  interface Spaces<R> {',
          `    ${property(space, ': {')}`,
          `      bloks: Bloks${parameter}`,
          `      contentTypes: ${union(contentTypes, 8)}`,
          '      relations: Unresolved',
          ...(datasources ? [`      datasources: ${block(values, 8)}`] : []),
          '    }\n  }\n}',
        ].join('\n'),
      ].join('\n\n') + '\n'
    )
  }

  #printComponent({ name, description, fields }: ComponentSchema): string {
    const lines = fields.flatMap((field) => [...comment(field.description, '  '), `  ${this.#printField(name, field)}`])
    const head = `export interface ${this.#typeNames.get(name)}${this.#parameter([name], ' = Unresolved')} extends keyblok.Blok<${quote(name)}>`
    return [...comment(description, ''), lines.length > 0 ? `${head} {\n${lines.join('\n')}\n}` : `${head} {}`].join(
      '\n',
    )
  }

  #printField(component: string, { name, required, value }: FieldSchema): string {
    if (isRelation(value)) return this.#printRelation(component, name, value)
    const type = this.#printValue(value, required)
    if (required || type === 'unknown') return property(name, `${required ? '' : '?'}: ${type}`)
    return property(name, `?: ${type} | null`)
  }

  /** A relation may be missing however required it is: its target may be deleted, or not published yet. */
  #printRelation(component: string, field: string, value: FieldValue & { contentTypes: readonly string[] }): string {
    const unasked = `R[${quote(`${component}.${field}`)}]`
    const targets = this.#list(value.contentTypes)
    const story = targets === 'never' ? 'never' : `keyblok.Story<${targets}>`
    return value.type === 'relation'
      ? property(field, `?: ${story} | null | ${unasked}`)
      : property(field, `?: (${story} | ${unasked})[]`)
  }

  #printValue(value: FieldValue, required: boolean): string {
    switch (value.type) {
      case 'text':
      case 'number':
      case 'datetime':
        return 'string'
      case 'boolean':
        return 'boolean'
      case 'asset':
        return 'keyblok.Asset'
      case 'assets':
        return 'keyblok.Asset[]'
      case 'table':
        return 'keyblok.Table'
      case 'plugin':
        return `keyblok.Plugin<${quote(value.plugin)}>`
      case 'link':
        return value.linkTypes.length === 4
          ? 'keyblok.Multilink'
          : `keyblok.Multilink<${list(value.linkTypes.map(quote))}>`
      case 'option':
        // An optional choice that was taken back is an empty text.
        return value.values ? union([...value.values.map(quote), ...(required ? [] : [quote('')])], 4) : 'string'
      case 'options':
        return value.values ? array(union(value.values.map(quote), 4)) : 'string[]'
      case 'bloks':
        return array(this.#nested(value.components))
      case 'richtext':
        return `keyblok.RichText<${this.#nested(value.components)}>`
      case 'relation':
      case 'relations':
        throw new TypeError('Relations are printed with their component.')
    }
  }

  #nested(components: readonly string[] | undefined): string {
    if (components) return this.#list(components)
    return this.#isGeneric(this.#nestable) ? 'AnyBlok<R>' : 'AnyBlok'
  }

  #list(components: readonly string[]): string {
    return list(components.map((name) => this.#reference(name)))
  }

  #union(components: readonly string[], indent: number): string {
    const types = union(
      components.map((name) => this.#reference(name)),
      indent,
    )
    return types.startsWith('\n') ? types : ` ${types}`
  }

  #reference(name: string): string {
    return `${this.#typeNames.get(name)}${this.#generic.has(name) ? '<R>' : ''}`
  }

  #isGeneric(components: readonly string[]): boolean {
    return components.some((name) => this.#generic.has(name))
  }

  #parameter(components: readonly string[], fallback: string): string {
    const variance = components.length === 1 ? 'out ' : ''
    return this.#isGeneric(components) ? `<${variance}R extends Unresolved${fallback}>` : ''
  }
}

/** Finds the components that hold a relation, themselves or in something they hold. */
function findGeneric(components: readonly ComponentSchema[], nestable: readonly string[]): Set<string> {
  const generic = new Set(
    components.filter(({ fields }) => fields.some(({ value }) => isRelation(value))).map(({ name }) => name),
  )
  const holders = new Map<string, string[]>()
  for (const { name, fields } of components) {
    for (const { value } of fields) {
      if (value.type !== 'bloks' && value.type !== 'richtext') continue
      for (const nested of value.components ?? nestable) {
        const known = holders.get(nested)
        if (known) known.push(name)
        else holders.set(nested, [name])
      }
    }
  }
  // What is added meanwhile is visited too.
  for (const name of generic) for (const holder of holders.get(name) ?? []) generic.add(holder)
  return generic
}

/** Names that the generated module has for itself. */
const reserved = ['Unresolved', 'AnyBlok', 'Bloks', 'Spaces']

/** Gives each component a type's name in Pascal case; a taken one gets a number. */
function nameTypes(components: readonly string[]): Map<string, string> {
  const taken = new Set(reserved)
  return new Map(
    components.map((component) => {
      const words = component.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
      const joined = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('')
      const plain = /^\p{L}/u.test(joined) ? joined : `Blok${joined}`
      let name = plain
      for (let number = 2; taken.has(name); number++) name = `${plain}${number}`
      taken.add(name)
      return [component, name]
    }),
  )
}

function isRelation(value: FieldValue): value is FieldValue & { contentTypes: readonly string[] } {
  return value.type === 'relation' || value.type === 'relations'
}

function comment(text: string | undefined, indent: string): string[] {
  if (text === undefined) return []
  const lines = text.replaceAll('*/', String.raw`*\/`).split(/\r?\n/)
  if (lines.length === 1) return [`${indent}/** ${lines[0]} */`]
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`]
}

function property(name: string, rest: string): string {
  return `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)}${rest}`
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function list(types: readonly string[]): string {
  return types.length === 0 ? 'never' : types.join(' | ')
}

function union(types: readonly string[], indent: number): string {
  const line = list(types)
  if (line.length + indent < printWidth - 20) return line
  return types.map((type) => `\n${' '.repeat(indent)}| ${type}`).join('')
}

function array(type: string): string {
  return /[|\n ]/.test(type) ? `(${type})[]` : `${type}[]`
}

function block(lines: readonly string[], indent = 2): string {
  if (lines.length === 0) return '{}'
  const space = ' '.repeat(indent)
  return `{\n${lines.map((line) => `${space}${line}`).join('\n')}\n${space.slice(2)}}`
}
