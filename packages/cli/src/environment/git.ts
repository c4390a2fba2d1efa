import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CliError } from '../command/cli-error.js'

/**
 * Whether git tracks a file; never outside a repository. A link is tracked if it, or what it leads to, is.
 *
 * @throws {CliError} When git cannot tell, in a repository.
 */
export function isTrackedByGit(file: string): boolean {
  return placesOf(file).some((place) => ask(place, ['ls-files', '--error-unmatch', '--', basename(place)]) === 0)
}

/**
 * Whether git would add a file that it does not track yet; never outside a repository.
 *
 * @throws {CliError} When git cannot tell, in a repository.
 */
export function isAddableToGit(file: string): boolean {
  return placesOf(file).some((place) => ask(place, ['check-ignore', '-q', '--', basename(place)]) === 1)
}

/**
 * Lists what git tracks below a folder; `undefined` where there is no repository.
 *
 * @throws {CliError} When git cannot tell, in a repository.
 */
export function trackedFiles(folder: string): string[] | undefined {
  if (!isInRepository(folder)) return undefined
  const { status, stdout } = git(folder, ['ls-files', '-z'])
  if (status !== 0) throw unanswered(folder)
  return stdout.split('\0').filter((file) => file !== '')
}

/** Asks git something; gives what it says instead where it cannot tell, as a full sentence. */
export function askGit<Answer>(question: () => Answer): Answer | string {
  try {
    return question()
  } catch (error) {
    if (error instanceof CliError) return error.message
    throw error
  }
}

function placesOf(file: string): string[] {
  const path = resolve(file)
  return existsSync(path) ? [...new Set([path, realpathSync(path)])] : [path]
}

function ask(place: string, args: string[]): number {
  const folder = dirname(place)
  if (!isInRepository(folder)) return -1
  const { status } = git(folder, args)
  // Anything above is no answer: git is not there, or fails.
  if (status === 0 || status === 1) return status
  throw unanswered(folder)
}

function unanswered(folder: string): CliError {
  return new CliError(`${folder} is in a git repository, and git does not tell which files it tracks.`, {
    hint: 'Install git, or correct what `git status` says there.',
  })
}

function git(cwd: string, args: string[]): { status: number | null; stdout: string } {
  // A repository of somebody else's, as in containers, is only read: nothing that it configures is run.
  const safe = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false']
  return spawnSync('git', [...safe, ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 30 })
}

function isInRepository(folder: string): boolean {
  const parent = dirname(folder)
  return existsSync(join(folder, '.git')) || (parent !== folder && isInRepository(parent))
}
