import { stripVTControlCharacters } from 'node:util'
import { runCommand } from 'citty'
import { createTerminal } from '../terminal/terminal.js'
import { exitCodes, usageError } from './cli-error.js'
import type { Command } from './define-command.js'
import { reportError } from './report-error.js'
import { writeUsage } from './usage.js'

const helpFlags = new Set(['--help', '-h'])
const versionFlags = new Set(['--version', '-v'])

/** Runs what the words name; shows help or the version where that is asked for. */
export async function runCommandLine(main: Command, words: readonly string[]): Promise<void> {
  // Whoever reads the output may have read enough, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  const { command, parents, rest } = await findCommand(main, words)
  const isGroup = command.subCommands !== undefined && command.default === undefined
  if (words.some((word) => helpFlags.has(word)) || (isGroup && rest.length === 0)) {
    process.stdout.write(`${await writeUsage(command, parents)}\n`)
    if (isGroup && words.length === 0) process.exitCode = exitCodes.usage
    return
  }
  if (words.length === 1 && versionFlags.has(words[0] ?? '')) {
    const { version } = (await resolve(main.meta)) ?? {}
    process.stdout.write(`${version}\n`)
    return
  }
  if (isGroup) return refuse(`There is no command “${rest[0]}”.`, command, parents)
  try {
    await runCommand(command, { rawArgs: [...rest] })
  } catch (error) {
    // A required option or word that is missing, or one of a fixed set that is none of them.
    const message = error instanceof Error ? error.message : String(error)
    await refuse(stripVTControlCharacters(message), command, parents)
  }
}

async function refuse(message: string, command: Command, parents: readonly string[]): Promise<void> {
  process.exitCode = exitCodes.usage
  if (process.argv.includes('--json')) {
    reportError(usageError(message), createTerminal({ json: true }))
    return
  }
  process.stderr.write(`${message}\n\n${await writeUsage(command, parents)}\n`)
}

interface FoundCommand {
  command: Command
  /** The names that lead there, without its own. */
  parents: string[]
  /** The words behind its name. */
  rest: readonly string[]
}

async function findCommand(main: Command, words: readonly string[]): Promise<FoundCommand> {
  let found: FoundCommand = { command: main, parents: [], rest: words }
  for (;;) {
    const { command, parents, rest } = found
    const subCommands: Record<string, unknown> = (await resolve(command.subCommands)) ?? {}
    const name = rest[0] ?? ''
    if (!Object.hasOwn(subCommands, name)) {
      const usual = await resolve(command.default)
      if (usual === undefined || !Object.hasOwn(subCommands, usual) || isWord(name)) return found
      return { command: (await resolve(subCommands[usual])) as Command, parents, rest }
    }
    const next = (await resolve(subCommands[name])) as Command
    const { name: own } = (await resolve(command.meta)) ?? {}
    found = { command: next, parents: [...parents, own ?? ''], rest: rest.slice(1) }
  }
}

const isWord = (text: string): boolean => text !== '' && !text.startsWith('-')

async function resolve<Value>(
  value: Value | (() => Value | Promise<Value>) | Promise<Value> | undefined,
): Promise<Value | undefined> {
  return typeof value === 'function' ? (value as () => Value | Promise<Value>)() : value
}
