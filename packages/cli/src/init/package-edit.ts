import { packageVersion } from '../project/package-version.js'
import { readProjectFile } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'
import type { Project } from '../project/detect-project.js'
import type { PackageJson } from '../project/package-json.js'
import type { InitAdapter } from './adapter.js'
import { localSpaceData } from './local-space.js'
import { contentFolder } from './starter.js'

/** The version of Storyblok's bridge that Keyblok's adapters take. */
const bridgeRange = '^2.3.1'

/** Adds packages and scripts to `package.json`; what is there stays, as does the form of the file. */
export function packageEdit(
  { folder, packageJson, packages, framework, major }: Project,
  adapter: InitAdapter,
): FileEdit {
  const file = 'package.json'
  const before = readProjectFile(folder, file) ?? '{}'
  const range = `^${packageVersion()}`
  const missing = (wanted: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(wanted).filter(([name]) => !Object.hasOwn(packages, name)))
  const dependencies = missing({ [adapter.package]: range, '@storyblok/preview-bridge': bridgeRange })
  const devDependencies = missing({ keyblok: range, '@keyblok/space': range })
  const scripts = {
    space: `keyblok space --content ${contentFolder} --data ${localSpaceData}`,
    types: 'keyblok types',
  }
  const needsLib = framework === 'sveltekit' && major !== 2 && packageJson.imports?.['#lib/*'] === undefined
  const changed: PackageJson = {
    ...packageJson,
    ...added('scripts', packageJson.scripts, scripts, false),
    ...(needsLib && { imports: { ...packageJson.imports, '#lib/*': './src/lib/*' } }),
    ...added('dependencies', packageJson.dependencies, dependencies),
    ...added('devDependencies', packageJson.devDependencies, devDependencies),
  }
  const indent = /^\{\r?\n([ \t]+)/.exec(before)?.[1] ?? '  '
  const isSame = JSON.stringify(changed) === JSON.stringify(packageJson)
  return { file, before, after: isSame ? before : `${JSON.stringify(changed, null, indent)}\n` }
}

/** A group of the file with what it lacks, sorted as package managers sort it. */
function added(
  group: keyof PackageJson,
  now: Record<string, string> | undefined,
  wanted: Record<string, string>,
  sorted = true,
): PackageJson {
  const missing = Object.entries(wanted).filter(([name]) => !Object.hasOwn(now ?? {}, name))
  if (missing.length === 0) return {}
  const all = [...Object.entries(now ?? {}), ...missing]
  return { [group]: Object.fromEntries(sorted ? all.toSorted(([a], [b]) => (a < b ? -1 : 1)) : all) }
}
