import type { Database } from './database.js'

/** What a delivery token may do: Storyblok's API calls a preview token `private`. */
export type TokenAccess = 'public' | 'private' | 'asset' | 'release' | 'theme'

/** A delivery token, as the Management API answers it. */
export interface ApiKey {
  id: number
  access: TokenAccess
  branch_id: number | null
  name: string | null
  token: string
  /** The stories and folders that the token is narrowed to; all when empty. */
  story_ids: number[]
  /** The least seconds that the token's cache version stays the same. */
  min_cache: number
  /** The restricted releases that the token may read. */
  release_ids: number[]
}

type ApiKeyRow = Omit<ApiKey, 'story_ids' | 'release_ids'> & { story_ids: string; release_ids: string }

/** The delivery tokens of the space. A token that is deleted is revoked: it opens nothing any more. */
export class ApiKeys {
  readonly #database: Database
  readonly #found = new Map<string, ApiKey | undefined>()
  #revision = ''

  constructor(database: Database) {
    this.#database = database
  }

  list(): ApiKey[] {
    return this.#database.all<ApiKeyRow>('SELECT * FROM api_keys ORDER BY id').map(read)
  }

  get(id: number): ApiKey | undefined {
    const row = this.#database.get<ApiKeyRow>('SELECT * FROM api_keys WHERE id = ?', id)
    return row && read(row)
  }

  /** Finds a key by its token. Every read needs one, so they are remembered until the space changes. */
  find(token: string): ApiKey | undefined {
    const { revision } = this.#database
    if (revision !== this.#revision || this.#found.size > 1000) this.#found.clear()
    this.#revision = revision
    if (!this.#found.has(token)) this.#found.set(token, this.#query(token))
    return this.#found.get(token)
  }

  #query(token: string): ApiKey | undefined {
    const row = this.#database.get<ApiKeyRow>('SELECT * FROM api_keys WHERE token = ?', token)
    return row && read(row)
  }

  /** The first token of a kind; the first preview token signs preview URLs. */
  first(access: TokenAccess): ApiKey | undefined {
    const row = this.#database.get<ApiKeyRow>('SELECT * FROM api_keys WHERE access = ? ORDER BY id', access)
    return row && read(row)
  }

  insert(key: Omit<ApiKey, 'id'>): ApiKey {
    const id = this.#database.run(
      `INSERT INTO api_keys (token, access, name, branch_id, story_ids, release_ids, min_cache)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...values(key),
    )
    return { ...key, id }
  }

  update(key: ApiKey): void {
    this.#database.run(
      `UPDATE api_keys SET token = ?, access = ?, name = ?, branch_id = ?, story_ids = ?, release_ids = ?, min_cache = ?
       WHERE id = ?`,
      ...values(key),
      key.id,
    )
  }

  delete(id: number): void {
    this.#database.run('DELETE FROM api_keys WHERE id = ?', id)
  }
}

function read(row: ApiKeyRow): ApiKey {
  return {
    ...row,
    story_ids: JSON.parse(row.story_ids) as number[],
    release_ids: JSON.parse(row.release_ids) as number[],
  }
}

function values(key: Omit<ApiKey, 'id'>): (string | number | null)[] {
  const { token, access, name, branch_id: branchId, story_ids, release_ids, min_cache: minCache } = key
  return [token, access, name, branchId, JSON.stringify(story_ids), JSON.stringify(release_ids), minCache]
}
