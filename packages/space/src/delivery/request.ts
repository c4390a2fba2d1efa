import { forbidden, notFound, unauthorized, WireError } from '../answer.js'
import type { Behaviour } from '../behaviour.js'
import type { SpaceContext } from '../context.js'
import type { ApiKey } from '../store/api-keys.js'
import { anyOf, startsWith } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import type { View } from '../store/stories.js'
import type { Store } from '../store/store.js'
import type { TokenCacheVersions } from './cache-version.js'
import { readLanguage } from './language.js'
import type { Language } from './language.js'
import type { Renderer } from './renderer.js'

/** One delivery request after its token was accepted. */
export interface DeliveryRequest {
  store: Store
  behaviour: Behaviour
  key: ApiKey
  /** Whether drafts are asked for, and may be read. */
  isDraft: boolean
  /** The versions of stories to read. */
  view: View
  /** The stories that the token may read. */
  scope: Condition
  /** The release whose content is laid over the space's. */
  release: number | null
  language: Language
  /** The space's cache version, as the token sees it. */
  cv: number
  /** Milliseconds since 1970. */
  now: number
  url: URL
  query: URLSearchParams
  /** Everything that the rendering of a story depends on, but for the story. */
  variant: string
  renderer: Renderer
}

/** What the delivery API has beside the space. */
export interface DeliveryServices {
  cacheVersions: TokenCacheVersions
  renderer: Renderer
}

/**
 * Accepts or refuses a request by its token: an unknown token reads nothing, a public token no drafts, an asset token
 * private assets only, a release token releases only, a theme token nothing.
 *
 * @param forAssets - Whether the endpoint is the one of private assets.
 * @throws {WireError} With status 401, 403 or 404.
 */
export function authorize(
  { store, clock, behaviour }: SpaceContext,
  { cacheVersions, renderer }: DeliveryServices,
  url: URL,
  forAssets: boolean,
): DeliveryRequest {
  const query = url.searchParams
  assertText(query)
  const key = store.apiKeys.find(query.get('token') ?? '')
  if (!key || key.access === 'theme' || (key.access === 'asset') !== forAssets) throw unauthorized()

  // An asset has one version, whatever a client says.
  const isDraft = !forAssets && asksForDraft(query, key, behaviour)
  const release = authorizeRelease(store, key, query.get('from_release'))
  const view = viewOf(key, isDraft, release)
  const codes = store.space.languages.map(({ code }) => code)
  const language = readLanguage(query, codes)
  const excluded = query.get('excluding_fields') ?? ''
  return {
    store,
    behaviour,
    key,
    isDraft,
    view,
    scope: scopeOf(store, key),
    release,
    language,
    cv: cacheVersions.of(key, store.cv, clock.now()),
    now: clock.now(),
    url,
    query,
    variant: [view, isDraft, language.code, language.suffixes, url.origin, excluded].join(' '),
    renderer,
  }
}

/** A null byte is what the database behind Storyblok cannot take. */
function assertText(query: URLSearchParams): void {
  for (const [name, value] of query) {
    if (`${name}${value}`.includes('\0')) throw new WireError(400, { error: 'string contains null byte' })
  }
}

function asksForDraft(query: URLSearchParams, { access }: ApiKey, behaviour: Behaviour): boolean {
  const version = query.get('version')
  if (version === null && access === 'private') return behaviour.omittedVersion === 'draft'
  if (version !== 'draft') return false
  if (access === 'private') return true
  if (access === 'public' && behaviour.publicDraft === 'published') return false
  throw unauthorized()
}

/** A release that is restricted needs a token that names it; any other one needs a release or preview token. */
function authorizeRelease(store: Store, { access, release_ids: allowed }: ApiKey, asked: string | null): number | null {
  if (asked === null || asked === '') {
    if (access === 'release') throw unauthorized()
    return null
  }
  const release = store.records('releases').get(Number(asked))
  if (!release) throw notFound()
  const isOpen = release['public'] === true
  if (isOpen ? access === 'release' || access === 'private' : allowed.includes(release.id)) return release.id
  throw forbidden('Unauthorized release access.')
}

/** A token of a pipeline stage reads what was deployed there. */
function viewOf({ branch_id: branch }: ApiKey, isDraft: boolean, release: number | null): View {
  if (branch !== null) return [`branch:${branch}`]
  const version = isDraft ? 'draft' : 'published'
  return release === null ? [version] : [`release:${release}`, version]
}

/** The stories that a narrowed token names, and what lies in the folders that it names. */
function scopeOf(store: Store, { story_ids: ids }: ApiKey): Condition {
  if (ids.length === 0) return { sql: 'TRUE', values: [] }
  return anyOf(
    ids.flatMap((id) => {
      const entry = store.stories.get(id)
      if (!entry) return []
      if (!entry.is_folder) return [{ sql: 's.id = ?', values: [id] }]
      return [{ sql: 's.id = ?', values: [id] }, startsWith(`${entry.full_slug}/`)]
    }),
  )
}
