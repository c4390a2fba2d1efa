import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { FileFinding } from '../scan/search-files.js'
import { lineAndColumn } from '../scan/search-files.js'
import type { SecretSearch } from '../scan/secret-search.js'

/** A place in a source. */
export interface SourcePlace {
  /** Absolute where it is a file. */
  source: string
  /** From 1. */
  line: number
  column: number
}

/** Finds where a finding comes from, by the source map beside its file, or in the source map itself. */
export function sourceOf(finding: FileFinding, search: SecretSearch): SourcePlace | undefined {
  const { file } = finding
  if (file.endsWith('.map')) return sourceInMap(finding, search)
  const map = `${file}.map`
  if (!/\.([cm]?js|css)$/.test(file) || !existsSync(map)) return undefined
  const traced = traceMapOf(map)
  if (!traced) return undefined
  const { source, line, column } = originalPositionFor(traced, { line: finding.line, column: finding.column - 1 })
  return source === null ? undefined : { source: resolve(dirname(map), source), line, column: column + 1 }
}

function sourceInMap({ file, label }: FileFinding, search: SecretSearch): SourcePlace | undefined {
  const traced = traceMapOf(file)
  for (const [index, content] of traced?.sourcesContent?.entries() ?? []) {
    const bytes = Buffer.from(content ?? '')
    const found = search.find(bytes).find((finding) => finding.label === label)
    const source = traced?.sources[index]
    if (found && source) return { source: resolve(dirname(file), source), ...lineAndColumn(bytes, found.index) }
  }
  return undefined
}

/** A map that is none says nothing. */
function traceMapOf(file: string): TraceMap | undefined {
  try {
    return new TraceMap(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
