import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'

/** Whether git tracks a file; never where there is no git. A link is tracked if it, or what it leads to, is. */
export function isTrackedByGit(file: string): boolean {
  return placesOf(file).some((place) => git(place, ['ls-files', '--error-unmatch', '--', basename(place)]) === 0)
}

/** Whether git would add a file that it does not track yet; never outside a repository. */
export function isAddableToGit(file: string): boolean {
  return placesOf(file).some((place) => git(place, ['check-ignore', '-q', '--', basename(place)]) === 1)
}

function placesOf(file: string): string[] {
  const path = resolve(file)
  return existsSync(path) ? [...new Set([path, realpathSync(path)])] : [path]
}

function git(file: string, args: string[]): number | null {
  return spawnSync('git', args, { cwd: dirname(file), stdio: 'ignore' }).status
}
