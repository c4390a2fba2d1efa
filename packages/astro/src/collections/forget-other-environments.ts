import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What Astro keeps between builds: the collections, whole or in parts, and the pages of incremental builds. */
const kept = ['data-store.json', 'data-store', 'dist']

/**
 * Throws away what Astro keeps between builds when the last one ran in another environment. Collections that a site no
 * longer has stay in its store, drafts included, and no loader sees them any more.
 *
 * @param cacheFolder - Astro's folder for what it keeps.
 * @param environment - What tells the environment from others.
 */
export function forgetOtherEnvironments(cacheFolder: string, environment: string): void {
  const file = join(cacheFolder, 'keyblok', 'environment')
  const last = readText(file)
  if (last === environment) return
  if (last !== undefined) for (const name of kept) rmSync(join(cacheFolder, name), { recursive: true, force: true })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, environment)
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // There is none before the first build.
    return undefined
  }
}
