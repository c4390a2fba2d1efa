import type { Database } from './database.js'

/** What is stored as records. */
export type RecordKind =
  | 'components'
  | 'component_groups'
  | 'presets'
  | 'internal_tags'
  | 'datasources'
  | 'asset_folders'
  | 'webhook_endpoints'
  | 'webhook_logs'
  | 'releases'
  | 'branches'
  | 'deployments'
  | 'workflows'
  | 'workflow_stages'
  | 'workflow_stage_changes'

/** Something with an id that is stored whole, as JSON. */
export interface Recorded {
  id: number
  [field: string]: unknown
}

/** The records of one kind, such as all components. An id is never given twice. */
export class Records {
  readonly #database: Database
  readonly #kind: RecordKind

  constructor(database: Database, kind: RecordKind) {
    this.#database = database
    this.#kind = kind
  }

  /** All records, by id. */
  list(): Recorded[] {
    const rows = this.#database.all<{ data: string }>('SELECT data FROM records WHERE kind = ? ORDER BY id', this.#kind)
    return rows.map(({ data }) => JSON.parse(data) as Recorded)
  }

  get(id: number): Recorded | undefined {
    const row = this.#database.get<{ data: string }>(
      'SELECT data FROM records WHERE kind = ? AND id = ?',
      this.#kind,
      id,
    )
    return row && (JSON.parse(row.data) as Recorded)
  }

  /** Adds a record; without an id, or with one that is taken, it gets the next. */
  insert(data: Readonly<Record<string, unknown>>): Recorded {
    return this.#database.transaction(() => {
      const wanted = Number.isSafeInteger(data['id']) ? Number(data['id']) : 0
      const id = wanted > 0 && !this.get(wanted) ? wanted : this.#last() + 1
      this.#database.run(
        `INSERT INTO sequences (kind, last) VALUES (?, ?)
         ON CONFLICT (kind) DO UPDATE SET last = max(last, excluded.last)`,
        this.#kind,
        id,
      )
      const record = { ...data, id }
      this.#write(record)
      return record
    })
  }

  update(record: Recorded): void {
    this.#write(record)
  }

  delete(id: number): void {
    this.#database.run('DELETE FROM records WHERE kind = ? AND id = ?', this.#kind, id)
  }

  #last(): number {
    return this.#database.get<{ last: number }>('SELECT last FROM sequences WHERE kind = ?', this.#kind)?.last ?? 0
  }

  #write(record: Recorded): void {
    this.#database.run(
      'INSERT OR REPLACE INTO records (kind, id, data) VALUES (?, ?, ?)',
      this.#kind,
      record.id,
      JSON.stringify(record),
    )
  }
}
