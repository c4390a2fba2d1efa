import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CliError } from '../command/cli-error.js'

/** Only the owner may read what holds secrets. */
const ownerOnly = 0o600

/**
 * Refuses a file that cannot be written, before anything depends on it.
 *
 * @throws {CliError} When it is read-only, a folder, or in a folder that is not there or cannot be written.
 */
export function assertWritable(file: string): void {
  const target = existsSync(file) ? realpathSync(file) : file
  const folder = dirname(target)
  const found = statSync(target, { throwIfNoEntry: false })
  const hint = 'Make it writable, or name another file.'
  if (found?.isDirectory()) throw new CliError(`${file} is a folder.`, { hint: 'Name a file.' })
  // Renaming over a file needs no right to write to it, but whoever took the right away meant something by it.
  if (found && (found.mode & 0o200) === 0) throw new CliError(`${file} is read-only, so it is left as it is.`, { hint })
  if (!existsSync(folder))
    throw new CliError(`There is no folder for ${file}.`, { hint: 'Make it, or name another file.' })
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new CliError(`The folder of ${file} cannot be written.`, { hint })
  }
}

/**
 * Writes a file whole or not at all, readable by its owner only. Links are followed: what they lead to is replaced.
 *
 * @throws {CliError} As `assertWritable` does.
 */
export function writeFileSafely(file: string, text: string): void {
  replaceFile(file, text, () => ownerOnly)
}

/**
 * Writes a file whole or not at all; one that is there keeps its mode. Links are followed: what they lead to is replaced.
 *
 * @throws {CliError} As `assertWritable` does.
 */
export function writeFileWhole(file: string, text: string): void {
  replaceFile(file, text, (mode) => mode)
}

function replaceFile(file: string, text: string, modeOf: (before: number | undefined) => number | undefined): void {
  assertWritable(file)
  const target = existsSync(file) ? realpathSync(file) : file
  const mode = modeOf(statSync(target, { throwIfNoEntry: false })?.mode)
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    // Nobody else reads it while it is not what it is to be.
    const descriptor = openSync(temporary, 'wx', mode === undefined ? undefined : ownerOnly)
    try {
      writeFileSync(descriptor, text)
      if (mode !== undefined) fchmodSync(descriptor, mode & 0o777)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
