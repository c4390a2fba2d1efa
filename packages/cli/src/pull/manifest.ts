import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { CliError } from '../command/cli-error.js'
import { printable } from '../terminal/printable.js'
import { isHeader, isLine, parseLine } from './manifest-line.js'
import type { ManifestEntry } from './manifest-line.js'
import type { PullFolder } from './pull-folder.js'
import { isPulled } from './safe-path.js'

const version = 1

/**
 * Remembers what pulls wrote. Each thing is noted in a line of its own as soon as it is written, so that a pull that is
 * interrupted, by whatever, goes on where it was; the last line about something counts.
 */
export class Manifest {
  readonly #folder: PullFolder
  readonly #path: string
  readonly #entries = new Map<string, ManifestEntry>()
  /** The files of all entries. */
  readonly #files = new Set<string>()
  #drafts = false

  /** @throws {CliError} When the file is of a newer version, is no manifest, or names what no pull writes. */
  constructor(folder: PullFolder) {
    this.#folder = folder
    this.#path = `${folder.own}/pull.ndjson`
    const lines = (folder.read(this.#path) ?? '').split('\n')
    // What follows the last line break was not written to its end.
    for (const line of lines.slice(0, -1)) this.#take(line)
    if (lines.length <= 1 || lines.at(-1) !== '') this.#save()
  }

  /** Whether the folder may hold what is not published. */
  get drafts(): boolean {
    return this.#drafts
  }

  set drafts(drafts: boolean) {
    if (this.#drafts === drafts) return
    this.#drafts = drafts
    this.#append({ version, drafts })
  }

  get(key: string): ManifestEntry | undefined {
    return this.#entries.get(key)
  }

  /** The keys with a prefix, as they are now. */
  keys(prefix: string): string[] {
    return [...this.#entries.keys()].filter((key) => key.startsWith(prefix))
  }

  /** Whether a pull wrote a file. */
  owns(file: string): boolean {
    return this.#files.has(file)
  }

  /** Whether something was written from the same, and its files are still there. */
  isCurrent(key: string, state: string): boolean {
    const entry = this.#entries.get(key)
    return entry?.state === state && entry.files.every((file) => this.#folder.size(file) !== undefined)
  }

  /**
   * Deletes files of something that it will no longer have. Before the new ones are written: names may differ in case
   * only, which is the same file to some file systems.
   */
  makeWay(key: string, files: readonly string[]): void {
    for (const file of this.#entries.get(key)?.files ?? []) if (!files.includes(file)) this.#folder.remove(file)
  }

  /** Notes what was written. */
  set(key: string, entry: ManifestEntry): void {
    this.#keep(key, entry)
    this.#append({ key, ...entry })
  }

  /** Deletes what was written. */
  delete(key: string): void {
    for (const file of this.#entries.get(key)?.files ?? []) this.#folder.remove(file)
    this.#forget(key)
    this.#append({ key, files: null })
  }

  /** The names of files in a folder that no pull wrote. */
  foreignFiles(path: string): string[] {
    return this.#folder.list(path).filter((name) => !this.owns(`${path}/${name}`))
  }

  /** Writes it anew, without the lines that no longer count. */
  close(): void {
    this.#save()
  }

  #take(line: string): void {
    const value = parseLine(line)
    if (isHeader(value)) {
      if (value.version > version) throw this.#error('it was written by a newer Keyblok')
      this.#drafts = value.drafts
    } else if (isLine(value)) {
      const { key, files, state = '', note } = value
      if (files === null) this.#forget(key)
      else this.#keep(key, { state, files: files.map((file) => this.#checked(file)), note })
    } else {
      throw this.#error('it is not what a pull writes')
    }
  }

  /** Whoever can write the list could have anything replaced or deleted otherwise. */
  #checked(file: string): string {
    if (isPulled(file, this.#folder.spaceId)) return file
    throw this.#error(`it lists ${printable(file)}, which no pull writes`)
  }

  #keep(key: string, entry: ManifestEntry): void {
    this.#forget(key)
    this.#entries.set(key, entry)
    for (const file of entry.files) this.#files.add(file)
  }

  #forget(key: string): void {
    for (const file of this.#entries.get(key)?.files ?? []) this.#files.delete(file)
    this.#entries.delete(key)
  }

  #error(reason: string): CliError {
    return new CliError(`${this.#path} cannot be used: ${reason}.`, {
      hint: 'Update Keyblok, or delete the file: with --force everything is pulled again then.',
    })
  }

  #append(line: object): void {
    appendFileSync(this.#folder.resolve(this.#path), `${JSON.stringify(line)}\n`)
  }

  #save(): void {
    const lines = [{ version, drafts: this.#drafts }, ...[...this.#entries].map(([key, entry]) => ({ key, ...entry }))]
    this.#folder.write(this.#path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
}

/** Makes a short fingerprint of what something is written from. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
}
