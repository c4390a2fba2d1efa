import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageJson } from '../../project/package-json.js'
import { findPackage } from '../../project/packages.js'
import type { Installed } from '../../project/packages.js'
import { satisfies } from '../../project/satisfies.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'

/** Keyblok, and what runs a framework’s sites on a host. */
export function takesFramework({ name }: Installed): boolean {
  return name.startsWith('@keyblok/') || /^@astrojs\/|^@sveltejs\/adapter-/.test(name)
}

const frameworks = ['astro', '@sveltejs/kit', 'svelte', 'vite']

/** Finds frameworks of a version that a package which builds on them does not take. */
export function findUnsupported({ name, manifest }: Installed, folder: string): Finding[] {
  return frameworks.flatMap((framework) => {
    const range = manifest.peerDependencies?.[framework]
    const found = range === undefined ? undefined : findPackage(framework, folder)
    if (range === undefined || !found || satisfies(found.version, range)) return []
    return [finding('version-unsupported', `${name} takes ${framework} ${range}, and ${found.version} is installed.`)]
  })
}

const oldest = '>=22.17.0'

/** Finds files that name a Node which is too old. */
export function findOldNode({ engines }: PackageJson, folder: string): Finding[] {
  const files = ['.nvmrc', '.node-version'].filter((file) => existsSync(join(folder, file)))
  const named = files.map((file) => ({ file, version: readFileSync(join(folder, file), 'utf8').trim() }))
  // A range that begins below takes a newer one too.
  const [, exact = ''] = /^\s*[\^~]?v?(\d[\d.x]*)\s*$/.exec(engines?.['node'] ?? '') ?? []
  const all = [...named, ...(exact === '' ? [] : [{ file: 'package.json', version: exact }])]
  return all.flatMap(({ file, version }) => {
    const [major = '', ...rest] = version.replace(/^v/, '').split('.')
    if (!/^\d+$/.test(major)) return []
    // The major version alone means its newest.
    const least = rest.length === 0 || rest[0] === 'x' ? `${major}.999.0` : version
    return satisfies(least, oldest) ? [] : [finding('node-unsupported', `It names Node ${version}.`, file)]
  })
}

/** Finds packages of Keyblok that do not belong together. */
export function findCopies(keyblok: readonly Installed[]): Finding[] {
  const found: Finding[] = []
  if (new Set(keyblok.map(({ version }) => version)).size > 1) {
    const list = keyblok.map(({ name, version }) => `${name} ${version}`).join(', ')
    found.push(finding('keyblok-mixed', `Installed are ${list}.`))
  }
  const cores = keyblok.flatMap(({ folder }) => findPackage('@keyblok/core', folder) ?? [])
  const copies = [...new Map(cores.map((core) => [core.folder, core.version])).values()]
  if (copies.length > 1) {
    found.push(finding('core-twice', `@keyblok/core is installed ${copies.length} times: ${copies.join(', ')}.`))
  }
  return found
}
