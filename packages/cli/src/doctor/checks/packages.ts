import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '@keyblok/vite/files'
import { findApps, frameworkOf } from '../../project/detect-project.js'
import { packagesOf, readPackageJson } from '../../project/package-json.js'
import type { PackageJson } from '../../project/package-json.js'
import { findPackage } from '../../project/packages.js'
import type { Installed } from '../../project/packages.js'
import { satisfies } from '../../project/satisfies.js'
import type { Check, CheckResult } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'

/** Looks at what is installed, and whether it goes together. */
export const packagesCheck: Check = {
  title: 'Packages',
  run({ folder }) {
    const manifest = readPackageJson(folder)
    const framework = manifest && frameworkOf(manifest)?.framework
    if (!manifest || !framework) return lookForApps(folder)
    const installed = Object.keys(packagesOf(manifest)).flatMap((name) => findPackage(name, folder) ?? [])
    const keyblok = installed.filter(({ name }) => name === 'keyblok' || name.startsWith('@keyblok/'))
    const adapter = keyblok.find(({ name }) => name === `@keyblok/${framework}`)
    const shown = installed.filter(({ name }) => isShown(name)).map(({ name, version }) => `${name} ${version}`)
    return {
      findings: [
        ...(adapter ? [] : [finding('keyblok-missing', `@keyblok/${framework} is not installed.`, 'package.json')]),
        ...installed.filter(takesFramework).flatMap((one) => findUnsupported(one, folder)),
        ...findOldNode(manifest, folder),
        ...findCopies(keyblok),
        ...(adapter ? findMissingBridge(folder) : []),
        ...findOfficial(manifest),
        ...(adapter ? findUnscrubbed(manifest, folder) : []),
      ],
      said: `Node ${process.versions.node}${shown.length === 0 ? '; nothing of the project is installed' : `, ${shown.join(', ')}`}.`,
    }
  },
}

function lookForApps(folder: string): CheckResult {
  const apps = findApps(folder)
  const said = 'There is no Astro site and no SvelteKit app in this folder.'
  return { findings: apps.map((app) => finding('apps-elsewhere', `There is one in ${app}: --dir ${app}`)), said }
}

function isShown(name: string): boolean {
  return ['astro', 'svelte', 'vite'].includes(name) || /^(@keyblok|@sveltejs|@astrojs)\//.test(name)
}

/** Keyblok, and what runs a framework’s sites on a host. */
function takesFramework({ name }: Installed): boolean {
  return name.startsWith('@keyblok/') || /^@astrojs\/|^@sveltejs\/adapter-/.test(name)
}

const frameworks = ['astro', '@sveltejs/kit', 'svelte', 'vite']

function findUnsupported({ name, manifest }: Installed, folder: string): Finding[] {
  return frameworks.flatMap((framework) => {
    const range = manifest.peerDependencies?.[framework]
    const found = range === undefined ? undefined : findPackage(framework, folder)
    if (range === undefined || !found || satisfies(found.version, range)) return []
    return [finding('version-unsupported', `${name} takes ${framework} ${range}, and ${found.version} is installed.`)]
  })
}

const oldest = '>=22.17.0'

function findOldNode({ engines }: PackageJson, folder: string): Finding[] {
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

function findCopies(keyblok: readonly Installed[]): Finding[] {
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

const configurations = [
  'astro.config.mjs',
  'astro.config.ts',
  'astro.config.js',
  'vite.config.ts',
  'vite.config.js',
  'vite.config.mjs',
]

function findMissingBridge(folder: string): Finding[] {
  if (findPackage('@storyblok/preview-bridge', folder)) return []
  const files = configurations.map((file) => join(folder, file)).filter((file) => existsSync(file))
  const isFromStoryblok = files.some((file) => /bridge\s*:\s*['"`]cdn/.test(readFileSync(file, 'utf8')))
  return isFromStoryblok ? [] : [finding('preview-bridge-missing', '@storyblok/preview-bridge is not installed.')]
}

const official = ['@storyblok/astro', '@storyblok/svelte', '@storyblok/js', 'storyblok-js-client']

function findOfficial(manifest: PackageJson): Finding[] {
  const needed = packagesOf(manifest)
  return official
    .filter((name) => Object.hasOwn(needed, name))
    .map((name) => finding('official-sdk-beside', `${name} is installed beside Keyblok.`, 'package.json'))
}

/** What records a site's requests, with their addresses. */
const recorders =
  /^@sentry\/(astro|sveltekit|node|cloudflare)$|^@opentelemetry\/(sdk-\w+|auto-instrumentations-node|instrumentation-(undici|http))/

function findUnscrubbed(manifest: PackageJson, folder: string): Finding[] {
  const found = Object.keys(packagesOf(manifest)).filter((name) => recorders.test(name))
  if (
    found.length === 0 ||
    sourcesOf(folder).some((file) => readFileSync(file, 'utf8').includes('@keyblok/core/telemetry'))
  )
    return []
  return [
    finding('telemetry-unscrubbed', `${found.join(', ')} records requests, and nothing scrubs them.`, 'package.json'),
  ]
}

const isCode = /\.([cm]?[jt]s|astro|svelte)$/

/** The project's own code: what lies in `src`, and beside it. */
function sourcesOf(folder: string): string[] {
  const beside = readdirSync(folder).map((name) => join(folder, name))
  return listFiles([join(folder, 'src'), ...beside.filter((file) => statSync(file).isFile())]).filter((file) =>
    isCode.test(file),
  )
}
