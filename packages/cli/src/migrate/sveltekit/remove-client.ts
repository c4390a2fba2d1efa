import { nameOf, parseScripts, walk } from '../code.js'
import type { Node } from '../../project/syntax-tree.js'
import type { ProjectDraft } from '../project-draft.js'
import { TextEdits } from '../text-edits.js'

/**
 * Takes the client out of what a layout's load gives: on the server it cannot be handed on, and every load can ask for it.
 * A file that nothing is left of goes.
 *
 * @returns The names by which it was handed on.
 */
export function removeClient(draft: ProjectDraft, file: string): string[] {
  const text = draft.read(file) ?? ''
  const nodes = parseScripts(file, text).scripts.flatMap(({ body }) => [...walk(body)])
  const declarations = nodes.filter(isClient)
  const variables = new Set(declarations.map((node) => nameOf(node['declarations'][0].id)))
  const returned = nodes
    .filter(({ type, argument }) => type === 'ReturnStatement' && argument?.type === 'ObjectExpression')
    .flatMap(({ argument }) =>
      (argument.properties as Node[]).map((property) => ({ property, object: argument as Node })),
    )
    .filter(({ property }) => variables.has(nameOf(property['value'])) || isCall(property['value']))
  if (returned.length === 0) return []
  const edits = new TextEdits(text)
  for (const { property, object } of returned) removeProperty(text, edits, property, object)
  for (const node of declarations) {
    const name = nameOf(node['declarations'][0].id)
    const uses = nodes.filter((one) => one.type === 'Identifier' && one['name'] === name).map(({ start }) => start)
    // Its declaration, and what is returned; a property written short is two of the same place.
    const others = uses.filter((at) => !within(at, node) && !returned.some(({ property }) => within(at, property)))
    if (others.length === 0) edits.removeLines(node.start, node.end)
  }
  draft.write(file, edits.toString())
  removeEmpty(draft, file)
  return returned.map(({ property }) => nameOf(property['key']))
}

function within(at: number, { start, end }: Node): boolean {
  return at >= start && at < end
}

function isClient({ type, declarations }: Node): boolean {
  return type === 'VariableDeclaration' && declarations.length === 1 && isCall(declarations[0].init)
}

function isCall(value: Node | null | undefined): boolean {
  const call = value?.type === 'AwaitExpression' ? (value['argument'] as Node) : value
  return call?.type === 'CallExpression' && ['useStoryblokApi', 'getStoryblokApi'].includes(nameOf(call['callee']))
}

function removeProperty(text: string, edits: TextEdits, { start, end }: Node, object: Node): void {
  const after = /^\s*,([ \t]+(?=\S))?/.exec(text.slice(end, object.end))?.[0].length ?? 0
  const before = after === 0 ? (/,\s*$/.exec(text.slice(object.start, start))?.[0].length ?? 0) : 0
  edits.removeLines(start - before, end + after)
}

/** A load that gives nothing and does nothing is none. */
function removeEmpty(draft: ProjectDraft, file: string): void {
  const text = draft.read(file) ?? ''
  const { scripts } = parseScripts(file, text)
  const body = scripts[0]?.body ?? []
  const load = body.find(isEmptyLoad)
  const rest = body.filter((node) => node !== load)
  if (!load) return
  if (rest.every(({ type }) => type === 'ImportDeclaration')) return draft.write(file, undefined)
  const edits = new TextEdits(text)
  const comment = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(text.slice(0, load.start))?.[0].length ?? 0
  edits.removeLines(load.start - comment, load.end)
  for (const node of rest.filter(isUnusedClientImport(text))) edits.removeLines(node.start, node.end)
  draft.write(file, edits.toString())
}

function isUnusedClientImport(text: string): (node: Node) => boolean {
  return ({ type, specifiers }) =>
    type === 'ImportDeclaration' &&
    specifiers.length > 0 &&
    (specifiers as Node[]).every(
      ({ local }) => (text.match(new RegExp(`\\b${nameOf(local)}\\b`, 'g')) ?? []).length === 1,
    )
}

function isEmptyLoad({ type, declaration }: Node): boolean {
  if (type !== 'ExportNamedDeclaration' || !declaration) return false
  const made = declaration.type === 'VariableDeclaration' ? declaration.declarations[0] : declaration
  if (nameOf(made.id) !== 'load') return false
  const statements = ((made.init ?? made).body?.body ?? [undefined]) as (Node | undefined)[]
  return statements.every((one) => one?.type === 'ReturnStatement' && (one['argument']?.properties ?? []).length === 0)
}
