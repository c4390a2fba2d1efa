import { existsSync, readFileSync } from 'node:fs'
import { CliError } from '../command/cli-error.js'
import { setInEnvText } from './env-text.js'
import { isAddableToGit, isTrackedByGit } from './git.js'
import { assertWritable, writeFileSafely } from './write-file-safely.js'

/**
 * Refuses a file that cannot take a token: one that cannot be written, or that git tracks, since a token in it is in the
 * repository with the next commit.
 *
 * @throws {CliError}
 */
export function assertEnvFile(file: string): void {
  assertWritable(file)
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
 * @throws {CliError} As `assertEnvFile` does.
 */
export function writeEnvFile(file: string, values: Readonly<Record<string, string | undefined>>): { addable: boolean } {
  assertEnvFile(file)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  writeFileSafely(file, setInEnvText(before, values))
  return { addable: isAddableToGit(file) }
}
