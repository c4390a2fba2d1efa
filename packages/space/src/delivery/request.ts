import type { Store, TokenAccess, Version } from '../store/store.js'
import { unauthorized } from './answer.js'
import { readLanguage } from './language.js'
import type { Language } from './language.js'

/** One delivery request after its token was accepted. */
export interface DeliveryRequest {
  store: Store
  access: TokenAccess
  version: Version
  language: Language
  url: URL
  query: URLSearchParams
}

/**
 * Accepts or refuses a request by its token: an unknown token reads nothing, a public token reads no drafts. `version`
 * defaults to `published` for every token.
 */
export function authorize(store: Store, url: URL): DeliveryRequest {
  const query = url.searchParams
  const access = store.tokenAccess(query.get('token') ?? '')
  const version = query.get('version') === 'draft' ? 'draft' : 'published'
  if (access === undefined || (access === 'public' && version === 'draft')) throw unauthorized()
  return { store, access, version, language: readLanguage(query, store.languages), url, query }
}
