import { parseScripts } from './code.js'
import type { Node } from '../project/syntax-tree.js'
import { compatEntries, hintFor, isOfficial, keptNames, movedFiles } from './official-names.js'
import type { Framework } from '../project/detect-project.js'
import type { ProjectDraft } from './project-draft.js'
import { TextEdits } from './text-edits.js'

/** Lets all files of a project import from the compat entry, and leaves what that has not. */
export function rewriteImports(draft: ProjectDraft, framework: Framework): void {
  for (const file of draft.sources()) {
    const text = draft.read(file) ?? ''
    if (!/storyblok/.test(text)) continue
    const { scripts, unreadable } = parseScripts(file, text)
    if (unreadable.length > 0) leaveUnreadable(draft, file, unreadable[0]?.offset ?? 0, text)
    const edits = new TextEdits(text)
    const left: { name: string; source: string }[] = []
    for (const node of scripts.flatMap(({ body }) => body)) {
      if (!isOfficial(node['source']?.value)) continue
      left.push(...rewrite(node, text, edits, framework))
    }
    draft.write(file, edits.toString())
    for (const { name, source } of left) leaveName(draft, file, name, source)
  }
}

/** Changes one import, and gives what cannot come from the compat entry. */
function rewrite(node: Node, text: string, edits: TextEdits, framework: Framework): { name: string; source: string }[] {
  const source = String(node['source'].value)
  const { start, end } = node['source'] as Node
  const quote = text.slice(start, start + 1)
  const moved = movedFiles[source]
  if (moved !== undefined) {
    edits.replace(start, end, quote + moved + quote)
    return []
  }
  const specifiers = (node['specifiers'] ?? []) as Node[]
  const isKept = (specifier: Node): boolean => keptNames[framework].has(importedName(specifier))
  const left = specifiers.filter((specifier) => !isKept(specifier)).map((one) => ({ name: importedName(one), source }))
  const entry = quote + compatEntries[framework] + quote
  if (specifiers.length > 0 && left.length === 0) edits.replace(start, end, entry)
  else if (left.length < specifiers.length && node.type === 'ImportDeclaration') split(node, text, edits, isKept, entry)
  return specifiers.length === 0 ? [{ name: source, source }] : left
}

/** Writes two imports in the place of one. */
function split(node: Node, text: string, edits: TextEdits, isKept: (specifier: Node) => boolean, entry: string): void {
  const specifiers = node['specifiers'] as Node[]
  const word = node['importKind'] === 'type' ? 'import type' : 'import'
  const written = (kept: boolean): string =>
    specifiers
      .filter((one) => one.type === 'ImportSpecifier' && isKept(one) === kept)
      .map(({ start, end }) => text.slice(start, end))
      .join(', ')
  const other = specifiers.find(({ type }) => type === 'ImportDefaultSpecifier')
  const theirs = [other && text.slice(other.start, other.end), written(false) && `{ ${written(false)} }`].filter(
    Boolean,
  )
  const semicolon = text.slice(node.start, node.end).endsWith(';') ? ';' : ''
  const indent = /[ \t]*$/.exec(text.slice(0, node.start))?.[0] ?? ''
  const from = text.slice(node['source'].start, node['source'].end)
  const lines = [`${word} { ${written(true)} } from ${entry}`, `${word} ${theirs.join(', ')} from ${from}`]
  edits.replace(node.start, node.end, lines.map((line) => line + semicolon).join(`\n${indent}`))
}

function importedName({ type, imported, local }: Node): string {
  if (type === 'ImportDefaultSpecifier') return 'default'
  const { name, value } = imported ?? local
  return String(name ?? value)
}

function leaveName(draft: ProjectDraft, file: string, name: string, source: string): void {
  const text = draft.read(file) ?? ''
  const what = name === source || name === 'default' ? `${source} is imported.` : `${name} is imported from ${source}.`
  draft.leave(file, Math.max(0, text.search(new RegExp(`['"]${source.replaceAll(/[/.]/g, '\\$&')}['"]`))), {
    what,
    hint: hintFor(name, source),
  })
}

function leaveUnreadable(draft: ProjectDraft, file: string, offset: number, text: string): void {
  if (!/@storyblok\/|storyblok-js-client/.test(text)) return
  draft.leave(file, offset, {
    what: 'The script cannot be read.',
    hint: 'Correct it, or change its imports of Storyblok’s packages by hand.',
  })
}
