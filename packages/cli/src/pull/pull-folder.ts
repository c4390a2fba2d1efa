import { randomUUID } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CliError } from '../command/cli-error.js'
import { isBelow } from './safe-path.js'

/** The folder that a pull writes into. Paths are relative to it, with slashes; none leads out of it. */
export class PullFolder {
  readonly root: string
  readonly spaceId: string
  /** Where the pull keeps what it knows, beside the content. */
  readonly own: string
  readonly #temporary: string

  constructor(root: string, spaceId: string) {
    this.root = resolve(root)
    this.spaceId = spaceId
    this.own = `keyblok/${spaceId}`
    this.#temporary = `${this.own}/tmp`
  }

  /** Makes the folder, and takes away what an interrupted pull had not finished. */
  prepare(): void {
    this.finish()
    this.ensureFolder(this.#temporary)
  }

  /**
   * Gives the absolute path.
   *
   * @throws {CliError} When the path leads out of the folder, itself or by a symbolic link on its way.
   */
  resolve(path: string): string {
    if (!isBelow(path)) throw new CliError(`The path ${JSON.stringify(path)} leads out of the folder.`)
    const parts = path.split('/')
    for (let depth = 1; depth < parts.length; depth++) {
      const parent = join(this.root, ...parts.slice(0, depth))
      if (!lstatSync(parent, { throwIfNoEntry: false })?.isSymbolicLink()) continue
      throw new CliError(`${parent} is a symbolic link, and nothing is written through one.`, {
        hint: 'Replace it with a folder, or name another folder with --out.',
      })
    }
    return join(this.root, ...parts)
  }

  ensureFolder(path: string): void {
    mkdirSync(this.resolve(path), { recursive: true })
  }

  /** Takes away what no pull under way needs. */
  finish(): void {
    rmSync(this.resolve(this.#temporary), { recursive: true, force: true })
  }

  /** Gives a path for a file that is not finished, where nothing reads it. */
  temporaryFile(): string {
    return this.resolve(`${this.#temporary}/${randomUUID()}`)
  }

  /** Puts a finished file in its place, in one step. */
  adopt(temporary: string, path: string): void {
    const file = this.resolve(path)
    mkdirSync(dirname(file), { recursive: true })
    renameSync(temporary, file)
  }

  /**
   * Writes a file whole or not at all.
   *
   * @returns Whether it was not there like this before.
   */
  write(path: string, text: string): boolean {
    if (this.read(path) === text) return false
    const temporary = this.temporaryFile()
    writeFileSync(temporary, text, { flag: 'wx' })
    this.adopt(temporary, path)
    return true
  }

  /** Reads a file; `undefined` when there is none. */
  read(path: string): string | undefined {
    return this.size(path) === undefined ? undefined : readFileSync(this.resolve(path), 'utf8')
  }

  /** Tells how long a file is; `undefined` when there is none. */
  size(path: string): number | undefined {
    const found = statSync(this.resolve(path), { throwIfNoEntry: false })
    return found?.isFile() ? found.size : undefined
  }

  /** Whether there is anything of that name. */
  has(path: string): boolean {
    return lstatSync(this.resolve(path), { throwIfNoEntry: false }) !== undefined
  }

  /** Lists the files of a folder; none where there is no such folder. */
  list(path: string): string[] {
    const folder = this.resolve(path)
    if (!existsSync(folder)) return []
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  }

  remove(path: string): void {
    rmSync(this.resolve(path), { force: true })
  }
}
