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

/** What a build wrote by now. */
export interface Written {
  /** The project's folder, to which reported paths are relative. */
  root: string
  /** Folders and files that a browser can get, as they are or as a server sends them. */
  browser: readonly string[]
  /** Folders of server bundles. */
  server: readonly string[]
  /** Whether a server renders some pages on demand, so that the running site holds secrets. */
  onDemand: boolean
  log: Log
}

export interface Proof extends Written {
  guard: GuardOptions
  /** What is looked for. */
  search: SecretSearch
  /** What earlier searches of the same build know of files. */
  known: KnownFiles | undefined
  /** Where the secrets in bundles come from. */
  provenance: Provenance
  /** The variables of secrets that are not set. */
  missing: readonly string[]
}

/**
 * Searches what a build wrote for secrets, and says what it searched for.
 *
 * @throws {KeyblokError} `KB_TOKEN_LEAKED` with each place where a secret stands; `KB_TOKEN_BAKED` with each in a
 * server’s code, where that is an error; `KB_TOKENS_NOT_PROVEN` when nothing was proven, and the build is strict.
 */
export async function proveNoSecrets(proof: Proof): Promise<void> {
  const { browser, guard, known, provenance, root, search, server, log } = proof
  const inBrowser = await searchFiles(listFiles(browser), search, known)
  const inServer = await searchFiles(listFiles(server).filter(isServed), search, known)
  const sent = placesIn(inBrowser, proof).flatMap((place) =>
    place.origin || place.source ? [place] : withSources(place, proof),
  )
  const baked = placesIn(inServer, proof).flatMap((place) => withSources(place, proof))

  const written = new Set(sent.map(({ origin }) => origin))
  const inlined = provenance.origins
    .filter((origin) => !written.has(origin))
    .map((origin) => inlinedPlace(origin, root))
  const leaks = [...sent, ...inlined, ...baked.filter(isMarkup)].filter((place) => !isIgnored(place, proof))
  const inCode = baked.filter((place) => !isMarkup(place) && !isIgnored(place, proof))
  const text = (place: Place): string => search.mask(describePlace(place, root))
  if (leaks.length > 0) {
    const looks = leaks.some(({ finding }) => finding.looksLike)
    throw withoutStack(
      new KeyblokError('KB_TOKEN_LEAKED', `\n${leaks.map(text).join('\n')}`, { hint: leakHint(looks) }),
    )
  }
  if (inCode.length > 0) {
    const error = new KeyblokError('KB_TOKEN_BAKED', `\n${inCode.map(text).join('\n')}`)
    if (guard.server === 'error') throw withoutStack(error)
    log.warn(error.report.replace('[keyblok] ', ''))
  }

  for (const { file, reason } of [...inBrowser.unread, ...inServer.unread]) {
    log.warn(search.mask(`not searched to the end: ${relative(root, file)} (${reason})`))
  }
  report(proof, inBrowser.files + inServer.files, inBrowser.unread.length + inServer.unread.length)
}

/** A server sends markup as it is. */
function isMarkup({ origin }: Place): boolean {
  return origin?.isMarkup === true
}

function leakHint(looks: boolean): string {
  return (
    'Use it on the server, and hand only the result to the page. Do not deploy what this build wrote; if it was deployed ' +
    `before, replace the secret.${looks ? ' What only looks like a token, as in documentation, can be told by `guard.ignore`.' : ''}`
  )
}

function report(proof: Proof, files: number, unread: number): void {
  const { guard, search, missing: unset, onDemand, log } = proof
  if (onDemand && search.labels.length > 0 && !search.labels.includes('preview token')) {
    log.warn('not searched for, since this build does not know it: the preview token, if the running site has one')
  }
  if (unset.length > 0 && guard.strict !== true) log.warn(`not set, and not searched for: ${unset.join(', ')}`)
  if (search.tooShort.length > 0) {
    log.warn(`too short to be searched for, which takes 8 characters: the ${listWords(search.tooShort)}`)
  }
  if (guard.allow?.includes('public')) log.info('the public token may reach the browser, as configured')
  const missing = unread > 0 ? 'Some files could not be searched.' : notKnown(proof, files)
  if (missing === undefined) {
    const count = files === 1 ? '1 file' : `${files} files`
    log.info(`searched ${count} for the ${listWords(search.labels)}: browsers get none`)
    return
  }
  const isStrictHere = guard.strict === undefined && onDemand && isCI()
  const why = isStrictHere ? ' In CI a site with pages on demand has to prove it, unless `guard.strict` is false.' : ''
  const error = new KeyblokError('KB_TOKENS_NOT_PROVEN', missing + why)
  if (guard.strict || isStrictHere) throw withoutStack(error)
  log.warn(`not proven: ${missing} ${error.hint}`)
}

/** Says what keeps a build from proving anything. */
function notKnown({ guard, search, missing }: Proof, files: number): string | undefined {
  if (files === 0) return 'This build wrote nothing that could be searched.'
  if (search.labels.length === 0) return 'This build knows no secret to search for, or only such that are allowed.'
  if (guard.strict && missing.length > 0)
    return `This build does not know what it has to search for: ${missing.join(', ')} is not set.`
  return undefined
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
 * Finds where a secret is from that stands in pages, data or a server’s bundle. How these are made is not watched, which
 * would cost each build; a secret in one is seldom.
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
