import type { Secret } from './secret.js'

/** The tokens of one space that the server holds. */
export interface TokenSet {
  /** Reads published content. */
  public: Secret | null
  /** Read drafts: the first is used, all of them verify editors, so that a rotation can overlap. */
  preview: readonly Secret[]
}

/** Lists every token of a set, such as for a search. */
export function listTokens({ public: publicToken, preview }: TokenSet): Secret[] {
  return publicToken ? [publicToken, ...preview] : [...preview]
}
