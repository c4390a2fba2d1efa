import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/** The files that the frameworks read, the last one first. */
const files = [
  '.env',
  '.env.local',
  '.env.development',
  '.env.production',
  '.env.development.local',
  '.env.production.local',
]

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
export function readEnvironment(): Record<string, string | undefined> {
  return { ...Object.assign({}, ...files.map(readEnvFile)), ...process.env }
}
