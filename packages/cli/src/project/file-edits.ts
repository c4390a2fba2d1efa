import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { CliError } from '../command/cli-error.js'
import { writeFileSafely, writeFileWhole } from '../environment/write-file-safely.js'
import { printable } from '../terminal/printable.js'
import { style } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'
import { showable } from './showable.js'

/** A change of one file. */
export interface FileEdit {
  /** Relative to the project's folder, with `/` between its steps. */
  file: string
  /** What it holds now; `undefined` where there is none. */
  before: string | undefined
  /** What it is to hold; `undefined` where it goes. */
  after: string | undefined
  /** Whether a tool wrote it, so that its name is enough to show. */
  generated?: boolean
}

/** Reads what a file of a project holds. */
export function readProjectFile(folder: string, file: string): string | undefined {
  const path = join(folder, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Leaves out what would change nothing. */
export function realEdits(edits: readonly FileEdit[]): FileEdit[] {
  return edits.filter(({ before, after }) => before !== after)
}

/** Shows what would change, as a diff; new files by their first lines. No token is shown, wherever it stands. */
export function showEdits(edits: readonly FileEdit[], terminal: Terminal): void {
  for (const { file, before, after, generated } of edits) {
    const shown = { before: before && showable(before), after: after && showable(after) }
    terminal.line(describe({ file: printable(file), ...shown, ...(generated && { generated }) }))
  }
}

/** Says what becomes of each file, for JSON. */
export function changesOf(edits: readonly FileEdit[]): { file: string; change: 'created' | 'changed' | 'deleted' }[] {
  return edits.map(({ file, before, after }) => ({
    file,
    change: after === undefined ? 'deleted' : before === undefined ? 'created' : 'changed',
  }))
}

/**
 * Writes all changes. What goes is deleted last: its text may be in a file that is written.
 *
 * @throws {CliError} When a file cannot be written; it names those that were.
 */
export function applyEdits(folder: string, edits: readonly FileEdit[]): void {
  const written: string[] = []
  for (const { file, after } of edits) {
    if (after === undefined) continue
    try {
      write(join(folder, file), file, after)
    } catch (error) {
      throw notWritten(file, written, error)
    }
    written.push(file)
  }
  for (const { file, after } of edits) if (after === undefined) rmSync(join(folder, file), { force: true })
}

function write(path: string, file: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if (isEnvironmentFile(file)) writeFileSafely(path, text)
  else writeFileWhole(path, text)
}

function notWritten(file: string, written: readonly string[], error: unknown): CliError {
  const reason = printable((error as Error).message).replace(/\.$/, '')
  const before =
    written.length === 0
      ? 'Nothing was deleted, and nothing was written before.'
      : `Nothing was deleted. Written before: ${written.map(printable).join(', ')}.`
  return new CliError(`${printable(file)} could not be written: ${reason}. ${before}`, {
    hint: 'Correct that, put the written files back as they were, and run the command again.',
  })
}

/** How many lines of a new file are shown. */
const mostLines = 12

/** What may hold tokens; an example holds none. */
const isEnvironmentFile = (file: string): boolean => /(^|\/)\.env(?!\.example$)(\.|$)/.test(file)

function describe({ file, before, after, generated }: FileEdit): string {
  if (after === undefined) return style('red', `- ${file}`)
  if (before === undefined) {
    const name = style('green', `+ ${file}`)
    if (generated) return `${name}${style('dim', ' (generated)')}`
    const lines = after.trimEnd().split('\n')
    const shown = lines.slice(0, mostLines).map((line) => style('green', `  + ${line}`.trimEnd()))
    return [name, ...shown, ...(lines.length > mostLines ? [style('dim', '  …')] : [])].join('\n')
  }
  const title = style('yellow', `~ ${file}`)
  if (generated) return `${title}${style('dim', ' (generated)')}`
  const lines = createTwoFilesPatch('', '', before, after, '', '', { context: 1 }).split('\n').slice(4)
  return [title, ...lines.filter((line) => line !== '' && !line.startsWith('\\')).map(colour)].join('\n')
}

function colour(line: string): string {
  if (line.startsWith('@@')) return style('dim', '  …')
  if (line.startsWith('+')) return style('green', `  ${line}`)
  return line.startsWith('-') ? style('red', `  ${line}`) : `  ${line}`
}
