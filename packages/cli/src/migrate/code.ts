import { parseStatements } from '../project/syntax-tree.js'
import type { Node } from '../project/syntax-tree.js'

/** A part of a file that is a script: all of it, an Astro file's frontmatter, or what is inside of `<script>`. */
export interface Script {
  body: readonly Node[]
  /** Where it begins in the file, and where it ends. */
  start: number
  end: number
}

/** A script that could not be read. */
export interface Unreadable {
  offset: number
}

/** Parses the scripts of a file. Places in their trees are places in the file. */
export function parseScripts(file: string, text: string): { scripts: Script[]; unreadable: Unreadable[] } {
  const scripts: Script[] = []
  const unreadable: Unreadable[] = []
  for (const { start, end } of partsOf(file, text)) {
    // What stands before is blanked, so that places stay.
    const code = text.slice(0, start).replace(/[^\n]/g, ' ') + text.slice(start, end)
    const body = parseStatements(code, /\.[jt]sx$/.test(file))
    if (body) scripts.push({ body, start, end })
    else unreadable.push({ offset: start })
  }
  return { scripts, unreadable }
}

function partsOf(file: string, text: string): { start: number; end: number }[] {
  if (!/\.(svelte|astro|vue)$/.test(file)) return [{ start: 0, end: text.length }]
  const parts = [...text.matchAll(/<script\b(?:"[^"]*"|'[^']*'|[^>"'])*>([^]*?)<\/script>/g)]
  const inside = parts.map(({ 0: all, 1: code = '', index }) => {
    const start = index + all.length - '</script>'.length - code.length
    return { start, end: start + code.length }
  })
  const frontmatter = file.endsWith('.astro') ? /^\s*---([^]*?)\n---/.exec(text) : null
  if (!frontmatter) return inside
  const start = frontmatter[0].indexOf('---') + 3
  return [{ start, end: frontmatter[0].length - 4 }, ...inside]
}

/** Fields that hold no part of the tree, or the same part again. */
const ignored = new Set([
  'loc',
  'original',
  'tokens',
  'comments',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'extra',
  'errors',
])

/** Gives all nodes of a tree, outer ones first. */
export function* walk(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item)
    return
  }
  const node = value as Node
  if (typeof node.type === 'string') yield node
  for (const [name, inner] of Object.entries(node)) if (!ignored.has(name)) yield* walk(inner)
}

/** Finds the calls of a function by its name. */
export function callsOf(script: Pick<Script, 'body'>, name: string): Node[] {
  return [...walk(script.body)].filter(
    ({ type, callee }) => type === 'CallExpression' && callee.type === 'Identifier' && callee.name === name,
  )
}

/** Finds a property of an object that is written out. */
export function propertyOf(object: Node | undefined, name: string): Node | undefined {
  const properties = (object?.type === 'ObjectExpression' ? object['properties'] : []) as Node[]
  return properties.find(({ key, computed }) => !computed && nameOf(key) === name)
}

/** Gives the name that a key, an identifier or a text is. */
export function nameOf(node: Node | undefined): string {
  return String(node?.['name'] ?? node?.['value'] ?? '')
}

/** Tells whether a name is used anywhere but where it is declared or imported. */
export function isUsed(text: string, name: string, except: readonly Pick<Node, 'start' | 'end'>[]): boolean {
  const pattern = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g')
  return [...text.matchAll(pattern)].some(
    ({ index }) => !except.some(({ start, end }) => index >= start && index < end),
  )
}
