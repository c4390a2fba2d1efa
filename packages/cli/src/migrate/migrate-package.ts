import { parseScripts, walk } from './code.js'
import { officialPackages } from './official-names.js'
import type { Framework } from '../project/detect-project.js'
import type { ProjectDraft } from './project-draft.js'

const adapters: Readonly<Record<Framework, string>> = { astro: '@keyblok/astro', sveltekit: '@keyblok/sveltekit' }
const bridge = { name: '@storyblok/preview-bridge', version: '^2.3.1' }
const groups = ['dependencies', 'devDependencies'] as const

type Manifest = Record<string, unknown> & { [Group in (typeof groups)[number]]?: Record<string, string> }

/**
 * Puts Keyblok's package in the place of Storyblok's, which stay while something imports them.
 *
 * @param version - The version of Keyblok's packages.
 */
export function migratePackage(draft: ProjectDraft, framework: Framework, version: string): void {
  const text = draft.read('package.json') ?? '{}'
  const manifest = JSON.parse(text) as Manifest
  const imported = importedPackages(draft)
  const unused = new Set(officialPackages.filter((name) => !imported.has(name)))
  const names = new Set(groups.flatMap((group) => Object.keys(manifest[group] ?? {})))
  const added = { [adapters[framework]]: `^${version}`, [bridge.name]: bridge.version }
  const missing = Object.entries(added).filter(([name]) => !names.has(name))
  for (const group of groups) {
    const before = manifest[group]
    if (!before) continue
    const kept = Object.entries(before).filter(([name]) => !unused.has(name))
    const isHome = group === 'dependencies' || !manifest.dependencies
    manifest[group] = Object.fromEntries(isHome ? sorted([...kept, ...missing], Object.keys(before)) : kept)
  }
  if (!manifest.dependencies && !manifest.devDependencies) manifest.dependencies = Object.fromEntries(missing)
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  '
  draft.write('package.json', JSON.stringify(manifest, null, indent) + (text.endsWith('\n') ? '\n' : ''))
}

/** A list that is in order stays so. */
function sorted(entries: [string, string][], before: readonly string[]): [string, string][] {
  const isSorted = before.every((name, index) => index === 0 || (before[index - 1] ?? '') <= name)
  return isSorted ? entries.toSorted(([a], [b]) => (a < b ? -1 : 1)) : entries
}

function importedPackages(draft: ProjectDraft): Set<string> {
  const sources = draft.sources().flatMap((file) => {
    const text = draft.read(file) ?? ''
    return text.includes('storyblok') ? parseScripts(file, text).scripts.flatMap(({ body }) => sourcesIn(body)) : []
  })
  return new Set(officialPackages.filter((name) => sources.some((one) => one === name || one.startsWith(`${name}/`))))
}

function sourcesIn(body: unknown): string[] {
  return [...walk(body)].flatMap(({ type, source, callee, arguments: given }) => {
    const isCall = type === 'ImportExpression' || callee?.type === 'Import' || callee?.name === 'require'
    const value: unknown = (isCall ? (source ?? given?.[0]) : source)?.value
    return typeof value === 'string' ? [value] : []
  })
}
