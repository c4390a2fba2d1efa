import { relative, resolve } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import picomatch from 'picomatch'
import { listFiles, searchFiles } from '../scan/search-files.js'
import type { FileFinding, KnownFiles, SearchResult } from '../scan/search-files.js'
import type { SecretSearch } from '../scan/secret-search.js'
import type { GuardOptions } from './guard-options.js'
import { describePlace, inlinedPlace, placeOf } from './place.js'
import type { Place } from './place.js'
import type { Provenance } from './provenance.js'
import { searchSources } from './search-sources.js'

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

/**
 * Searches what a build wrote for secrets, and says what it searched for.
 *
 * @throws {KeyblokError} `KB_TOKEN_LEAKED` with each place where a secret stands; `KB_TOKENS_NOT_PROVEN` when there was
 * none to search for, and the build is strict.
 */
export async function proveNoSecrets(proof: Proof): Promise<void> {
  const { browser, guard, known, provenance, root, search, server, log } = proof
  const inBrowser = await searchFiles(listFiles(browser), search, known)
  const inServer = await searchFiles(listFiles(server).filter(isServed), search, known)
  const sent = placesIn(inBrowser, proof)
  const baked = placesIn(inServer, proof).flatMap((place) => withSources(place, proof))

  const written = new Set(sent.map(({ origin }) => origin))
  const inlined = provenance.origins
    .filter((origin) => !written.has(origin))
    .map((origin) => inlinedPlace(origin, root))
  // A server sends markup as it is.
  const isLeak = ({ origin }: Place): boolean => guard.server === 'error' || origin?.isMarkup === true
  const leaks = [...sent, ...inlined, ...baked.filter(isLeak)].filter((place) => !isIgnored(place, proof))
  const text = (place: Place): string => search.mask(describePlace(place, root))
  if (leaks.length > 0) throw withoutStack(new KeyblokError('KB_TOKEN_LEAKED', `\n${leaks.map(text).join('\n')}`))

  for (const place of baked.filter((candidate) => !isIgnored(candidate, proof))) {
    log.warn(`${text(place).trim().replace(/^- /, '')}\n${bakedHint}`)
  }
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
  if (guard.strict ?? (onDemand && isCI())) throw withoutStack(error)
  log.warn(`not proven: ${details} ${error.hint}`)
}

/** Frameworks print the stack, which leads into the guard and not to the line to change. */
function withoutStack(error: KeyblokError): KeyblokError {
  error.stack = error.report
  return error
}

/** Continuous integration says so by a variable that all its kinds share. */
function isCI(): boolean {
  return !['', '0', 'false', undefined].includes(process.env['CI'])
}

/** Some adapters copy the environment beside a server’s code, for a preview of it. No server hands these files out. */
function isServed(file: string): boolean {
  return !/[\\/](\.dev\.vars|\.env(\.[^\\/]*)?)$/.test(file)
}

function placesIn({ findings }: SearchResult, { root, search, provenance }: Proof): Place[] {
  return findings
    .filter((finding) => !isRepeatedByMap(finding, findings))
    .map((finding) => placeOf(finding, root, search, provenance))
}

/** A source map repeats what the script beside it holds. */
function isRepeatedByMap({ file, label }: FileFinding, findings: readonly FileFinding[]): boolean {
  return file.endsWith('.map') && findings.some((other) => other.label === label && file === `${other.file}.map`)
}

/**
 * Finds where the secrets of a server’s bundle are from. Those bundles are not watched while they are made, which would
 * cost each build; a secret in one is seldom.
 */
function withSources(place: Place, { root, browser, server, search, provenance }: Proof): Place[] {
  const lookup = { search, variablesOf: (label: string) => provenance.variablesOf(label) }
  const origins = searchSources(root, [...browser, ...server], place, lookup)
  return origins.length === 0 ? [place] : origins.map((origin) => ({ ...place, origin, source: undefined }))
}

/** What only looks like a token may do so in some files. */
function isIgnored({ finding, file, origin, source }: Place, { guard: { ignore = [] }, root }: Proof): boolean {
  if (!finding.looksLike || ignore.length === 0) return false
  const matches = picomatch([...ignore], { dot: true })
  const files = [file, ...(origin ? [resolve(root, origin.module)] : []), ...(source ? [source.source] : [])]
  return files.some((candidate) => matches(relative(root, candidate).replaceAll('\\', '/')))
}

function listWords(words: readonly string[]): string {
  return words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
