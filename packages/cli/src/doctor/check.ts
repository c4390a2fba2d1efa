import type { Variables } from '../environment/env-files.js'
import type { Account } from './account.js'
import type { Finding } from './finding.js'

/** What the checks work with. */
export interface DoctorContext {
  /** The project's folder. */
  folder: string
  /** The variables of the environment and of the environment files, with where they are from. */
  variables: Variables
  /** Their values, without those that only stand where a token should be. */
  env: Readonly<Record<string, string | undefined>>
  /** Variables that hold other secrets. */
  secrets: readonly string[]
  /** Whether something may look like a token in a file. */
  isIgnored(file: string): boolean
  /** What the Management API tells. */
  account: Account
  signal: AbortSignal
}

/** What a check gives. */
export interface CheckResult {
  findings: Finding[]
  /** What was looked at, as full sentences: a check that could not look says so here. */
  said: string
  /** Whether there was nothing to look at, or no way to. */
  isLeftOut?: boolean
}

/** Says that there was nothing to look at, or no way to. */
export function leftOut(said: string): CheckResult {
  return { findings: [], said, isLeftOut: true }
}

/** One thing that the doctor looks at. */
export interface Check {
  /** A few words, as a heading. */
  title: string
  run(context: DoctorContext): Promise<CheckResult> | CheckResult
}
