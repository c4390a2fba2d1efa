import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readPackageJson } from './package-json.js'
import type { PackageJson } from './package-json.js'

/** A package as it is installed. */
export interface Installed {
  name: string
  version: string
  /** Its folder, without links. */
  folder: string
  manifest: PackageJson
}

/** Finds a package as code in a folder would, from there upwards. */
export function findPackage(name: string, from: string): Installed | undefined {
  const folder = join(from, 'node_modules', ...name.split('/'))
  const manifest = readPackageJson(folder)
  if (manifest) return { name, version: manifest.version ?? '0.0.0', folder: realpathSync(folder), manifest }
  const above = dirname(from)
  return above === from ? undefined : findPackage(name, above)
}
