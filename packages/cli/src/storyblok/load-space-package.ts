import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CliError } from '../command/cli-error.js'

/**
 * Loads the local space, which a site needs in development only and installs by itself.
 *
 * @param folder - A project that has it, where the command line runs from somewhere else, as by `npx`.
 * @throws {CliError} When it is installed nowhere.
 */
export async function loadSpacePackage(folder: string = process.cwd()): Promise<typeof import('@keyblok/space')> {
  return (
    (await importOrNothing('@keyblok/space')) ??
    (await importOrNothing(resolveFrom(folder))) ??
    missing('The local space is a package of its own.')
  )
}

function resolveFrom(folder: string): string | undefined {
  try {
    // The package has one entry, for imports only, so its folder is found by its own description.
    const file = createRequire(join(folder, 'package.json')).resolve('@keyblok/space/package.json')
    return pathToFileURL(join(file, '..', 'dist/index.js')).href
  } catch {
    return undefined
  }
}

async function importOrNothing(specifier: string | undefined): Promise<typeof import('@keyblok/space') | undefined> {
  if (specifier === undefined) return undefined
  try {
    return (await import(specifier)) as typeof import('@keyblok/space')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

function missing(message: string): never {
  throw new CliError(message, { hint: 'Install it: npm install --save-dev @keyblok/space' })
}
