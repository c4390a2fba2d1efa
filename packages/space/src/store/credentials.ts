import { createHash } from 'node:crypto'
import { omit } from '../omit.js'
import type { Database } from './database.js'

/** A personal access token, one from before there were scopes (`legacy`: all rights), or the token of an OAuth app. */
type CredentialKind = 'personal' | 'legacy' | 'oauth'

/** What opens the Management API. Its value is not stored, only the value's hash. */
export interface Credential {
  id: number
  kind: CredentialKind
  /** The value with all but its last characters hidden. */
  display: string
  name: string
  /** `resource:action` each. */
  scopes: string[]
  /** The spaces it opens; all when empty. */
  space_ids: number[]
  /** Whether it may do whatever its user may. */
  user_permission: boolean
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
  created_at: string
}

type CredentialRow = Omit<Credential, 'scopes' | 'space_ids' | 'user_permission'> & {
  hash: string
  scopes: string
  space_ids: string
  user_permission: number
}

export type NewCredential = Pick<
  Credential,
  'kind' | 'name' | 'scopes' | 'space_ids' | 'user_permission' | 'expires_at'
>

export class Credentials {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  list(): Credential[] {
    return this.#database.all<CredentialRow>('SELECT * FROM credentials ORDER BY id').map(read)
  }

  get(id: number): Credential | undefined {
    const row = this.#database.get<CredentialRow>('SELECT * FROM credentials WHERE id = ?', id)
    return row && read(row)
  }

  /** Finds a credential by its value. The comparison is one of hashes, so its time tells nothing of the value. */
  find(value: string): Credential | undefined {
    const row = this.#database.get<CredentialRow>('SELECT * FROM credentials WHERE hash = ?', hash(value))
    return row && read(row)
  }

  insert(value: string, credential: NewCredential, now: string): Credential {
    const id = this.#database.run(
      `INSERT INTO credentials (hash, kind, display, name, scopes, space_ids, user_permission, expires_at, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      hash(value),
      credential.kind,
      `${value.startsWith('sb_pat_') ? 'sb_pat_' : ''}**********${value.slice(-5)}`,
      credential.name,
      JSON.stringify(credential.scopes),
      JSON.stringify(credential.space_ids),
      Number(credential.user_permission),
      credential.expires_at,
      now,
    )
    return this.get(id) as Credential
  }

  rename(id: number, name: string): void {
    this.#database.run('UPDATE credentials SET name = ? WHERE id = ?', name, id)
  }

  revoke(id: number, now: string): void {
    this.#database.run('UPDATE credentials SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?', now, id)
  }

  markUsed(id: number, now: string): void {
    this.#database.run('UPDATE credentials SET last_used_at = ? WHERE id = ?', now, id)
  }
}

function read(row: CredentialRow): Credential {
  return {
    ...omit(row, 'hash'),
    scopes: JSON.parse(row.scopes) as string[],
    space_ids: JSON.parse(row.space_ids) as number[],
    user_permission: row.user_permission === 1,
  }
}

function hash(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
