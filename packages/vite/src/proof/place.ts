import { relative, resolve } from 'node:path'
import { formatChain } from '../boundary/import-chain.js'
import { describeFinding } from '../scan/finding.js'
import type { Finding } from '../scan/finding.js'
import type { FileFinding } from '../scan/search-files.js'
import type { SecretSearch } from '../scan/secret-search.js'
import { describeModulePlace } from './module-place.js'
import type { ModulePlace } from './module-place.js'
import type { Origin, Provenance } from './provenance.js'
import { sourceOf } from './source-of.js'
import type { SourcePlace } from './source-of.js'

/** A secret in what a build wrote, and where it is from. */
export interface Place {
  finding: Finding
  /** The file that holds it, absolute. */
  file: string
  /** Where it stands, in words. */
  where: string
  origin?: (ModulePlace & Partial<Pick<Origin, 'chain'>>) | undefined
  /** What a source map says, where there is no origin. */
  source?: SourcePlace | undefined
}

/** Makes the place of what stands in a file. */
export function placeOf(finding: FileFinding, root: string, search: SecretSearch, provenance: Provenance): Place {
  const { file, line, column, count, isInName } = finding
  const what = describeFinding(finding)
  const path = relative(root, file)
  const where = isInName
    ? `${path} holds ${what} in its name`
    : `${path}:${line}:${column} holds ${what}${count > 1 ? `, ${count} times` : ''}`
  const origin = provenance.find(file, finding)
  return { finding, file, where, origin, source: origin || isInName ? undefined : sourceOf(finding, search) }
}

/** Makes the place of what a framework took out of a browser’s bundle, and put into pages or a server’s bundle. */
export function inlinedPlace(origin: Origin, root: string): Place {
  const { finding, fileName } = origin
  const where = `${fileName} (inlined) holds ${describeFinding(finding)}`
  return { finding, file: resolve(root, fileName), where, origin }
}

/** Writes a place as an item of a list: where it stands, where it is from, and what brought it there. */
export function describePlace({ where, origin, source }: Place, root: string): string {
  return [
    `  - ${where}`,
    ...(origin ? [`      from ${describeModulePlace(origin)}`] : []),
    ...(source ? [`      from ${relative(root, source.source)}:${source.line}:${source.column}`] : []),
    ...(origin?.chain && origin.chain.length > 1 ? [formatChain(origin.chain).replace(/^/gm, '      ')] : []),
  ].join('\n')
}
