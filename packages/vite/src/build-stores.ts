import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildStoreVariables } from '@keyblok/core/build'

/**
 * Tells the processes of a build where to keep what they read. What is published stays for the next build; drafts go
 * with this process.
 *
 * @param cacheFolder - The folder that the framework keeps between builds.
 */
export function provideBuildStores(cacheFolder: string): void {
  process.env[buildStoreVariables.published] = join(cacheFolder, 'keyblok')
  const drafts = mkdtempSync(join(tmpdir(), 'keyblok-drafts-'))
  process.env[buildStoreVariables.draft] = drafts
  process.once('exit', () => rmSync(drafts, { recursive: true, force: true }))
}
