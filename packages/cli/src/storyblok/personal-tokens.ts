import type { Json, Management } from '@keyblok/core/management'
import { CliError, usageError } from '../command/cli-error.js'
import { printable } from '../terminal/printable.js'

/** A personal access token, as the Management API lists it: its value is never in the list. */
export interface PersonalToken {
  id: number
  name: string
  /** Its last characters, as Storyblok shows them; four at most. */
  endsIn: string
  scopes: string[]
  /** The spaces that it opens; none means all of its user's. */
  spaceIds: number[]
  /** ISO 8601; `null` never ends. */
  expiresAt: string | null
  lastUsedAt: string | null
  revokedAt: string | null
  /** From before there were scopes: it may do everything, and Storyblok takes it out of use. */
  isLegacy: boolean
  /** Whether it has all rights of its user. */
  hasFullPermission: boolean
}

/** What a new one is to be. */
export interface NewPersonalToken {
  name: string
  scopes: readonly string[]
  spaceIds: readonly number[]
  expiresAt: Date
  hasFullPermission: boolean
}

const path = 'personal_access_tokens'

/** The right that the API asks for wherever personal access tokens are managed. */
export const fullPermission = 'full user permission'

/** Lists the user's tokens, revoked ones too. */
export async function listPersonalTokens(management: Management): Promise<PersonalToken[]> {
  return readPersonalTokens(await management.get({ path, scope: fullPermission }))
}

/** Reads the list that the API answers. */
export function readPersonalTokens({ personal_access_tokens: tokens }: Json): PersonalToken[] {
  return (Array.isArray(tokens) ? (tokens as Json[]) : []).map(readPersonalToken)
}

/** Lists the scopes that a token can have, such as `stories:read`. */
export async function listScopes(management: Management): Promise<string[]> {
  const { available_scopes: scopes } = await management.get({ path: `${path}/metadata` })
  return (Array.isArray(scopes) ? (scopes as Json[]) : []).flatMap(({ resource, actions }) =>
    Array.isArray(actions) ? actions.map((action) => `${String(resource)}:${String(action)}`) : [],
  )
}

/**
 * Makes a token.
 *
 * @returns The token, and its value, which the API tells this once.
 */
export async function createPersonalToken(
  management: Management,
  { name, scopes, spaceIds, expiresAt, hasFullPermission }: NewPersonalToken,
): Promise<{ token: PersonalToken; value: string }> {
  const rights = hasFullPermission ? { user_permission: true } : { scopes: [...scopes], space_ids: [...spaceIds] }
  const body = { name, expires_at: expiresAt.toISOString(), ...rights }
  const answer = await management.send({ method: 'POST', path, scope: fullPermission, body })
  const value = answer['full_token']
  if (typeof value !== 'string') throw new CliError('Storyblok made the token and did not tell its value. Revoke it.')
  return { token: readPersonalToken(answer), value }
}

/** Revokes a token, at once and for good. */
export async function deletePersonalToken(management: Management, id: number): Promise<void> {
  await management.send({ method: 'DELETE', path: `${path}/${id}`, scope: fullPermission })
}

/**
 * Finds the token that somebody means by its id or its name; revoked ones count only by their id.
 *
 * @throws {CliError} When it is none of them, or several.
 */
export function findPersonalToken(tokens: readonly PersonalToken[], reference: string): PersonalToken {
  const found = tokens.filter(
    ({ id, name, revokedAt }) => String(id) === reference || (name === reference && revokedAt === null),
  )
  if (found.length === 1 && found[0]) return found[0]
  if (found.length > 1) throw usageError(`Several tokens are called “${reference}”. Give the id.`)
  throw new CliError(`There is no personal access token “${reference}”.`, { hint: 'See `npx keyblok pat list`.' })
}

/** Tells by the end of its value whether a listed token is the one at hand. */
export function isSameToken({ endsIn }: PersonalToken, value: string): boolean {
  return endsIn.length === 4 && value.endsWith(endsIn)
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function readPersonalToken(token: Json): PersonalToken {
  return {
    id: Number(token['id']),
    name: printable(String(token['name'] ?? '')),
    endsIn: /\*(\w+)$/.exec(String(token['token_display'] ?? ''))?.[1]?.slice(-4) ?? '',
    scopes: list(token['scopes']).map(String),
    spaceIds: list(token['space_ids']).map(Number),
    expiresAt: text(token['expires_at']),
    lastUsedAt: text(token['last_used_at']),
    revokedAt: text(token['revoked_at']),
    isLegacy: token['deprecated'] === true,
    hasFullPermission: token['user_permission'] === true,
  }
}
