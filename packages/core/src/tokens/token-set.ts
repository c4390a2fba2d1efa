import type { Secret } from './secret.js'

/** A token that reads the content of one release. */
export interface ReleaseToken {
  /** The release's numeric id. */
  release: string
  token: Secret
}

/** The tokens of one space that the server holds. */
export interface TokenSet {
  /** Reads published content. */
  public: Secret | null
  /** Read drafts: the first is used, all of them verify editors, so that a rotation can overlap. */
  preview: readonly Secret[]
  /** Reads private assets. */
  asset: Secret | null
  /** Read releases that are restricted; one token may stand for several. */
  releases: readonly ReleaseToken[]
}
