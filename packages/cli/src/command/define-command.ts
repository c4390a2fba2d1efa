import { existsSync, statSync } from 'node:fs'
import type { ArgsDef, CommandDef, ParsedArgs } from 'citty'
import { defineCommand as defineCittyCommand } from 'citty'
import { createTerminal } from '../terminal/terminal.js'
import type { Terminal } from '../terminal/terminal.js'
import { exitCodes, usageError } from './cli-error.js'
import type { ExitCode } from './cli-error.js'
import { assertKnownOptions } from './known-options.js'
import { reportError } from './report-error.js'
import { setExamples } from './usage.js'
import type { Example } from './usage.js'

/** The options of every command. */
const commonArgs = {
  json: { type: 'boolean', description: 'Prints the result as JSON, and nothing else.' },
  dir: { type: 'string', description: 'The project’s folder; the current one by default.', valueHint: 'folder' },
} as const satisfies ArgsDef

/** A command, whatever it takes: those who run it hand it words. */
// oxlint-disable-next-line typescript/no-explicit-any -- how citty writes a command among others; `ArgsDef` is no supertype
export type Command = CommandDef<any>

/** What a command works with. */
interface CommandContext<Args extends ArgsDef> {
  args: ParsedArgs<Args>
  terminal: Terminal
  /** Aborted by Ctrl+C. A second one ends the process at once. */
  signal: AbortSignal
}

interface Definition<Args extends ArgsDef> {
  name: string
  description: string
  args: Args
  examples: readonly Example[]
  /** Does the work; what it gives is the exit code, 0 where it gives none. */
  run(context: CommandContext<Args>): Promise<ExitCode | void> | ExitCode | void
}

/**
 * Defines a command: options that are checked, help with examples, `--json`, errors and exit codes that are alike for
 * all.
 */
export function defineCommand<const Args extends ArgsDef>(definition: Definition<Args>): Command {
  const { name, description, examples, run } = definition
  const args = { ...definition.args, ...commonArgs }
  const command: Command = defineCittyCommand({
    meta: { name, description },
    args,
    async run({ args: given, rawArgs }) {
      const terminal = createTerminal({ json: given['json'] === true })
      try {
        assertKnownOptions(rawArgs, given._.length, args)
        enterFolder(given['dir'])
        const context: CommandContext<Args> = {
          args: given as ParsedArgs<Args>,
          terminal,
          // A command that never asks for it ends by Ctrl+C as any process does.
          get signal() {
            return interruption()
          },
        }
        const exitCode = await run(context)
        process.exitCode = exitCode ?? exitCodes.done
      } catch (error) {
        process.exitCode = reportError(error, terminal)
      }
    },
  })
  setExamples(command, examples)
  return command
}

function enterFolder(folder: unknown): void {
  if (typeof folder !== 'string') return
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw usageError(`There is no folder ${folder}.`)
  process.chdir(folder)
}

function interruption(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  return controller.signal
}
