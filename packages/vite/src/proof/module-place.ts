import type { Finding } from '../scan/finding.js'
import { lineAndColumn } from '../scan/search-files.js'
import type { SecretSearch } from '../scan/secret-search.js'
import { isMarkup } from './markup.js'

/** Where in a module a secret is. */
export interface ModulePlace {
  /** The module’s file, relative to the root where it is below; its id where it has none. */
  module: string
  /** From 1; missing where the source does not say. */
  line?: number
  column?: number
  /** The variable whose value the module has. */
  reads?: string
  /** Whether the secret stands in markup, which a server sends as it is. */
  isMarkup: boolean
}

export interface SourceLookup {
  search: SecretSearch
  /** Lists the variables that hold a secret, by its label. */
  variablesOf(label: string): readonly string[]
}

/**
 * Finds the place in a module’s source: of the secret itself, or of the variable that it was taken from.
 *
 * @param module - How the module is shown.
 */
export function placeInSource(
  module: string,
  source: Buffer,
  { label }: Pick<Finding, 'label'>,
  { search, variablesOf }: SourceLookup,
): ModulePlace | undefined {
  const literal = findFirst(source, label, search)
  if (literal) {
    return { module, ...lineAndColumn(source, literal.index), isMarkup: isMarkup(module, source, literal.index) }
  }
  for (const reads of variablesOf(label)) {
    const index = source.indexOf(reads)
    if (index !== -1) return { module, ...lineAndColumn(source, index), reads, isMarkup: false }
  }
  return undefined
}

/** Finds the first place of one secret. */
export function findFirst(source: Buffer, label: string, search: SecretSearch): Finding | undefined {
  return search.find(source).find((finding) => finding.label === label)
}

/** Says where in a module a secret is. */
export function describeModulePlace({ module, line, column, reads }: ModulePlace): string {
  const place = line === undefined ? module : `${module}:${line}:${column}`
  return reads === undefined ? place : `${place}, which reads ${reads}`
}
