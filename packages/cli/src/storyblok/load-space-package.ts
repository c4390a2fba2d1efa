import { CliError } from '../command/cli-error.js'

/** Loads the local space, which a site needs in development only and installs by itself. */
export async function loadSpacePackage(): Promise<typeof import('@keyblok/space')> {
  try {
    return await import('@keyblok/space')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new CliError('The local space is a package of its own.', {
      hint: 'Install it: npm install --save-dev @keyblok/space',
    })
  }
}
