import type { Secret } from '@keyblok/core/server'
import { usageError } from '../command/cli-error.js'
import { assertEnvFile, writeEnvFile } from '../environment/write-env-file.js'
import type { Terminal } from '../terminal/terminal.js'

/** Where a new token goes: into an environment file, or onto the terminal, once. */
export type Place = { file: string; variable: string } | 'terminal'

/** What was said about it. */
export interface PlaceOptions {
  to?: string | undefined
  show?: boolean | undefined
  variable: string
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

/** Puts a token where it is to go. What is shown is shown here only. */
export function putToken(place: Place, token: Secret, terminal: Terminal): void {
  if (place === 'terminal') {
    // The one place where a token is printed: it was asked for, and cannot be shown again.
    terminal.line(token.reveal())
    return
  }
  const { addable } = writeEnvFile(place.file, { [place.variable]: token.reveal() })
  terminal.line(`${place.variable} is set in ${place.file}.`)
  if (addable) terminal.warn(`git does not ignore ${place.file}. Add it to .gitignore.`)
}
