import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CliError } from '../command/cli-error.js'

/**
 * Keeps other processes out until it is given back. What a process left that is gone is taken over.
 *
 * @param file - The lock's file; it holds the number of the process.
 * @param what - What is under way, as a noun.
 * @returns Gives it back.
 * @throws {CliError} When another process has it.
 */
export function acquireLock(file: string, what: string): () => void {
  mkdirSync(dirname(file), { recursive: true })
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = Number(readHolder(file))
      if (attempt > 0 || isRunning(holder)) {
        throw new CliError(`Another process (${holder}) is at ${what}.`, { hint: 'Wait for its end, and try again.' })
      }
      rmSync(file, { force: true })
    }
  }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It was given back meanwhile.
    return ''
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // One of another user may not be asked, and runs.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
