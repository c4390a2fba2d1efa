import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
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
  /** The files that could not be searched, with the reason. */
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
    const target = statSync(link, { throwIfNoEntry: false })
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

/** What was found in files, with the state that they were in. */
export type KnownFiles = Map<string, { state: string; findings: FileFinding[] }>

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
    try {
      result.findings.push(...(await searchKnown(file, search, known)))
      result.files++
    } catch (error) {
      result.unread.push({ file, reason: (error as Error).message })
    }
  }
  return result
}

async function searchKnown(file: string, search: SecretSearch, known: KnownFiles | undefined): Promise<FileFinding[]> {
  if (!known) return searchFile(file, search)
  const { size, mtimeMs, ino } = statSync(file)
  const state = `${size} ${mtimeMs} ${ino}`
  const before = known.get(file)
  const findings = before?.state === state ? before.findings : await searchFile(file, search)
  known.set(file, { state, findings })
  return findings
}

async function searchFile(file: string, search: SecretSearch): Promise<FileFinding[]> {
  const found = new Map<number, Finding>()
  const look = ({ bytes, offset }: Window): void => {
    for (const finding of search.find(bytes)) {
      const index = offset + finding.index
      if (!found.has(index)) found.set(index, { ...finding, index })
    }
  }
  if (isPacked(file)) for await (const window of readPackedWindows(file, search.reach)) look(window)
  else for (const window of readWindows(file, search.reach)) look(window)
  return [...searchName(file, search), ...(found.size === 0 ? [] : await summarise(file, [...found.values()]))]
}

function searchName(file: string, search: SecretSearch): FileFinding[] {
  const known = search.find(Buffer.from(file)).filter(({ looksLike }) => !looksLike)
  return known.map((finding) => ({ ...finding, file, line: 0, column: 0, count: 1, isInName: true }))
}

/** Takes the first of each secret; further ones in the same file have the same cure. */
async function summarise(file: string, findings: readonly Finding[]): Promise<FileFinding[]> {
  const groups = Map.groupBy(findings, ({ label, looksLike }) => `${label} ${looksLike}`)
  const summaries: FileFinding[] = []
  for (const group of groups.values()) {
    const first = group[0] as Finding
    summaries.push({ ...first, file, ...(await locate(file, first.index)), count: group.length, isInName: false })
  }
  return summaries
}

async function locate(file: string, index: number): Promise<{ line: number; column: number }> {
  if (!isPacked(file)) return lineAndColumn(readFileSync(file), index)
  const pieces: Buffer[] = []
  for await (const { bytes } of readPackedWindows(file, 0)) pieces.push(bytes)
  return lineAndColumn(Buffer.concat(pieces), index)
}

/** Gives the line and column of a position, both from 1, the column in bytes. */
export function lineAndColumn(bytes: Buffer, index: number): { line: number; column: number } {
  const before = bytes.subarray(0, index)
  let line = 1
  for (let end = before.indexOf(0x0a); end !== -1; end = before.indexOf(0x0a, end + 1)) line++
  return { line, column: index - before.lastIndexOf(0x0a) }
}
