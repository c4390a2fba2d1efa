import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CliError } from '../command/cli-error.js'

/** Only the owner may read what holds secrets. */
const ownerOnly = 0o600

/**
 * Writes a file whole or not at all, readable by its owner only. Links are followed: what they lead to is replaced.
 *
 * @throws {CliError} When the file is read-only.
 */
export function writeFileSafely(file: string, text: string): void {
  const target = existsSync(file) ? realpathSync(file) : file
  // Renaming over a file needs no right to write to it, but whoever took the right away meant something by it.
  if (existsSync(target) && (statSync(target).mode & 0o200) === 0) {
    throw new CliError(`${file} is read-only, so it is left as it is.`, {
      hint: 'Make it writable, or name another file.',
    })
  }
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const descriptor = openSync(temporary, 'wx', ownerOnly)
    try {
      writeSync(descriptor, text)
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
