import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { schema, schemaVersion } from './schema.js'

/** SQLite's name for a private database that is in memory as far as the cache reaches, and goes when it is closed. */
const temporary = ''

/** How much of a database stays in memory, in KiB. */
const cacheSize = 16_000

/** The part of an error code of SQLite that says what is wrong; the rest says how. */
const primaryCode = 0xff

/** SQLite's code for a file that another process holds. */
const busy = 5

/** How long a write waits for another process that writes the same file, in milliseconds. */
const busyTimeout = 5000

/**
 * Reports a data file that another version of the local space wrote. Its `code` is `KB_SPACE_DATA_UNSUPPORTED`.
 */
export class SpaceDataError extends Error {
  override readonly name = 'SpaceDataError'
  readonly code = 'KB_SPACE_DATA_UNSUPPORTED'
  readonly hint: string

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`[keyblok] The data file ${path} cannot be used: ${problem}.`, options)
    this.hint = 'Choose another file, or delete this one: the local space then starts again from its content folder.'
  }
}

/** One SQLite database: prepared statements, transactions, and a number that changes with its data. */
export class Database {
  readonly #sqlite: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #isFile: boolean
  #writes = 0
  #isInTransaction = false
  #afterCommit: (() => void)[] = []

  /**
   * @param path - A file's path, or `:memory:`.
   * @throws {SpaceDataError} `KB_SPACE_DATA_UNSUPPORTED` when the file is something else.
   */
  constructor(path: string) {
    this.#isFile = path !== ':memory:'
    try {
      // The file holds the space's tokens.
      if (this.#isFile) closeSync(openSync(path, 'a', 0o600))
      this.#sqlite = new DatabaseSync(this.#isFile ? path : temporary, { timeout: busyTimeout })
      this.#patiently(`PRAGMA cache_size = -${cacheSize}`)
      if (this.#isFile) this.#patiently('PRAGMA journal_mode = WAL')
      this.#patiently('PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;')
    } catch (error) {
      throw new SpaceDataError(path, (error as Error).message, { cause: error })
    }
    this.transaction(() => this.#createTables(path))
  }

  /**
   * Runs a pragma, waiting for other processes that open the same new file: SQLite’s own timeout does not wait for one
   * that changes the journal’s mode, whichever pragma meets it.
   */
  #patiently(pragma: string): void {
    const deadline = performance.now() + busyTimeout
    for (;;) {
      try {
        this.#sqlite.exec(pragma)
        return
      } catch (error) {
        const code = (error as { errcode?: number }).errcode ?? 0
        if ((code & primaryCode) !== busy || performance.now() > deadline) throw error
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
      }
    }
  }

  #createTables(path: string): void {
    const version = Number(this.get<{ user_version: number }>('PRAGMA user_version')?.user_version)
    if (version === schemaVersion) return
    const tables = this.get<{ total: number }>('SELECT count(*) AS total FROM sqlite_schema')
    if (version !== 0 || tables?.total !== 0) {
      throw new SpaceDataError(path, 'another version of the local space, or another program, wrote it')
    }
    this.#sqlite.exec(`${schema}; PRAGMA user_version = ${schemaVersion};`)
  }

  close(): void {
    if (this.#sqlite.isOpen) this.#sqlite.close()
  }

  /** Changes whenever the data may have changed, by another process too. */
  get revision(): string {
    const others = this.#isFile ? this.get<{ data_version: number }>('PRAGMA data_version')?.data_version : 0
    return `${this.#writes}.${others}`
  }

  all<T>(sql: string, ...values: readonly SQLInputValue[]): T[] {
    return this.#prepare(sql).all(...values) as T[]
  }

  get<T>(sql: string, ...values: readonly SQLInputValue[]): T | undefined {
    return this.#prepare(sql).get(...values) as T | undefined
  }

  /** Runs a statement that writes; gives the id of the row that it inserted, if it did. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    this.#writes++
    return Number(this.#prepare(sql).run(...values).lastInsertRowid)
  }

  /** Runs all of the work or none of it. One inside another is part of it. */
  transaction<T>(work: () => T): T {
    if (this.#isInTransaction) return work()
    this.#sqlite.exec('BEGIN IMMEDIATE')
    this.#isInTransaction = true
    let result: T
    try {
      result = work()
      this.#sqlite.exec('COMMIT')
    } catch (error) {
      this.#afterCommit = []
      // A commit that fails, as on a full disk, is taken back by SQLite itself.
      if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK')
      throw error
    } finally {
      this.#isInTransaction = false
      this.#writes++
    }
    const committed = this.#afterCommit
    this.#afterCommit = []
    for (const after of committed) after()
    return result
  }

  /** Does something once the transaction that runs is committed, not at all when it fails, and at once without one. */
  afterCommit(work: () => void): void {
    if (this.#isInTransaction) this.#afterCommit.push(work)
    else work()
  }

  /** Keeps prepared statements; when there are many different ones it starts again. */
  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= 300) this.#statements.clear()
    const statement = this.#sqlite.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
