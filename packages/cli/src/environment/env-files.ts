import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** The files that the frameworks read, the last one first. */
export const envFiles: readonly string[] = [
  '.env',
  '.env.local',
  '.env.development',
  '.env.production',
  '.env.development.local',
  '.env.production.local',
]

/** A variable, and where its value is from. */
export interface Variable {
  value: string
  /** The file that gives it; none where the process's own environment does. */
  file?: string
  /** What gives another value, and does not count. */
  overridden: readonly string[]
}

/** Variables by their names. */
export type Variables = ReadonlyMap<string, Variable>

/** Reads names that are separated by commas. */
export function splitNames(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** Reads the variables of one file; none where there is no such file. */
export function readEnvFile(file: string): NodeJS.Dict<string> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
}

/** Reads the variables of all of a project’s environment files; the process’s own go first. */
export function readEnvironment(
  folder = '.',
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string | undefined> {
  return Object.fromEntries([...readVariables(folder, own)].map(([name, { value }]) => [name, value]))
}

/** The same, with the places that they are from. */
export function readVariables(folder = '.', own: NodeJS.ProcessEnv = process.env): Variables {
  const variables = new Map<string, Variable>()
  const add = (name: string, value: string, file?: string): void => {
    const before = variables.get(name)
    const differs = before?.file !== undefined && before.value !== value
    const overridden = [...(before?.overridden ?? []), ...(differs && before.file !== undefined ? [before.file] : [])]
    variables.set(name, { value, ...(file !== undefined && { file }), overridden })
  }
  for (const file of envFiles) {
    for (const [name, value = ''] of Object.entries(readEnvFile(join(folder, file)))) add(name, value, file)
  }
  for (const [name, value] of Object.entries(own)) if (value !== undefined) add(name, value)
  return variables
}
