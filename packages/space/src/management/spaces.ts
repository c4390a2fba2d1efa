import { notFound } from '../answer.js'
import type { SpaceData } from '../store/store.js'
import { assertValid, blank, text, unwrap } from './input.js'
import type { Input } from './input.js'
import { ok } from './operation.js'
import type { ManagementRequest, Operation } from './operation.js'

/** The user that all personal access tokens belong to. */
const localUser = {
  id: 1,
  userid: 'dev@example.test',
  email: 'dev@example.test',
  username: 'dev@example.test',
  real_email: 'dev@example.test',
  firstname: 'Local',
  lastname: 'Developer',
  friendly_name: 'Local Developer',
  alt_email: null,
  role: 'admin',
  avatar: null,
  has_org: false,
  org: null,
  partner: null,
  is_partner: false,
}

/** The user, and the one space that there is. */
export const spaceOperations: Operation[] = [
  {
    method: 'GET',
    path: 'users/me',
    scope: 'any',
    run: (request) => ok({ user: { ...localUser, space_ids: openSpaces(request), has_partner: false } }),
  },
  {
    method: 'GET',
    path: 'spaces',
    scope: 'spaces:read',
    run: (request) => ok({ spaces: openSpaces(request).map(() => showSpace(request)) }),
  },
  { method: 'GET', path: 'spaces/:space', scope: 'spaces:read', run: (request) => ok({ space: showSpace(request) }) },
  { method: 'PUT', path: 'spaces/:space', scope: 'spaces:write', errors: [422], run: updateSpace },
]

/** The spaces that a credential opens: this one, or none. */
function openSpaces({ store, credential }: ManagementRequest): number[] {
  const isOpen = credential.space_ids.length === 0 || credential.space_ids.includes(store.spaceId)
  return isOpen ? [store.spaceId] : []
}

/** Never answered, whatever else a space holds. */
const hidden = new Set(['secret', 'ownPersonalToken'])

function showSpace({ store }: ManagementRequest): Record<string, unknown> {
  const shown = Object.entries(store.space).filter(([field]) => !hidden.has(field))
  return {
    uniq_domain: null,
    default_lang_name: 'Default',
    default_root: null,
    plan: 'local',
    plan_level: 0,
    region: 'eu',
    role: 'admin',
    owner_id: localUser.id,
    owner: { userid: localUser.userid, friendly_name: localUser.friendly_name },
    options: {},
    ...Object.fromEntries(shown),
    id: store.spaceId,
    euid: null,
    version: store.cv,
    first_token: store.apiKeys.first('private')?.token ?? null,
    language_codes: store.space.languages.map(({ code }) => code),
    has_pending_tasks: false,
    stories_count: store.stories.count('draft'),
  }
}

function updateSpace(request: ManagementRequest): ReturnType<Operation['run']> {
  const { store, clock } = request
  const input = unwrap(request, 'space')
  const changes: Partial<SpaceData> = {
    name: text(input['name'], store.space.name),
    domain: text(input['domain'], store.space.domain),
    languages: pairs(input['languages'] ?? languagesOfOptions(input), 'code', 'name') ?? store.space.languages,
    environments: pairs(input['environments'], 'name', 'location') ?? store.space.environments,
    ...(typeof input['default_root'] === 'string' && { default_root: input['default_root'] }),
  }
  assertValid(changes.name?.trim() === '' ? { name: [blank] } : {})
  store.updateSpace(changes)
  store.raiseCacheVersion(clock.now())
  return ok({ space: showSpace(request) })
}

/** Languages are sent in `options` too. */
function languagesOfOptions({ options }: Input): unknown {
  return typeof options === 'object' && options !== null ? (options as Input)['languages'] : undefined
}

/** Reads a list of objects with two texts each. */
function pairs<const Keys extends [string, string]>(
  value: unknown,
  ...[first, second]: Keys
): { [Key in Keys[number]]: string }[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value
    .filter((item): item is Input => typeof item === 'object' && item !== null)
    .map((item) => ({ [first]: text(item[first]), [second]: text(item[second]) }) as { [Key in Keys[number]]: string })
}

/** Refuses a space that is not this one. */
export function assertSpace({ store }: Pick<ManagementRequest, 'store'>, id: string | undefined): void {
  if (id !== undefined && id !== String(store.spaceId)) throw notFound()
}
