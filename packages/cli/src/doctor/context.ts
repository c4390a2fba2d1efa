import { readVariables } from '../environment/env-files.js'
import { Account } from './account.js'
import type { DoctorContext } from './check.js'
import { isPlaceholder } from './placeholder.js'

type Given = Pick<DoctorContext, 'folder' | 'signal'> & Partial<Pick<DoctorContext, 'secrets' | 'isIgnored'>>

export interface ContextOptions extends Given {
  /** The process's own variables. */
  own?: NodeJS.ProcessEnv
}

/** Gathers what the checks work with. */
export function createContext({ own = process.env, folder, ...options }: ContextOptions): DoctorContext {
  const variables = readVariables(folder, own)
  const values = [...variables].filter(([name, { value }]) => !isPlaceholder(name, value))
  const env = Object.fromEntries(values.map(([name, { value }]) => [name, value]))
  const account = new Account(env, variables, options.signal)
  return { folder, variables, env, account, secrets: [], isIgnored: () => false, ...options }
}
