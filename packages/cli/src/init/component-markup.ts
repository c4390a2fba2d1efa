import type { ComponentSchema, FieldSchema } from '@keyblok/core/schema'

/** How a framework writes what a component's first version needs. */
export interface MarkupDialect {
  /** An element that is there when the field is. */
  optional(value: string, markup: string): string
  /** An element for each item of a list. */
  each(list: string, item: string, markup: string): string
  comment(text: string): string
}

/** What stands between a component's tags, and what it is made with. */
export interface ComponentMarkup {
  /** One line each. */
  lines: string[]
  /** The components that it uses, of the adapter's. */
  uses: string[]
}

/**
 * Writes the first version of a component: each field that can be shown as it is, in the editor's order. A person
 * writes the rest.
 */
export function writeMarkup(component: ComponentSchema, dialect: MarkupDialect): ComponentMarkup {
  const uses = new Set<string>()
  const title = component.fields.find(
    ({ name, value }) => value.type === 'text' && /^(headline|title|name)$/.test(name),
  )
  const lines = component.fields.flatMap((field) => {
    const markup = markupOf(field, field === title, dialect, uses)
    return markup === undefined ? [] : [markup]
  })
  const left = component.fields.filter(({ value }) => !isShown(value.type)).map(({ name }) => name)
  const rest = left.length > 0 ? [dialect.comment(`Not shown yet: ${left.join(', ')}`)] : []
  return { lines: [...lines, ...rest], uses: [...uses].toSorted() }
}

type FieldType = FieldSchema['value']['type']

const shown = new Set<FieldType>(['text', 'number', 'datetime', 'richtext', 'asset', 'assets', 'bloks'])

const isShown = (type: FieldType): boolean => shown.has(type)

function markupOf(
  { name, value, required }: FieldSchema,
  isTitle: boolean,
  dialect: MarkupDialect,
  uses: Set<string>,
): string | undefined {
  const field = /^[A-Za-z_$][\w$]*$/.test(name) ? `blok.${name}` : `blok[${JSON.stringify(name)}]`
  const use = (component: string, attributes: string): string => {
    uses.add(component)
    return `<${component} ${attributes} />`
  }
  const element = (tag: string): string => {
    const markup = `<${tag}>{${field}}</${tag}>`
    return required ? markup : dialect.optional(field, markup)
  }
  switch (value.type) {
    case 'text':
    case 'number':
    case 'datetime':
      return element(isTitle ? 'h2' : 'p')
    case 'richtext':
      return use('RichText', `doc={${field}}`)
    case 'asset':
      return use('StoryblokImage', `asset={${field}} width={800}`)
    case 'assets':
      return dialect.each(field, 'asset', use('StoryblokImage', 'asset={asset} width={800}'))
    case 'bloks':
      return use('Bloks', `bloks={${field}}`)
    default:
      return undefined
  }
}
