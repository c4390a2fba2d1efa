import { stripVTControlCharacters, styleText } from 'node:util'
import { renderUsage } from 'citty'
import { isColourful } from '../terminal/style.js'
import type { Command } from './define-command.js'

/** A call, and what it does. */
export interface Example {
  /** What follows `npx keyblok`. */
  call: string
  does: string
}

const examplesOf = new WeakMap<object, readonly Example[]>()

/** Remembers the examples that a command's help shows. */
export function setExamples(command: object, examples: readonly Example[]): void {
  examplesOf.set(command, examples)
}

/** Writes a command's help: what it takes, with examples. */
export async function writeUsage(command: Command, parents: readonly string[]): Promise<string> {
  // One parent is all that citty knows of; its name can be two words.
  const parent = parents.length > 0 ? { meta: { name: parents.join(' ') } } : undefined
  const text = await renderUsage(command, parent)
  const examples = examplesOf.get(command) ?? []
  const width = Math.max(0, ...examples.map(({ call }) => call.length))
  const lines = examples.map(({ call, does }) => `  npx keyblok ${call.padEnd(width)}  ${does}`)
  const title = styleText(['underline', 'bold'], 'EXAMPLES', { validateStream: false })
  const whole = lines.length > 0 ? `${text}\n${title}\n\n${lines.join('\n')}` : text
  return isColourful(process.stdout) ? whole : stripVTControlCharacters(whole)
}
