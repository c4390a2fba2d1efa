import { relative, resolve } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import picomatch from 'picomatch'
import { formatChain } from '../boundary/import-chain.js'
import { describeFinding } from '../scan/finding.js'
import { listFiles, searchFiles } from '../scan/search-files.js'
import type { FileFinding, KnownFiles, SearchResult } from '../scan/search-files.js'
import type { SecretSearch } from '../scan/secret-search.js'
import type { GuardOptions } from './guard-options.js'
import type { ModulePlace } from './module-place.js'
import type { Origin, Provenance } from './provenance.js'
import { searchSources } from './search-sources.js'
import { sourceOf } from './source-of.js'
import type { SourcePlace } from './source-of.js'

/** Where a build says what it found. */
export interface Log {
  info(message: string): void
  warn(message: string): void
}

export interface Proof {
  guard: GuardOptions
  /** The project's folder, to which reported paths are relative. */
  root: string
  /** What is looked for. */
  search: SecretSearch
  /** Folders and files that a browser can get, as they are or as a server sends them. */
  browser: readonly string[]
  /** Folders of server bundles. */
  server: readonly string[]
  /** What earlier searches of the same build know of files. */
  known?: KnownFiles
  /** Where the secrets in bundles come from. */
  provenance: Provenance
  /** Whether a server renders some pages on demand, so that the running site holds secrets. */
  onDemand: boolean
  log: Log
}

/** What some folders hold. */
interface Places extends Pick<SearchResult, 'files' | 'unread'> {
  places: Place[]
}

/** A secret that would reach a browser, or stands in a server bundle. */
interface Place {
  finding: FileFinding | (Origin['finding'] & { file: string })
  origin?: (ModulePlace & Partial<Pick<Origin, 'chain' | 'fileName'>>) | undefined
  source?: SourcePlace | undefined
}

/**
 * Searches what a build wrote for secrets, and says what it searched for.
 *
 * @throws {KeyblokError} `KB_TOKEN_LEAKED` with each place where a secret stands; `KB_TOKENS_NOT_PROVEN` when there was
 * none to search for, and the build is strict.
 */
export async function proveNoSecrets(proof: Proof): Promise<void> {
  const { guard, root, search, log } = proof
  const inBrowser = await searchFolders(proof.browser, proof)
  const inServer = await searchFolders(proof.server, proof)
  inServer.places = inServer.places.flatMap((place) => withSources(place, proof))
  // A server sends markup as it is.
  const isLeak = ({ origin }: Place): boolean => guard.server === 'error' || origin?.isMarkup === true
  const leaks = [...inBrowser.places, ...inlinedIn(inBrowser.places, proof), ...inServer.places.filter(isLeak)]
  const text = (place: Place): string => search.mask(describe(place, root))
  if (leaks.length > 0) throw new KeyblokError('KB_TOKEN_LEAKED', `\n${leaks.map(text).join('\n')}`)

  for (const place of inServer.places) log.warn(`${text(place).trim().replace(/^- /, '')}\n${bakedHint}`)
  for (const { file, reason } of [...inBrowser.unread, ...inServer.unread]) {
    log.warn(search.mask(`not searched: ${relative(root, file)} (${reason})`))
  }
  report(proof, inBrowser.files + inServer.files)
}

const bakedHint =
  'The value is baked into the server’s code: replacing the secret needs a new build, and whoever gets the bundle has it. Read it when the site runs.'

function report({ guard, search, onDemand, log }: Proof, files: number): void {
  if (search.tooShort.length > 0) {
    log.warn(`too short to be searched for, which takes 8 characters: the ${listWords(search.tooShort)}`)
  }
  if (search.labels.length > 0 && files > 0) {
    for (const kind of guard.allow ?? []) log.info(`the ${kind} token may reach the browser, as configured`)
    log.info(`searched ${files} files for the ${listWords(search.labels)}: browsers get none`)
    return
  }
  const details =
    files === 0 ? 'This build wrote nothing that could be searched.' : 'This build knows no secret to search for.'
  const error = new KeyblokError('KB_TOKENS_NOT_PROVEN', details)
  if (guard.strict ?? (onDemand && isCI())) throw error
  log.warn(`not proven: ${details} ${error.hint}`)
}

/** Continuous integration says so by a variable that all its kinds share. */
function isCI(): boolean {
  return !['', '0', 'false', undefined].includes(process.env['CI'])
}

async function searchFolders(folders: readonly string[], proof: Proof): Promise<Places> {
  const { findings, files, unread } = await searchFiles(listFiles(folders), proof.search, proof.known)
  return {
    places: findings.map((finding) => placeOf(finding, proof)).filter((place) => !isIgnored(place, proof)),
    files,
    unread,
  }
}

/** A source map repeats what the script beside it holds. */
function isRepeatedByMap({ file, label }: FileFinding, findings: readonly FileFinding[]): boolean {
  return findings.some((other) => other.label === label && file === `${other.file}.map`)
}

function placeOf(finding: FileFinding, { provenance, search }: Proof): Place {
  const origin = provenance.find(finding.file, finding)
  return { finding, origin, source: origin ? undefined : sourceOf(finding, search) }
}

/**
 * Finds where the secrets of a server’s bundle are from. Those bundles are not watched while they are made, which would
 * cost each build; a secret in one is seldom.
 */
function withSources(place: Place, { root, browser, server, search, provenance }: Proof): Place[] {
  const { finding } = place
  if (!('line' in finding) || finding.isInName) return [place]
  const lookup = { search, variablesOf: (label: string) => provenance.variablesOf(label) }
  const origins = searchSources(root, [...browser, ...server], finding, lookup)
  return origins.length === 0 ? [place] : origins.map((origin) => ({ finding, origin }))
}

function isIgnored({ finding, origin, source }: Place, { guard: { ignore = [] }, root }: Proof): boolean {
  if (!finding.looksLike || ignore.length === 0) return false
  const matches = picomatch([...ignore], { dot: true })
  const files = [finding.file, origin && resolve(root, origin.module), source?.source]
  return files.some((file) => file !== undefined && matches(relative(root, file).replaceAll('\\', '/')))
}

/** What went into a browser’s bundle and is in no file of that name: a framework put it into pages, or a server’s bundle. */
function inlinedIn(written: readonly Place[], proof: Proof): Place[] {
  const origins = new Set(written.map(({ origin }) => origin))
  return proof.provenance.origins
    .filter((origin) => !origins.has(origin))
    .map((origin): Place => ({ finding: { ...origin.finding, file: resolve(proof.root, origin.fileName) }, origin }))
    .filter((place) => !isIgnored(place, proof))
}

function describe({ finding, origin, source }: Place, root: string): string {
  return [
    `  - ${describePlace({ finding, origin }, root)}`,
    ...(origin ? [`      ${describeOrigin(origin)}`] : []),
    ...(source ? [`      from ${relative(root, source.source)}:${source.line}:${source.column}`] : []),
    ...(origin?.chain && origin.chain.length > 1 ? [formatChain(origin.chain).replace(/^/gm, '      ')] : []),
  ].join('\n')
}

function describePlace({ finding, origin }: Place, root: string): string {
  const what = describeFinding(finding)
  if (!('line' in finding)) return `${origin?.fileName} (inlined) holds ${what}`
  const { file, line, column, all, isInName } = finding
  if (isInName) return `${relative(root, file)} holds ${what} in its name`
  return `${relative(root, file)}:${line}:${column} holds ${what}${all.length > 1 ? `, ${all.length} times` : ''}`
}

function describeOrigin({ module, line, column, reads }: ModulePlace): string {
  const place = line === undefined ? module : `${module}:${line}:${column}`
  return reads === undefined ? `from ${place}` : `from ${place}, which reads ${reads}`
}

function listWords(words: readonly string[]): string {
  return words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
