import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '@keyblok/vite/files'
import { packagesOf } from '../../project/package-json.js'
import type { PackageJson } from '../../project/package-json.js'
import { findPackage } from '../../project/packages.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'

const configurations = [
  'astro.config.mjs',
  'astro.config.ts',
  'astro.config.js',
  'vite.config.ts',
  'vite.config.js',
  'vite.config.mjs',
]

/** Finds that pages cannot follow the editor. */
export function findMissingBridge(folder: string): Finding[] {
  if (findPackage('@storyblok/preview-bridge', folder)) return []
  const files = configurations.map((file) => join(folder, file)).filter((file) => existsSync(file))
  const isFromStoryblok = files.some((file) => /bridge\s*:\s*['"`]cdn/.test(readFileSync(file, 'utf8')))
  return isFromStoryblok ? [] : [finding('preview-bridge-missing', '@storyblok/preview-bridge is not installed.')]
}

const official = ['@storyblok/astro', '@storyblok/svelte', '@storyblok/js', 'storyblok-js-client']

/** Finds Storyblok’s own packages. */
export function findOfficial(manifest: PackageJson): Finding[] {
  const needed = packagesOf(manifest)
  return official
    .filter((name) => Object.hasOwn(needed, name))
    .map((name) => finding('official-sdk-beside', `${name} is installed beside Keyblok.`, 'package.json'))
}

/** What records a site's requests, with their addresses. */
const recorders =
  /^@sentry\/(astro|sveltekit|node|cloudflare)$|^@opentelemetry\/(sdk-\w+|auto-instrumentations-node|instrumentation-(undici|http))/

/** Finds telemetry that would keep tokens. */
export function findUnscrubbed(manifest: PackageJson, folder: string): Finding[] {
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
