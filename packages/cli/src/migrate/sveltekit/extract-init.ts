import { posix } from 'node:path'
import { callsOf, isUsed, nameOf, parseScripts, propertyOf, walk } from '../code.js'
import type { Script } from '../code.js'
import type { Node } from '../../project/syntax-tree.js'
import type { ProjectDraft } from '../project-draft.js'
import { TextEdits } from '../text-edits.js'
import { readToken } from '../token-variable.js'
import type { MappedBlok } from '../write-bloks-map.js'

/** Where a call stands that is a statement of its own. */
interface Found {
  call: Node
  statement: Node
}

/** Takes `storyblokInit` away wherever it is called, and gives the components that it was told of. */
export function extractInit(draft: ProjectDraft): MappedBlok[] {
  return draft.sources().flatMap((file) => {
    const text = draft.read(file) ?? ''
    if (!text.includes('storyblokInit')) return []
    return parseScripts(file, text).scripts.flatMap((script) => extractFrom(draft, file, text, script))
  })
}

function extractFrom(draft: ProjectDraft, file: string, text: string, script: Script): MappedBlok[] {
  const found = findInit(script)
  const options = found?.call['arguments'][0] as Node | undefined
  if (!found || options?.type !== 'ObjectExpression') {
    if (callsOf(script, 'storyblokInit').length > 0) leaveInit(draft, file, text)
    return []
  }
  readToken(draft, file, propertyOf(options, 'accessToken')?.['value'])
  noteRegion(draft, options)
  const bloks = bloksOf(draft, file, script, options)
  const edits = new TextEdits(text)
  edits.removeLines(found.statement.start, found.statement.end)
  removeImports(script, text, edits, found.statement, bloks ? componentImports(options) : [])
  draft.write(file, edits.toString())
  return bloks ?? []
}

function findInit(script: Script): Found | undefined {
  for (const statement of walk(script.body)) {
    if (statement.type !== 'ExpressionStatement') continue
    const { expression } = statement
    const call = expression.type === 'AwaitExpression' ? expression.argument : expression
    if (call.type === 'CallExpression' && nameOf(call.callee) === 'storyblokInit') return { call, statement }
  }
  return undefined
}

/** Gives the components, or nothing where they are not written out. */
function bloksOf(draft: ProjectDraft, file: string, script: Script, options: Node): MappedBlok[] | undefined {
  const components = propertyOf(options, 'components')
  if (!components) return []
  const entries = (components['value'].properties ?? []) as Node[]
  const bloks = entries.map((entry) => blokOf(file, script, entry))
  const isWhole = components['value'].type === 'ObjectExpression' && bloks.every((blok) => blok !== undefined)
  if (isWhole) return bloks as MappedBlok[]
  draft.leave(file, components.start, {
    what: 'The components of bloks are not written out.',
    hint: 'Write the map of bloks, src/lib/storyblok/bloks.js: `export default defineBloks({ page: Page, … })`.',
  })
  return undefined
}

function blokOf(file: string, script: Script, { type, key, value }: Node): MappedBlok | undefined {
  if (type !== 'ObjectProperty') return undefined
  const late = lateImport(value)
  if (late !== undefined) return { name: nameOf(key), from: fromProject(file, late) }
  const imports = script.body.filter((node) => node.type === 'ImportDeclaration')
  for (const node of imports) {
    const specifier = (node['specifiers'] as Node[]).find(({ local }) => local.name === value.name)
    if (!specifier) continue
    const from = fromProject(file, String(node['source'].value))
    const isDefault = specifier.type === 'ImportDefaultSpecifier'
    return { name: nameOf(key), from, ...(!isDefault && { imported: nameOf(specifier['imported']) }) }
  }
  return undefined
}

/** Reads `(await import('./Page.svelte')).default`. */
function lateImport({ type, object, property }: Node): string | undefined {
  const call = type === 'MemberExpression' && object.type === 'AwaitExpression' ? (object.argument as Node) : undefined
  const isImport = call?.type === 'ImportExpression' || call?.['callee']?.type === 'Import'
  if (!call || !isImport || nameOf(property) !== 'default') return undefined
  const source: unknown = (call['source'] ?? call['arguments'][0]).value
  return typeof source === 'string' ? source : undefined
}

/** A path of a file becomes one of the project. */
function fromProject(file: string, source: string): string {
  return source.startsWith('.') ? posix.join(posix.dirname(file), source) : source
}

function componentImports(options: Node): string[] {
  const entries = (propertyOf(options, 'components')?.['value'].properties ?? []) as Node[]
  return entries.map(({ value }) => nameOf(value))
}

/** Takes away the imports of the components, and what only the call needed. */
function removeImports(
  script: Script,
  text: string,
  edits: TextEdits,
  statement: Node,
  components: readonly string[],
): void {
  for (const node of script.body.filter(({ type }) => type === 'ImportDeclaration')) {
    const specifiers = node['specifiers'] as Node[]
    const isGone = ({ local }: Node): boolean => {
      const name = nameOf(local)
      const isOurs = ['storyblokInit', 'apiPlugin', ...components].includes(name)
      return isOurs && !isUsed(text, name, [statement, node])
    }
    const kept = specifiers.filter((one) => !isGone(one))
    if (kept.length === specifiers.length) continue
    if (kept.length === 0) edits.removeLines(node.start, node.end)
    else if (kept.every(({ type }) => type === 'ImportSpecifier')) writeSpecifiers(text, edits, specifiers, kept)
  }
}

function writeSpecifiers(text: string, edits: TextEdits, all: readonly Node[], kept: readonly Node[]): void {
  const written = kept.map(({ start, end }) => text.slice(start, end)).join(', ')
  edits.replace(all[0]?.start ?? 0, all.at(-1)?.end ?? 0, written)
}

function noteRegion(draft: ProjectDraft, options: Node): void {
  const region = propertyOf(propertyOf(options, 'apiOptions')?.['value'], 'region') ?? propertyOf(options, 'region')
  const value: unknown = region?.['value'].value
  if (typeof value !== 'string' || value === 'eu') return
  const before = draft.read('.env.example')
  draft.write('.env.example', `${before ? `${before.trimEnd()}\n` : ''}STORYBLOK_REGION=${value}\n`)
}

function leaveInit(draft: ProjectDraft, file: string, text: string): void {
  draft.leave(file, text.indexOf('storyblokInit('), {
    what: 'storyblokInit() is called in a way that cannot be changed here.',
    hint: 'Delete the call, and write the map of bloks: src/lib/storyblok/bloks.js.',
  })
}
