import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../command/cli-error.js'
import { isTrackedByGit } from '../environment/git.js'
import { acquireLock } from '../environment/lock.js'
import { writeFileSafely } from '../environment/write-file-safely.js'

/** How far a rotation is. It holds ids and no token, so that nothing secret lies about. */
export interface Rotation {
  spaceId: string
  kind: 'public' | 'preview'
  /** The file and the variable that get the new token. */
  file: string
  variable: string
  oldId: number
  /** The tokens that there were before: a new one beside them is the one that was made. */
  knownIds: number[]
  /** The name of the new token. */
  name: string
  newId?: number
  /** When the old token may be revoked: ISO 8601; set once the new one is written. */
  revokeAt?: string
}

const folder = '.keyblok'

/** Keeps a rotation between runs, in a folder that git ignores. */
export class RotationJournal {
  readonly file: string

  constructor(variable: string) {
    this.file = join(folder, `rotate-${variable}.json`)
  }

  /**
   * Keeps other processes out, which would make a second token.
   *
   * @returns Lets them in again.
   * @throws {CliError} When another one is at it.
   */
  lock(): () => void {
    this.#prepare()
    return acquireLock(`${this.file}.lock`, 'this rotation')
  }

  /**
   * Reads how far the rotation is.
   *
   * @throws {CliError} When the file is of somebody else: it says where a token is written, and which one is revoked.
   */
  read(): Rotation | undefined {
    if (!existsSync(this.file)) return undefined
    if (isTrackedByGit(this.file)) {
      throw new CliError(`git tracks ${this.file}, so it was not begun here.`, { hint: 'Delete it, and rotate again.' })
    }
    try {
      const rotation = JSON.parse(readFileSync(this.file, 'utf8')) as Rotation
      if (Array.isArray(rotation.knownIds) && typeof rotation.oldId === 'number') return rotation
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
    throw new CliError(`${this.file} is no rotation that can be gone on with.`, {
      hint: 'Compare the tokens with `npx keyblok tokens list`, and delete the file.',
    })
  }

  write(rotation: Rotation): void {
    this.#prepare()
    writeFileSafely(this.file, `${JSON.stringify(rotation, null, 2)}\n`)
  }

  end(): void {
    rmSync(this.file, { force: true })
  }

  #prepare(): void {
    mkdirSync(folder, { recursive: true })
    if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n')
  }
}
