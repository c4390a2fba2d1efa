import type { Secret } from '@keyblok/core/server'
import { CliError, usageError } from '../command/cli-error.js'
import { readEnvFile } from '../environment/env-files.js'
import { assertEnvFile, writeEnvFile } from '../environment/write-env-file.js'
import type { Terminal } from '../terminal/terminal.js'

/** Where a new token goes: into an environment file, or onto the terminal, once. */
export type Place = { file: string; variable: string } | 'terminal'

/** What was said about it. */
export interface PlaceOptions {
  to?: string | undefined
  show?: boolean | undefined
  variable: string
  /** What to do where the file has the variable already, as a full sentence. */
  instead: string
  /** Whether a value that the file has may be replaced. */
  replace?: boolean | undefined
}

/**
 * Decides where a new token goes before it is made: one that has no place would be lost.
 *
 * @throws {CliError} When nothing was said and nobody is there to ask, or when git tracks the file.
 */
export async function choosePlace(options: PlaceOptions, terminal: Terminal): Promise<Place> {
  const { to: file, show, variable } = options
  if (file !== undefined && show) throw usageError('Give either --to or --show.')
  if (show) return 'terminal'
  const chosen = file ?? (await askForFile(terminal))
  if (chosen === 'terminal') return 'terminal'
  assertEnvFile(chosen)
  if (!options.replace && readEnvFile(chosen)[variable]?.trim()) {
    throw new CliError(`${variable} is set in ${chosen} already.`, {
      hint: `${options.instead} Or give another --to, or --show.`,
    })
  }
  return { file: chosen, variable }
}

function askForFile(terminal: Terminal): Promise<string> {
  return terminal.choose(
    'Where is the new token kept?',
    [
      { value: '.env', label: '.env', hint: 'only you can read it, and git does not track it' },
      { value: '.env.local', label: '.env.local' },
      { value: 'terminal', label: 'Show it here, once' },
    ],
    '--to .env, or --show',
  )
}

/**
 * Puts a token where it is to go. What is shown is shown here only.
 *
 * @param undo - The command that revokes it, for when it cannot be put there.
 */
export function putToken(place: Place, token: Secret, terminal: Terminal, undo: string): void {
  if (place === 'terminal') {
    // The one place where a token is printed: it was asked for, and cannot be shown again.
    terminal.line(token.reveal())
    return
  }
  const { addable } = write(place, token, undo)
  terminal.line(`${place.variable} is set in ${place.file}.`)
  if (addable) terminal.warn(`git does not ignore ${place.file}. Add it to .gitignore.`)
}

function write({ file, variable }: Exclude<Place, 'terminal'>, token: Secret, undo: string): { addable: boolean } {
  try {
    return writeEnvFile(file, { [variable]: token.reveal() })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(`The token was made, and cannot be written: ${reason}`, {
      hint: `Nobody has its value, so revoke it: npx keyblok ${undo} --yes`,
    })
  }
}
