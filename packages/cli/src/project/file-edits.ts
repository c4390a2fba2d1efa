import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { writeFileSafely } from '../environment/write-file-safely.js'
import { style } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'

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

/** Shows what would change, as a diff; new files by their first lines. */
export function showEdits(edits: readonly FileEdit[], terminal: Terminal): void {
  for (const edit of edits) terminal.line(describe(edit))
}

/** Says what becomes of each file, for JSON. */
export function changesOf(edits: readonly FileEdit[]): { file: string; change: 'created' | 'changed' | 'deleted' }[] {
  return edits.map(({ file, before, after }) => ({
    file,
    change: after === undefined ? 'deleted' : before === undefined ? 'created' : 'changed',
  }))
}

/** Writes all changes. */
export function applyEdits(folder: string, edits: readonly FileEdit[]): void {
  for (const { file, after } of edits) {
    const path = join(folder, file)
    if (after === undefined) {
      rmSync(path, { force: true })
      continue
    }
    mkdirSync(dirname(path), { recursive: true })
    if (isEnvironmentFile(file)) writeFileSafely(path, after)
    else writeFileSync(path, after)
  }
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
