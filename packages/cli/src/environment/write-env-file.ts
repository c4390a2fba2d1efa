import { existsSync, readFileSync } from 'node:fs'
import { CliError } from '../command/cli-error.js'
import { setInEnvText } from './env-text.js'
import { isAddableToGit, isTrackedByGit } from './git.js'
import { writeFileSafely } from './write-file-safely.js'

/**
 * Refuses a file that git tracks: a token in it is in the repository with the next commit.
 *
 * @throws {CliError}
 */
export function assertEnvFile(file: string): void {
  if (!isTrackedByGit(file)) return
  throw new CliError(`git tracks ${file}, so no token is written into it.`, {
    hint: `Take it out of git (git rm --cached ${file}), add it to .gitignore, and replace the tokens that it holds.`,
  })
}

/**
 * Sets variables of an environment file. All other lines stay; the file is replaced in one step, and readable by its
 * owner only.
 *
 * @returns Whether git would add the file, so that somebody should be told.
 * @throws {CliError} When git tracks the file, or when it is read-only.
 */
export function writeEnvFile(file: string, values: Readonly<Record<string, string | undefined>>): { addable: boolean } {
  assertEnvFile(file)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  writeFileSafely(file, setInEnvText(before, values))
  return { addable: isAddableToGit(file) }
}
