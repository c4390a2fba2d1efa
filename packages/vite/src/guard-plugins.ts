import { globSync } from 'node:fs'
import type { Plugin } from 'vite'
import { coreServerEntries } from './boundary/core-server-entries.js'
import { serverOnly, serverOnlyGlobs } from './boundary/server-only.js'
import type { ServerEntries } from './boundary/server-only.js'
import { devGuard } from './dev/dev-guard.js'
import type { GuardOptions } from './proof/guard-options.js'
import { validateGuardOptions } from './proof/validate-options.js'
import { publicVariables } from './public-variables.js'

/** What the guard has to know of a framework. */
export interface GuardedFramework {
  /** The adapter’s entries that handle secrets, beside the core’s. */
  entries?: ServerEntries
  /** How variables begin that browsers get, beside those of Vite’s `envPrefix`. */
  publicPrefixes?: readonly string[]
  /** The files that the dev server would serve and should not, beside Vite’s own list. */
  deniedFiles?: readonly string[]
  /** The modules that hold content or secrets and that no browser needs, by a part of their ids. */
  deniedModules?: readonly string[]
}

/**
 * Makes what guards a project while it is developed and bundled: all of the guard but the search of what was built, which
 * each framework writes in its own way.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` with every problem of the options.
 */
export function guardPlugins(
  guard: GuardOptions,
  { entries = {}, publicPrefixes = [], deniedFiles = [], deniedModules = [] }: GuardedFramework,
): Plugin[] {
  validateGuardOptions(guard)
  const files = guard.serverOnly ?? []
  return [
    tellUnmatched(files),
    serverOnly({ entries: { ...coreServerEntries, ...entries }, files }),
    publicVariables(guard, publicPrefixes),
    devGuard({ guard, files: deniedFiles, modules: deniedModules }),
  ]
}

/** Tells of names that would guard nothing. */
function tellUnmatched(files: readonly string[]): Plugin {
  return {
    name: 'keyblok:server-only-files',
    configResolved({ logger, root }) {
      const unmatched = files.filter((file) => globSync(serverOnlyGlobs(file), { cwd: root }).length === 0)
      if (unmatched.length > 0) logger.warn(`[keyblok] guard.serverOnly matches no file: ${unmatched.join(', ')}`)
    },
  }
}
