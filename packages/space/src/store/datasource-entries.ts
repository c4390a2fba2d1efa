import type { Database } from './database.js'

/** An entry of a datasource. */
export interface DatasourceEntry {
  id: number
  datasource_id: number
  name: string
  value: string
  /** Values by a dimension's `entry_value`. */
  dimensions: Record<string, string>
}

type DatasourceEntryRow = Omit<DatasourceEntry, 'dimensions'> & { dimensions: string }

/** The entries of the space's datasources. */
export class DatasourceEntries {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Lists the entries of a datasource, or of all. */
  list(datasourceId: number | null = null): DatasourceEntry[] {
    return this.#database
      .all<DatasourceEntryRow>(
        'SELECT * FROM datasource_entries WHERE ?1 IS NULL OR datasource_id = ?1 ORDER BY id',
        datasourceId,
      )
      .map(read)
  }

  get(id: number): DatasourceEntry | undefined {
    const row = this.#database.get<DatasourceEntryRow>('SELECT * FROM datasource_entries WHERE id = ?', id)
    return row && read(row)
  }

  /** Adds an entry, with the next id where it brings none. */
  insert(entry: Omit<DatasourceEntry, 'id'> & { id?: number }): DatasourceEntry {
    const id = this.#database.run(
      'INSERT INTO datasource_entries (id, datasource_id, name, value, dimensions) VALUES (?, ?, ?, ?, ?)',
      entry.id ?? null,
      entry.datasource_id,
      entry.name,
      entry.value,
      JSON.stringify(entry.dimensions),
    )
    return { ...entry, id }
  }

  update({ id, name, value, dimensions }: DatasourceEntry): void {
    this.#database.run(
      'UPDATE datasource_entries SET name = ?, value = ?, dimensions = ? WHERE id = ?',
      name,
      value,
      JSON.stringify(dimensions),
      id,
    )
  }

  delete(id: number): void {
    this.#database.run('DELETE FROM datasource_entries WHERE id = ?', id)
  }

  deleteAll(datasourceId: number): void {
    this.#database.run('DELETE FROM datasource_entries WHERE datasource_id = ?', datasourceId)
  }
}

function read(row: DatasourceEntryRow): DatasourceEntry {
  return { ...row, dimensions: JSON.parse(row.dimensions) as Record<string, string> }
}
