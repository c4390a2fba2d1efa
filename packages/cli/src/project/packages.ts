import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What is read of a `package.json`. */
export interface Manifest {
  name?: string
  version?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  engines?: Record<string, string>
  workspaces?: string[] | { packages?: string[] }
}

/** A package as it is installed. */
export interface Installed {
  name: string
  version: string
  /** Its folder, without links. */
  folder: string
  manifest: Manifest
}

/** Reads a folder’s `package.json`; `undefined` where there is none that can be read. */
export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as unknown
    return typeof manifest === 'object' && manifest !== null ? (manifest as Manifest) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Finds a package as code in a folder would, from there upwards. */
export function findPackage(name: string, from: string): Installed | undefined {
  const folder = join(from, 'node_modules', ...name.split('/'))
  const manifest = readManifest(folder)
  if (manifest) return { name, version: manifest.version ?? '0.0.0', folder: realpathSync(folder), manifest }
  const above = dirname(from)
  return above === from ? undefined : findPackage(name, above)
}

/** All that a package asks for, but what it takes from whoever uses it. */
export function dependenciesOf({ dependencies, devDependencies }: Manifest): Record<string, string> {
  return { ...devDependencies, ...dependencies }
}
