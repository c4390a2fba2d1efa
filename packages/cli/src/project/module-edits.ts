import { declaratorOf, findConfigObject, importsFrom, parseStatements, propertyOf } from './syntax-tree.js'
import type { Node } from './syntax-tree.js'

/** A name that a module imports. */
export interface ImportedName {
  from: string
  name: string
  /** Whether it is the module's default export. */
  isDefault?: boolean
}

/**
 * Adds an item at the end of an array of the exported configuration, such as an integration or a plugin, and imports
 * what it is made with. Everything else in the file stays as it is, character by character.
 *
 * @param text - The configuration's text.
 * @param property - The array's property; it is made where there is none.
 * @param item - The item, as code.
 * @param imported - What the item is made with.
 * @returns The text with the item; the same one where the import is there already; nothing where the configuration is
 * written in a way that cannot be followed.
 */
export function addToConfig(text: string, property: string, item: string, imported: ImportedName): string | undefined {
  const statements = parseStatements(text)
  if (!statements) return undefined
  if (importsFrom(statements, imported.from).length > 0) return text
  const config = findConfigObject(statements)
  if (!config) return undefined
  const list = propertyOf(config, property)
  const changed = list ? addToList(text, list, item) : addProperty(text, config, `${property}: [${item}]`)
  return changed === undefined ? undefined : addImport(changed, imported)
}

/**
 * Puts a handle of SvelteKit before the one that a module exports.
 *
 * @returns The text with it; the same one where the import is there already; nothing where it is no variable.
 */
export function addHandle(text: string, call: string, imported: ImportedName): string | undefined {
  const statements = parseStatements(text)
  if (!statements) return undefined
  if (importsFrom(statements, imported.from).length > 0) return text
  const before = declaratorOf(statements, 'handle')?.['init'] as Node | undefined
  if (!before) return undefined
  const own = text.slice(before.start, before.end)
  const changed = `${text.slice(0, before.start)}sequence(${call}, ${own})${text.slice(before.end)}`
  const hasSequence = importsFrom(statements, '@sveltejs/kit/hooks').length > 0
  const withSequence = hasSequence ? changed : addImport(changed, { from: '@sveltejs/kit/hooks', name: 'sequence' })
  return withSequence && addImport(withSequence, imported)
}

/** Adds an import behind the others, written as they are. */
export function addImport(text: string, { from, name, isDefault = false }: ImportedName): string | undefined {
  const statements = parseStatements(text)
  const imports = statements?.filter(({ type }) => type === 'ImportDeclaration')
  if (!imports) return undefined
  const last = imports.at(-1)
  const like = last ? text.slice(last.start, last.end) : ''
  const quote = like.includes('"') ? '"' : "'"
  const end = last && !like.endsWith(';') ? '' : ';'
  const line = `import ${isDefault ? name : `{ ${name} }`} from ${quote}${from}${quote}${last ? end : ''}`
  if (last) return `${text.slice(0, last.end)}\n${line}${text.slice(last.end)}`
  return `${line}\n\n${text}`
}

function addToList(text: string, list: Node, item: string): string | undefined {
  if (list.type !== 'ArrayExpression') return undefined
  const last = (list['elements'] as (Node | null)[]).findLast((element) => element !== null)
  if (!last) return `${text.slice(0, list.start)}[${item}]${text.slice(list.end)}`
  const isOwnLine = text.slice(last.end, list.end).includes('\n')
  const separator = isOwnLine ? `,\n${indentAt(text, last.end)}` : ', '
  return `${text.slice(0, last.end)}${separator}${item}${text.slice(last.end)}`
}

function addProperty(text: string, object: Node, property: string): string {
  const first = (object['properties'] as Node[])[0]
  const inside = object.start + 1
  if (!first) return `${text.slice(0, object.start)}{ ${property} }${text.slice(object.end)}`
  const isOwnLine = text.slice(inside, first.start).includes('\n')
  const added = isOwnLine ? `\n${indentAt(text, first.start)}${property},` : ` ${property},`
  return `${text.slice(0, inside)}${added}${text.slice(inside)}`
}

/** The white space that the line of a place begins with. */
function indentAt(text: string, place: number): string {
  const start = text.lastIndexOf('\n', place - 1) + 1
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}
