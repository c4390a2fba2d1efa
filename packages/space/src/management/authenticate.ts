import { forbidden, unauthorized } from '../answer.js'
import type { SpaceContext } from '../context.js'
import type { Credential } from '../store/credentials.js'
import type { Action, Operation } from './operation.js'

const order: readonly Action[] = ['read', 'write', 'publish']

/** The resources that an OAuth app's `read_content` and `write_content` mean; the space's tokens are no content. */
const contentResources = new Set([
  'stories',
  'components',
  'datasources',
  'datasource_entries',
  'assets',
  'asset_folders',
  'tags',
])

/**
 * Finds the credential of an `Authorization` header: a personal access token as it is, an OAuth token behind `Bearer`.
 *
 * @throws {WireError} With status 401 when it is unknown, expired or revoked.
 */
export function authenticate({ store, clock, behaviour }: SpaceContext, authorization: string): Credential {
  const bearer = /^Bearer +/i.exec(authorization)?.[0]
  const credential = store.credentials.find(authorization.slice(bearer?.length ?? 0))
  if (!credential || (credential.kind === 'oauth') !== (bearer !== undefined)) throw unauthorized()
  const ends = [credential.expires_at, credential.kind === 'legacy' ? behaviour.legacyTokensUntil : null]
  const isExpired = ends.some((end) => end !== null && Date.parse(end) <= clock.now())
  if (isExpired || credential.revoked_at !== null) throw unauthorized()
  return credential
}

/**
 * Checks what a credential may do.
 *
 * @param spaceId - The space that the request names, if it does.
 * @throws {WireError} With status 403.
 */
export function authorize(credential: Credential, { scope }: Operation, spaceId: number | undefined): void {
  if (spaceId !== undefined && credential.space_ids.length > 0 && !credential.space_ids.includes(spaceId)) {
    throw forbidden()
  }
  if (scope === 'any' || credential.kind === 'legacy' || credential.user_permission) return
  if (scope === 'user' || !credential.scopes.some((given) => includes(given, scope))) throw forbidden()
}

function includes(given: string, needed: string): boolean {
  const [resource = '', action] = needed.split(':')
  if (given === 'read_content') return contentResources.has(resource) && action === 'read'
  if (given === 'write_content') return contentResources.has(resource)
  const [givenResource, givenAction] = given.split(':')
  return givenResource === resource && order.indexOf(givenAction as Action) >= order.indexOf(action as Action)
}
