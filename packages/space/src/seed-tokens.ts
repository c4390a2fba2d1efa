import type { SpaceContext } from './context.js'
import { randomToken } from './random-token.js'
import type { TokenAccess } from './store/api-keys.js'

/** One token of each kind that the local space knows. */
export interface LocalSpaceTokens {
  /** Reads published stories only. */
  public: string
  /** Reads drafts and published stories. */
  preview: string
  /** Opens private assets. */
  asset: string
  /** Reads releases, restricted ones too. */
  release: string
  /** Manages the space: a personal access token with all rights of its user. */
  personal: string
}

/** The delivery tokens' names in the API, and for people. */
const kinds: Record<Exclude<keyof LocalSpaceTokens, 'personal'>, { access: TokenAccess; name: string }> = {
  public: { access: 'public', name: 'Public' },
  preview: { access: 'private', name: 'Preview' },
  asset: { access: 'asset', name: 'Assets' },
  release: { access: 'release', name: 'Releases' },
}

/** Makes sure that the space has a token of each kind: those that are wanted, those it has, or random ones. */
export function seedTokens({ store, clock }: SpaceContext, wanted: Partial<LocalSpaceTokens>): LocalSpaceTokens {
  return store.transaction(() => {
    const deliveryTokens = Object.entries(kinds).map(([kind, { access, name }]) => {
      const token = wanted[kind as keyof typeof kinds] ?? store.apiKeys.first(access)?.token ?? randomToken()
      const restricted = store.records('releases').list()
      if (!store.apiKeys.find(token)) {
        store.apiKeys.insert({
          access,
          name,
          token,
          branch_id: null,
          story_ids: [],
          min_cache: 0,
          release_ids: access === 'release' ? restricted.map(({ id }) => id) : [],
        })
      }
      return [kind, token]
    })
    const personal = wanted.personal ?? store.space.ownPersonalToken ?? `sb_pat_${randomToken()}`
    if (!store.credentials.find(personal)) {
      const rights = { scopes: [], space_ids: [], user_permission: true, expires_at: null }
      store.credentials.insert(personal, { kind: 'personal', name: 'Local space', ...rights }, clock.iso())
    }
    if (store.space.ownPersonalToken !== personal) store.updateSpace({ ownPersonalToken: personal })
    return { ...(Object.fromEntries(deliveryTokens) as Omit<LocalSpaceTokens, 'personal'>), personal }
  })
}
