import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fchmodSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { assertWritable } from '../environment/write-file-safely.js'

/**
 * Writes a file whole or not at all. A file that is there keeps its mode. Links are followed: what they lead to is
 * replaced.
 *
 * @throws {CliError} As `assertWritable` does.
 */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  assertWritable(file)
  const target = existsSync(file) ? realpathSync(file) : file
  const mode = statSync(target, { throwIfNoEntry: false })?.mode
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const descriptor = openSync(temporary, 'wx')
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
