import { Secret } from './secret.js'
import type { TokenKind } from './secret.js'
import { readVariable } from './settings.js'

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

/** Any prefix that a space may have; see `EnvPrefix`. */
const secretVariable =
  /^STORYBLOK.*_(PUBLIC_TOKEN|PREVIEW_TOKEN|ASSET_TOKEN|RELEASE_TOKEN|WEBHOOK_SECRET|PERSONAL_ACCESS_TOKEN)$/

/**
 * Collects the tokens of every space from environment variables, such as to search a build for them.
 *
 * @param env - All variables; those of each space's prefix are found by their names.
 */
export function collectTokens(env: Readonly<Record<string, string | undefined>>): Secret[] {
  return Object.keys(env).flatMap((name) => {
    const kind = secretVariable.exec(name)?.[1]?.split('_')[0]?.toLowerCase() as TokenKind | undefined
    const value = readVariable((variable) => env[variable], name)
    if (kind === undefined || value === undefined) return []
    return splitTokens(value, kind).map((part) => new Secret(part, kind))
  })
}

/** A webhook secret is one value, whatever it holds; of release tokens only what follows the release's id is secret. */
function splitTokens(value: string, kind: TokenKind): string[] {
  if (kind === 'webhook') return [value]
  const parts = value.split(',').map((part) => part.trim())
  return (kind === 'release' ? parts.map((part) => part.slice(part.indexOf(':') + 1)) : parts).filter(
    (part) => part !== '',
  )
}
