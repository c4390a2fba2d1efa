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
interface Variable {
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
  const given = [
    ...envFiles.flatMap((file) => assignmentsOf(readEnvFile(join(folder, file)), file)),
    ...assignmentsOf(own),
  ]
  const byName = Map.groupBy(given, ({ name }) => name)
  return new Map([...byName].map(([name, assignments]) => [name, lastOf(assignments)]))
}

interface Assignment {
  name: string
  value: string
  file?: string
}

function assignmentsOf(variables: NodeJS.Dict<string>, file?: string): Assignment[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value, ...(file !== undefined && { file }) }],
  )
}

function lastOf(assignments: readonly Assignment[]): Variable {
  const { value, file } = assignments.at(-1) ?? { value: '' }
  const overridden = assignments.flatMap((other) => (other.value === value ? [] : (other.file ?? [])))
  return { value, ...(file !== undefined && { file }), overridden }
}
