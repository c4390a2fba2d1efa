import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { join, sep } from 'node:path'
import type { Finding } from './finding.js'
import { isPacked, readPackedWindows, readWindows } from './read-windows.js'
import type { Window } from './read-windows.js'
import type { SecretSearch } from './secret-search.js'

/** What of one secret stands in one file. */
export interface FileFinding extends Finding {
  file: string
  /** From 1. In what a packed file holds, for one of these. */
  line: number
  /** From 1, in bytes. */
  column: number
  /** How many times the file holds the secret. */
  count: number
  /** Whether the file’s name holds it, which is a part of addresses. */
  isInName: boolean
}

export interface SearchResult {
  /** How many files were searched. */
  files: number
  findings: FileFinding[]
  /** The files that could not be searched to their end, with the reason. */
  unread: { file: string; reason: string }[]
}

/** Lists the files below folders, through symbolic links, each once; folders that do not exist hold none. */
export function listFiles(folders: readonly string[]): string[] {
  const existing = folders.filter((folder) => existsSync(folder))
  const walked = existing.map((folder) => realpathSync(folder))
  const files = new Set<string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) files.add(path)
      else if (entry.isSymbolicLink()) follow(path)
    }
  }
  const follow = (link: string): void => {
    const target = targetOf(link)
    if (target?.isFile()) files.add(link)
    if (!target?.isDirectory()) return
    const real = realpathSync(link)
    // What lies below is walked anyway, or was before.
    if (walked.some((folder) => real === folder || real.startsWith(folder + sep))) return
    walked.push(real)
    walk(link)
  }
  for (const path of existing) {
    if (statSync(path).isDirectory()) walk(path)
    else files.add(path)
  }
  return [...files]
}

/** Gives what a link leads to; nothing when it leads nowhere or to itself. */
function targetOf(link: string): Stats | undefined {
  try {
    return statSync(link)
  } catch {
    return undefined
  }
}

/** What was found in files, with the state that they were in. */
export type KnownFiles = Map<string, { state: string; result: FileResult }>

/** What one file holds, and why it could not be searched to its end. */
interface FileResult {
  findings: FileFinding[]
  problem?: string
}

/**
 * Searches files for secrets, and in packed copies what these hold.
 *
 * @param known - What an earlier search of the same secrets found, by which files that are still the same are not read
 * again; this one’s findings are added.
 */
export async function searchFiles(
  files: readonly string[],
  search: SecretSearch,
  known?: KnownFiles,
): Promise<SearchResult> {
  const result: SearchResult = { files: 0, findings: [], unread: [] }
  for (const file of files) {
    const { findings, problem } = await searchKnown(file, search, known)
    result.findings.push(...findings)
    if (problem === undefined) result.files++
    else result.unread.push({ file, reason: problem })
  }
  return result
}

async function searchKnown(file: string, search: SecretSearch, known: KnownFiles | undefined): Promise<FileResult> {
  if (!known) return searchFile(file, search)
  const { size, mtimeMs, ino } = statSync(file)
  const state = `${size} ${mtimeMs} ${ino}`
  const before = known.get(file)
  const result = before?.state === state ? before.result : await searchFile(file, search)
  known.set(file, { state, result })
  return result
}

async function searchFile(file: string, search: SecretSearch): Promise<FileResult> {
  const inName = searchName(file, search)
  try {
    // What cannot be unpacked may be no archive, and is sent as it is.
    const asItIs = await searchWindows(file, readWindows(file, search.reach), search)
    const packed = isPacked(file) ? await searchWindows(file, readPackedWindows(file, search.reach), search) : noResult
    return { ...packed, findings: [...inName, ...asItIs.findings, ...packed.findings] }
  } catch (error) {
    return { findings: inName, problem: (error as Error).message }
  }
}

const noResult: FileResult = { findings: [] }

/** Searches the windows of a file; one that cannot be read to its end is searched up to there. */
async function searchWindows(
  file: string,
  windows: Iterable<Window> | AsyncIterable<Window>,
  search: SecretSearch,
): Promise<FileResult> {
  const found = new Map<number, Finding & { line: number; column: number }>()
  const lines = new LineCounter()
  let problem: string | undefined
  try {
    for await (const { bytes, offset } of windows) {
      for (const finding of search.find(bytes)) {
        const index = offset + finding.index
        if (!found.has(index)) found.set(index, { ...finding, index, ...lines.locate(bytes, finding.index) })
      }
      lines.pass(bytes, Math.max(0, bytes.length - search.reach))
    }
  } catch (error) {
    problem = (error as Error).message
  }
  const findings = summarise(file, [...found.values()])
  return problem === undefined ? { findings } : { findings, problem }
}

/** Counts lines over windows that overlap. */
class LineCounter {
  #lines = 0
  /** How many bytes of the current line lie before the window. */
  #column = 0

  locate(bytes: Buffer, index: number): { line: number; column: number } {
    const { line, column } = lineAndColumn(bytes, index)
    return { line: this.#lines + line, column: line === 1 ? this.#column + column : column }
  }

  /** Goes on to the window that begins at a position of this one. */
  pass(bytes: Buffer, to: number): void {
    const { line, column } = this.locate(bytes, to)
    this.#lines = line - 1
    this.#column = column - 1
  }
}

function searchName(file: string, search: SecretSearch): FileFinding[] {
  const known = search.find(Buffer.from(file)).filter(({ looksLike }) => !looksLike)
  return known.map((finding) => ({ ...finding, file, line: 0, column: 0, count: 1, isInName: true }))
}

/** Takes the first of each secret; further ones in the same file have the same cure. */
function summarise(file: string, findings: readonly (Finding & { line: number; column: number })[]): FileFinding[] {
  const groups = Map.groupBy(findings, ({ label, looksLike }) => `${label} ${looksLike}`)
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((first) => ({ ...first, file, count: group.length, isInName: false })),
  )
}

/** Gives the line and column of a position, both from 1, the column in bytes. */
export function lineAndColumn(bytes: Buffer, index: number): { line: number; column: number } {
  const before = bytes.subarray(0, index)
  let line = 1
  for (let end = before.indexOf(0x0a); end !== -1; end = before.indexOf(0x0a, end + 1)) line++
  return { line, column: index - before.lastIndexOf(0x0a) }
}
