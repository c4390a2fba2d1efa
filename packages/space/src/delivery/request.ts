import type { Store, TokenAccess, Version } from '../store/store.js'
import { notFound, unauthorized, WireError } from './answer.js'
import { readLanguage } from './language.js'
import type { Language } from './language.js'

/** One delivery request after its token was accepted. */
export interface DeliveryRequest {
  store: Store
  access: TokenAccess
  version: Version
  /** The release whose content is laid over the space's. */
  release: number | null
  language: Language
  url: URL
  query: URLSearchParams
}

const assetPath = '/v2/cdn/assets/me'

/**
 * Accepts or refuses a request by its token: an unknown token reads nothing, a public token no drafts, an asset token
 * private assets only, a release token releases only. `version` defaults to `published` for every token.
 */
export function authorize(store: Store, url: URL): DeliveryRequest {
  const query = url.searchParams
  const access = store.tokenAccess(query.get('token') ?? '')
  const version = query.get('version') === 'draft' ? 'draft' : 'published'
  const forAssets = url.pathname.replace(/\/$/, '') === assetPath
  if (access === undefined || (access === 'asset') !== forAssets) throw unauthorized()
  if (version === 'draft' && access !== 'private') throw unauthorized()

  const release = authorizeRelease(store, access, query.get('from_release'))
  return { store, access, version, release, language: readLanguage(query, store.languages), url, query }
}

/** A release that is restricted needs its own token; any other one needs that or the preview token. */
function authorizeRelease(store: Store, access: TokenAccess, asked: string | null): number | null {
  if (asked === null || asked === '') {
    if (access === 'release') throw unauthorized()
    return null
  }
  const release = store.release(Number(asked))
  if (!release) throw notFound()
  if (access === 'release' || (access === 'private' && release.public)) return release.id
  throw new WireError(403, { error: 'Unauthorized release access.' })
}
