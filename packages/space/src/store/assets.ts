import { readFileSync } from 'node:fs'
import type { ContentAsset } from '../content/types.js'
import type { Database } from './database.js'

/** A file of the asset library. */
export interface Asset {
  id: number
  /** The path of its URL, such as `/f/100001/800x600/0f3a/ridge.svg`. */
  path: string
  isPrivate: boolean
  /** Its fields in the Management API, without those above. */
  data: Record<string, unknown>
}

interface AssetRow {
  id: number
  path: string
  is_private: number
  data: string
}

const columns = 'id, path, is_private, data'

/** The asset library: seeded files stay where they are on disk, uploaded ones are kept in the database. */
export class Assets {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  list(): Asset[] {
    return this.#database.all<AssetRow>(`SELECT ${columns} FROM assets ORDER BY id DESC`).map(read)
  }

  get(id: number): Asset | undefined {
    const row = this.#database.get<AssetRow>(`SELECT ${columns} FROM assets WHERE id = ?`, id)
    return row && read(row)
  }

  find(path: string): Asset | undefined {
    const row = this.#database.get<AssetRow>(`SELECT ${columns} FROM assets WHERE path = ?`, path)
    return row && read(row)
  }

  /** Reads an asset's file; `undefined` when it was not uploaded yet or is gone from the disk. */
  readBody(id: number): Uint8Array | undefined {
    const row = this.#database.get<{ file: string | null; body: Uint8Array | null }>(
      'SELECT file, body FROM assets WHERE id = ?',
      id,
    )
    if (row?.body) return row.body
    try {
      return row?.file == null ? undefined : readFileSync(row.file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  insert({ path, isPrivate, data }: Omit<Asset, 'id'>): number {
    return this.#database.run(
      'INSERT INTO assets (path, is_private, data) VALUES (?, ?, ?)',
      path,
      Number(isPrivate),
      JSON.stringify(data),
    )
  }

  seed({ id, path, file, isPrivate, data }: ContentAsset): void {
    this.#database.run(
      'INSERT INTO assets (id, path, is_private, file, data) VALUES (?, ?, ?, ?, ?)',
      id,
      path,
      Number(isPrivate),
      file,
      JSON.stringify(data),
    )
  }

  update({ id, isPrivate, data }: Pick<Asset, 'id' | 'isPrivate' | 'data'>): void {
    this.#database.run(
      'UPDATE assets SET is_private = ?, data = ? WHERE id = ?',
      Number(isPrivate),
      JSON.stringify(data),
      id,
    )
  }

  writeBody(id: number, body: Uint8Array): void {
    this.#database.run('UPDATE assets SET body = ?, file = NULL WHERE id = ?', body, id)
  }

  delete(id: number): void {
    this.#database.run('DELETE FROM assets WHERE id = ?', id)
  }
}

function read(row: AssetRow): Asset {
  return {
    id: row.id,
    path: row.path,
    isPrivate: row.is_private === 1,
    data: JSON.parse(row.data) as Record<string, unknown>,
  }
}
