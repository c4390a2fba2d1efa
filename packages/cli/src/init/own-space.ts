import { join } from 'node:path'
import { readEnvironment } from '../environment/env-files.js'
import { writeEnvFile } from '../environment/write-env-file.js'
import type { Terminal } from '../terminal/terminal.js'
import type { InitPlan } from './plan.js'

/** Asks for the space and its tokens, and tells them to `.env`. What is left empty is for later. */
export async function askForOwnSpace(folder: string, plan: InitPlan, terminal: Terminal): Promise<void> {
  const env = readEnvironment()
  const wanted = ['STORYBLOK_SPACE_ID', 'STORYBLOK_PUBLIC_TOKEN', 'STORYBLOK_PREVIEW_TOKEN']
  const missing = wanted.filter((name) => !env[name]?.trim())
  const given = terminal.interactive ? await ask(missing, terminal) : {}
  if (Object.keys(given).length > 0) {
    writeEnvFile(join(folder, '.env'), given)
    terminal.line(`${Object.keys(given).join(', ')} ${Object.keys(given).length === 1 ? 'is' : 'are'} set in .env.`)
  }
  const left = missing.filter((name) => given[name] === undefined)
  if (left.length > 0) plan.next.push(`Set ${left.join(', ')} in .env; .env.example says where they are.`)
  plan.next.push('npx keyblok doctor   # checks the tokens', plan.runs('dev'))
}

async function ask(names: readonly string[], terminal: Terminal): Promise<Record<string, string>> {
  const given: Record<string, string> = {}
  for (const name of names) {
    const value = name.endsWith('_ID')
      ? await terminal.ask('The space’s id: the number in its address (empty: later)', name, checkId)
      : await terminal.askSecret(`${name} (what you type is not shown; empty: later)`, name)
    if (value?.trim()) given[name] = value.trim()
  }
  return given
}

function checkId(value: string): string | undefined {
  return /^\d*$/.test(value.trim()) ? undefined : 'It is a number, such as 123456.'
}
