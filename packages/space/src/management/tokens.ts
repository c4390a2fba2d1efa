import { notFound, unprocessable } from '../answer.js'
import type { ApiKey, TokenAccess } from '../store/api-keys.js'
import type { Credential } from '../store/credentials.js'
import { randomToken } from '../random-token.js'
import { ids, optionalId, text, time, unwrap } from './input.js'
import type { Input } from './input.js'
import { created, noContent, ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'

const keys = 'spaces/:space/api_keys'

/** What a token can be made for; `auto` is named by Storyblok and not explained, and read here as `public`. */
const accesses: Record<string, TokenAccess> = {
  public: 'public',
  private: 'private',
  auto: 'public',
  asset: 'asset',
  release: 'release',
  theme: 'theme',
}

/** The delivery tokens of the space. Deleting one revokes it. */
export const apiKeyOperations: Operation[] = [
  {
    method: 'GET',
    path: keys,
    scope: 'spaces:read',
    run: (request) => ok({ api_keys: request.store.apiKeys.list().map((key) => showKey(request, key)) }),
  },
  {
    method: 'POST',
    path: keys,
    scope: 'spaces:write',
    errors: [422],
    run: (request) => {
      const input = unwrap(request, 'api_key')
      const wanted = text(input['access'])
      const access = Object.hasOwn(accesses, wanted) ? accesses[wanted] : undefined
      if (!access) throw unprocessable('access is not included in the list')
      const key = request.store.apiKeys.insert({ ...readKey(input, undefined), access, token: randomToken() })
      return ok(wrap(request, key))
    },
  },
  {
    method: 'PUT',
    path: `${keys}/:id`,
    scope: 'spaces:write',
    errors: [422],
    run: (request) => {
      const key = findKey(request)
      const input = unwrap(request, 'api_key')
      request.store.apiKeys.update({ ...key, ...readKey(input, key) })
      return noContent()
    },
  },
  {
    method: 'DELETE',
    path: `${keys}/:id`,
    scope: 'spaces:write',
    run: (request) => {
      const key = findKey(request)
      request.store.apiKeys.delete(key.id)
      return ok(wrap(request, key))
    },
  },
]

function findKey({ store, id }: ManagementRequest): ApiKey {
  const key = store.apiKeys.get(id)
  if (!key) throw notFound()
  return key
}

function readKey(input: Input, before: ApiKey | undefined): Omit<ApiKey, 'id' | 'access' | 'token'> {
  const minCache = Number(input['min_cache'] ?? before?.min_cache ?? 0)
  if (!Number.isSafeInteger(minCache) || minCache < 0)
    throw unprocessable('min_cache must be greater than or equal to 0')
  return {
    name: text(input['name'], before?.name ?? '') || null,
    branch_id: input['branch_id'] === undefined ? (before?.branch_id ?? null) : optionalId(input['branch_id']),
    story_ids: ids(input['story_ids'], before?.story_ids),
    release_ids: ids(input['release_ids'], before?.release_ids),
    min_cache: minCache,
  }
}

function showKey({ store }: ManagementRequest, key: ApiKey): unknown {
  return { ...key, space_id: store.spaceId }
}

function wrap(request: ManagementRequest, key: ApiKey): unknown {
  const shown = showKey(request, key)
  return request.behaviour.wrapApiKeys ? { api_key: shown } : shown
}

/** What a personal access token can be scoped to. Each action includes those before it. */
const availableScopes = [
  { resource: 'asset_folders', actions: ['read', 'write'] },
  { resource: 'assets', actions: ['read', 'write'] },
  { resource: 'components', actions: ['read', 'write'] },
  { resource: 'datasource_entries', actions: ['read', 'write'] },
  { resource: 'datasources', actions: ['read', 'write'] },
  { resource: 'releases', actions: ['read', 'write', 'publish'] },
  { resource: 'spaces', actions: ['read', 'write'] },
  { resource: 'stories', actions: ['read', 'write', 'publish'] },
  { resource: 'tags', actions: ['read', 'write'] },
  { resource: 'users', actions: ['read'] },
  { resource: 'webhooks', actions: ['read', 'write'] },
  { resource: 'workflows', actions: ['read', 'write'] },
]

const personal = 'personal_access_tokens'
const year = 365 * 24 * 60 * 60 * 1000

/** Personal access tokens: shown once, revoked by deleting. */
export const personalTokenOperations: Operation[] = [
  { method: 'GET', path: `${personal}/metadata`, scope: 'any', run: () => ok({ available_scopes: availableScopes }) },
  {
    method: 'GET',
    path: personal,
    scope: 'user',
    run: ({ store, clock }) => {
      const isListed = ({ kind, expires_at: expires }: Credential): boolean =>
        kind !== 'oauth' && (expires === null || Date.parse(expires) > clock.now())
      return ok({ personal_access_tokens: store.credentials.list().filter(isListed).map(showCredential) })
    },
  },
  { method: 'POST', path: personal, scope: 'user', errors: [422], run: createPersonalToken },
  {
    method: 'PUT',
    path: `${personal}/:id`,
    scope: 'user',
    errors: [422],
    run: (request) => {
      const { id } = findCredential(request)
      request.store.credentials.rename(id, readName(request))
      return noContent()
    },
  },
  {
    method: 'DELETE',
    path: `${personal}/:id`,
    scope: 'user',
    run: (request) => {
      request.store.credentials.revoke(findCredential(request).id, request.clock.iso())
      return noContent()
    },
  },
]

const legacy = 'tokens'

/** Personal access tokens from before there were scopes: they may do everything, and are on their way out. */
export const legacyTokenOperations: Operation[] = [
  {
    method: 'GET',
    path: legacy,
    scope: 'user',
    run: ({ store }) => ok({ tokens: store.credentials.list().filter(isLegacy).map(showLegacy) }),
  },
  { method: 'POST', path: legacy, scope: 'user', errors: [422], run: createLegacyToken },
  ...(['PUT', 'PATCH'] as const).map((method): Operation => ({
    method,
    path: `${legacy}/:id`,
    scope: 'user',
    errors: [422],
    run: (request) => {
      const { id } = findLegacy(request)
      request.store.credentials.rename(id, readName(request))
      return noContent()
    },
  })),
  {
    method: 'DELETE',
    path: `${legacy}/:id`,
    scope: 'user',
    run: (request) => {
      request.store.credentials.revoke(findLegacy(request).id, request.clock.iso())
      return noContent()
    },
  },
]

const isLegacy = ({ kind, revoked_at: revoked }: Credential): boolean => kind === 'legacy' && revoked === null

function findLegacy(request: ManagementRequest): Credential {
  const credential = findCredential(request)
  if (!isLegacy(credential)) throw notFound()
  return credential
}

function createLegacyToken(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, clock, body } = request
  const value = randomToken()
  const rights = { scopes: [], space_ids: [], user_permission: true, expires_at: time(body['expire']) }
  const credential = store.credentials.insert(
    value,
    { kind: 'legacy', name: readName(request), ...rights },
    clock.iso(),
  )
  return created({ token: { ...showLegacy(credential), key: value } })
}

function showLegacy({ id, name, display, expires_at: expire, created_at }: Credential): Record<string, unknown> {
  return { id, name, key: display, expire, created_at }
}

/** @throws {WireError} With status 422 when there is no name. */
function readName({ body }: ManagementRequest): string {
  const name = text(body['name']).trim()
  if (name === '') throw unprocessable("Name can't be blank")
  return name
}

function findCredential({ store, id }: ManagementRequest): Credential {
  const credential = store.credentials.get(id)
  if (!credential || credential.kind === 'oauth') throw notFound()
  return credential
}

function createPersonalToken(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, clock, behaviour, body } = request
  const name = readName(request)
  const scopes = (Array.isArray(body['scopes']) ? body['scopes'] : []).map(String)
  const spaceIds = ids(body['space_ids'])
  const isFull = body['user_permission'] === true
  if (isFull && (scopes.length > 0 || spaceIds.length > 0)) {
    throw unprocessable('user_permission cannot be combined with scopes or space_ids')
  }
  if (!isFull && scopes.length === 0) throw unprocessable("Scopes can't be blank")
  const unknown = scopes.filter((scope) => !isScope(scope))
  if (unknown.length > 0) throw unprocessable(`Scopes contain invalid values: ${unknown.join(', ')}`)

  const latest = clock.now() + year
  const asked = time(body['expires_at'])
  if (asked !== null && (Date.parse(asked) > latest || Date.parse(asked) <= clock.now())) {
    throw unprocessable('Expires at must be in the future and at most one year from now')
  }
  const usual = behaviour.personalTokenLife === 'year' ? new Date(latest).toISOString() : null
  const value = `sb_pat_${randomToken()}`
  const credential = store.credentials.insert(
    value,
    { kind: 'personal', name, scopes, space_ids: spaceIds, user_permission: isFull, expires_at: asked ?? usual },
    clock.iso(),
  )
  return created({ ...showCredential(credential), full_token: value })
}

function isScope(scope: string): boolean {
  const [resource, action = ''] = scope.split(':')
  return availableScopes.some((available) => available.resource === resource && available.actions.includes(action))
}

function showCredential({ kind, display, ...credential }: Credential): Record<string, unknown> {
  return { ...credential, token_display: display, deprecated: kind === 'legacy' }
}
