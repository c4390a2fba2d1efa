import { callsOf, isUsed, nameOf, parseScripts, propertyOf, walk } from '../code.js'
import type { Script } from '../code.js'
import { declaratorOf } from '../../project/syntax-tree.js'
import type { Node } from '../../project/syntax-tree.js'
import type { ProjectDraft } from '../project-draft.js'
import { TextEdits } from '../text-edits.js'
import { readToken } from '../token-variable.js'
import { leaveOptions } from './leave-options.js'

/** What the configuration said of components. */
export interface ConfiguredComponents {
  /** Paths below `directory`, by the names of bloks. */
  map: ReadonlyMap<string, string>
  directory: string
}

const configFiles: readonly string[] = ['mjs', 'js', 'ts', 'mts', 'cjs'].map((ending) => `astro.config.${ending}`)

const regions = new Set(['us', 'ca', 'ap', 'cn'])

/** Puts Keyblok's integration in the place of Storyblok's. */
export function migrateAstroConfig(draft: ProjectDraft): ConfiguredComponents {
  const none = { map: new Map<string, string>(), directory: 'src' }
  const file = draft.find(...configFiles)
  const text = file === undefined ? '' : (draft.read(file) ?? '')
  const script = file === undefined ? undefined : parseScripts(file, text).scripts[0]
  const imported = script?.body.find((node) => node['source']?.value === '@storyblok/astro')
  const local = ((imported?.['specifiers'] ?? []) as Node[])
    .filter((one) => one.type === 'ImportDefaultSpecifier' || nameOf(one['imported']) === 'storyblok')
    .map((one) => nameOf(one['local']))[0]
  const call = script && local !== undefined ? callsOf(script, local)[0] : undefined
  if (file === undefined || !script || !imported || !call) {
    leaveConfig(draft, file, text)
    return none
  }
  const given = call['arguments'][0] as Node | undefined
  const options: Node | undefined =
    given?.type === 'Identifier' ? declaratorOf(script.body, nameOf(given))?.['init'] : given
  readToken(draft, file, propertyOf(options, 'accessToken')?.['value'])
  const edits = new TextEdits(text)
  edits.replace(call.start, call.end, `keyblok(${regionOption(options)})`)
  const quote = text.slice(imported['source'].start, imported['source'].start + 1)
  const semicolon = text.slice(imported.start, imported.end).endsWith(';') ? ';' : ''
  edits.replace(imported.start, imported.end, `import keyblok from ${quote}@keyblok/astro${quote}${semicolon}`)
  removeUnused(script, text, edits, call)
  draft.write(file, edits.toString())
  leaveOptions(draft, file, options)
  return { map: mapOf(options), directory: textOf(propertyOf(options, 'componentsDir')) ?? 'src' }
}

function regionOption(options: Node | undefined): string {
  const region = textOf(propertyOf(propertyOf(options, 'apiOptions')?.['value'], 'region'))
  return region !== undefined && regions.has(region) ? `{ region: '${region}' }` : ''
}

function mapOf(options: Node | undefined): Map<string, string> {
  const properties = (propertyOf(options, 'components')?.['value']?.properties ?? []) as Node[]
  return new Map(
    properties
      .map((property) => [nameOf(property['key']), textOf(property)] as const)
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function textOf(property: Node | undefined): string | undefined {
  const value: unknown = property?.['value']?.type === 'StringLiteral' ? property['value'].value : undefined
  return typeof value === 'string' ? value : undefined
}

/** Takes away what only the token was read with, such as `const env = loadEnv(…)` and its import. */
function removeUnused(script: Script, text: string, edits: TextEdits, call: Node): void {
  const gone = [call]
  const remove = (node: Node, names: readonly string[]): void => {
    if (names.some((name) => isUsed(text, name, [...gone, node]))) return
    gone.push(node)
    edits.removeLines(node.start, node.end)
  }
  const inCall = text.slice(call.start, call.end)
  const loads = script.body.filter(isLoadEnv).filter((node) => declared(node).some((name) => isUsed(inCall, name, [])))
  for (const node of loads) remove(node, declared(node))
  if (gone.length === 1) return
  const imports = script.body.filter(({ type, source }) => type === 'ImportDeclaration' && source.value === 'vite')
  for (const node of imports) remove(node, namesImported(node))
}

function namesImported(node: Node): string[] {
  return ((node['specifiers'] ?? []) as Node[]).map((one) => nameOf(one['local']))
}

function isLoadEnv(node: Node): boolean {
  return node.type === 'VariableDeclaration' && callsOf({ body: [node] }, 'loadEnv').length > 0
}

function declared(node: Node): string[] {
  const ids = (node['declarations'] as Node[]).map(({ id }) => id as Node)
  return ids.flatMap((id) => (id.type === 'Identifier' ? [nameOf(id)] : patternNames(id)))
}

function patternNames(pattern: Node): string[] {
  return [...walk(pattern['properties'])]
    .filter(({ type }) => type === 'ObjectProperty')
    .map(({ value }) => nameOf(value))
}

function leaveConfig(draft: ProjectDraft, file: string | undefined, text: string): void {
  if (file === undefined || text.includes('@keyblok/astro')) return
  draft.leave(file, 0, {
    what: 'The call of Storyblok’s integration was not found.',
    hint: "Add `import keyblok from '@keyblok/astro'`, and `keyblok()` to `integrations`.",
  })
}
