import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../command/cli-error.js'

/** What of a `package.json` matters here. */
export interface PackageJson {
  name?: string
  version?: string
  type?: string
  workspaces?: unknown
  scripts?: Record<string, string>
  imports?: Record<string, unknown>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  engines?: Record<string, string>
}

/**
 * Reads a folder's `package.json`.
 *
 * @returns What it holds, or nothing where there is none.
 * @throws {CliError} When it is not JSON.
 */
export function readPackageJson(folder: string): PackageJson | undefined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PackageJson
  } catch {
    throw new CliError(`${file} is not JSON.`)
  }
}

/** All packages that it names, with their ranges. */
export function packagesOf({ dependencies, devDependencies }: PackageJson): Record<string, string> {
  return { ...devDependencies, ...dependencies }
}
