import { globSync } from 'node:fs'
import { readProjectFile, realEdits } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'

/** Something that is left for a person. */
export interface Leftover {
  file: string
  /** From 1. */
  line: number
  /** What is there, as a full sentence. */
  what: string
  /** What to do, as full sentences. */
  hint: string
  /** Whether the project does not work until it is done. */
  needed: boolean
}

const patterns = ['*', 'src/**/*'].map((folder) => `${folder}.{js,mjs,cjs,ts,mts,cts,jsx,tsx,svelte,astro,vue}`)

/** A project's files, and what is to change in them. Nothing is written. */
export class ProjectDraft {
  readonly folder: string
  readonly leftovers: Leftover[] = []
  /** Texts that nobody may be shown. */
  readonly secrets: Set<string> = new Set<string>()
  readonly #changed = new Map<string, string | undefined>()

  constructor(folder: string) {
    this.folder = folder
  }

  /** Gives a file as it shall be; `undefined` when there is none. */
  read(file: string): string | undefined {
    return this.#changed.has(file)
      ? this.#changed.get(file)
      : readProjectFile(this.folder, file)?.replaceAll('\r\n', '\n')
  }

  /** Gives the first of some files that is there. */
  find(...files: readonly string[]): string | undefined {
    return files.find((file) => this.read(file) !== undefined)
  }

  write(file: string, text: string | undefined): void {
    this.#changed.set(file, text)
  }

  rename(file: string, to: string): void {
    this.write(to, this.read(file))
    this.write(file, undefined)
  }

  /** Lists the files of code, those that are new included. */
  sources(): string[] {
    const found = globSync(patterns, { cwd: this.folder }).map((file) => file.replaceAll('\\', '/'))
    const files = new Set([
      ...found,
      ...[...this.#changed.keys()].filter((file) => /\.\w+$/.test(file) && file.startsWith('src/')),
    ])
    return [...files].filter((file) => this.read(file) !== undefined).toSorted()
  }

  /** Leaves something for a person, at a place in a file as it shall be. */
  leave(
    file: string,
    offset: number,
    { what, hint, needed = true }: { what: string; hint: string; needed?: boolean },
  ): void {
    const line = (this.read(file) ?? '').slice(0, offset).split('\n').length
    this.leftovers.push({ file, line, what, hint, needed })
  }

  /** Gives what differs. */
  edits(): FileEdit[] {
    const edits = [...this.#changed].map(([file, after]) => this.#edit(file, after))
    return realEdits(edits).toSorted((a, b) => (a.file < b.file ? -1 : 1))
  }

  /** A file keeps the ends of its lines. */
  #edit(file: string, after: string | undefined): FileEdit {
    const before = readProjectFile(this.folder, file)
    return { file, before, after: before?.includes('\r\n') ? after?.replaceAll('\n', '\r\n') : after }
  }
}
