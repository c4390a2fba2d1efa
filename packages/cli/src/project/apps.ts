import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dependenciesOf, readManifest } from './packages.js'
import type { Manifest } from './packages.js'

/** What tells a framework’s project. */
const frameworks = { astro: 'astro', '@sveltejs/kit': 'sveltekit' } as const

export type Framework = (typeof frameworks)[keyof typeof frameworks]

/** Tells the framework of a package. */
export function frameworkOf(manifest: Manifest | undefined): Framework | undefined {
  const needed = manifest ? dependenciesOf(manifest) : {}
  return Object.entries(frameworks).find(([name]) => Object.hasOwn(needed, name))?.[1]
}

const deepest = 3
const passedOver = new Set(['node_modules', 'dist', 'build'])

/** Lists the folders below one that are projects of a framework, with slashes, from that folder. */
export function listApps(root: string): string[] {
  const found: string[] = []
  const walk = (folder: string, depth: number): void => {
    for (const { name } of readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )) {
      if (name.startsWith('.') || passedOver.has(name)) continue
      const path = folder === '' ? name : `${folder}/${name}`
      if (existsSync(join(root, path, 'package.json')) && frameworkOf(readManifest(join(root, path)))) found.push(path)
      else if (depth < deepest) walk(path, depth + 1)
    }
  }
  walk('', 1)
  return found.toSorted()
}
