import type { Json, Management } from '@keyblok/core/management'
import { Secret } from '@keyblok/core/server'
import type { TokenKind } from '@keyblok/core/server'
import { CliError, usageError } from '../command/cli-error.js'
import { printable } from '../terminal/printable.js'

/** A delivery token of a space, as the Management API lists it (`api_keys`). */
export interface ApiKey {
  id: number
  name: string
  kind: TokenKind | 'theme'
  token: Secret
  storyIds: number[]
  releaseIds: number[]
  branchId: number | null
  /** Seconds that answers to it are kept at least. */
  minCache: number
}

/** What a new token is to be. */
export type NewApiKey = Pick<ApiKey, 'name' | 'storyIds' | 'releaseIds' | 'branchId' | 'minCache'> & {
  kind: 'public' | 'preview'
}

/** Lists the tokens of a space, oldest first. */
export async function listApiKeys(management: Management, space: string): Promise<ApiKey[]> {
  const { api_keys: keys } = await management.get({ path: `${space}/api_keys`, scope: 'spaces:read' })
  return (Array.isArray(keys) ? (keys as Json[]) : []).map(readApiKey).toSorted((a, b) => a.id - b.id)
}

/** Makes a token. */
export async function createApiKey(management: Management, space: string, key: NewApiKey): Promise<ApiKey> {
  const answer = await management.send({
    method: 'POST',
    path: `${space}/api_keys`,
    scope: 'spaces:write',
    body: {
      api_key: {
        access: key.kind === 'preview' ? 'private' : 'public',
        name: key.name,
        story_ids: key.storyIds,
        release_ids: key.releaseIds,
        branch_id: key.branchId,
        min_cache: key.minCache,
      },
    },
  })
  // The reference wraps the answer, the specification does not.
  return readApiKey((answer['api_key'] ?? answer) as Json)
}

/** Revokes a token, at once and for good. */
export async function deleteApiKey(management: Management, space: string, id: number): Promise<void> {
  await management.send({ method: 'DELETE', path: `${space}/api_keys/${id}`, scope: 'spaces:write' })
}

/**
 * Finds the token that somebody means by its id or its name.
 *
 * @throws {CliError} When it is none of them, or several.
 */
export function findApiKey(keys: readonly ApiKey[], reference: string): ApiKey {
  const found = keys.filter(({ id, name }) => String(id) === reference || name === reference)
  if (found.length === 1 && found[0]) return found[0]
  const list = keys.map((key) => `  ${key.id}  ${describeApiKey(key)}`).join('\n')
  if (found.length === 0) throw new CliError(`The space has no token “${reference}”. There are:\n${list}`)
  throw usageError(`Several tokens are called “${reference}”. Give the id:\n${list}`)
}

/** Names a token for people: never its value, of which the last four characters are enough to tell it. */
export function describeApiKey({ kind, name, token }: Pick<ApiKey, 'kind' | 'name' | 'token'>): string {
  return `${kind} token ${name === '' ? 'without a name' : `“${name}”`} (${lastFour(token)})`
}

/** The end of a token, by which people recognise it. A short one is not shown at all. */
export function lastFour(token: Secret): string {
  const value = token.reveal()
  return value.length >= 16 ? `…${value.slice(-4)}` : '…'
}

const kinds: Readonly<Record<string, ApiKey['kind']>> = {
  public: 'public',
  private: 'preview',
  asset: 'asset',
  release: 'release',
  theme: 'theme',
}

function readApiKey(key: Json): ApiKey {
  const kind = kinds[String(key['access'])] ?? 'other'
  return {
    id: Number(key['id']),
    name: printable(String(key['name'] ?? '')),
    kind,
    token: new Secret(String(key['token'] ?? ''), kind === 'theme' ? 'other' : kind),
    storyIds: numbers(key['story_ids']),
    releaseIds: numbers(key['release_ids']),
    branchId: typeof key['branch_id'] === 'number' ? key['branch_id'] : null,
    minCache: Number(key['min_cache'] ?? 0),
  }
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number).filter((number) => Number.isSafeInteger(number)) : []
}
