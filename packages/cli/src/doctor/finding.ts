import { findings } from './catalogue.js'
import type { FindingId } from './catalogue.js'
import type { Severity } from './catalogue/entry.js'

/** Something that the doctor found. No part of it holds a token. */
export interface Finding {
  id: FindingId
  severity: Severity
  /** What is so, as a full sentence, with names and places of this project. */
  what: string
  /** Where it is: a file with line and column, a variable, or an address. */
  where?: string
  /** Why it matters. */
  why: string
  /** What to do. */
  fix: string
  /** The page about it. */
  page: string
}

const pages = 'https://github.com/keyblok/keyblok/blob/main/docs/guides/doctor.md'

/** Makes a finding of the catalogue. */
export function finding(id: FindingId, what: string, where?: string): Finding {
  const { severity, why, fix } = findings[id]
  return { id, severity, what, ...(where !== undefined && { where }), why, fix, page: `${pages}#${id}` }
}
