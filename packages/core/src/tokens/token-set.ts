import { Secret } from './secret.js'
import { readVariable } from './settings.js'

/** The tokens of one space that the server holds. */
export interface TokenSet {
  /** Reads published content. */
  public: Secret | null
  /** Read drafts: the first is used, all of them verify editors, so that a rotation can overlap. */
  preview: readonly Secret[]
}

/** Any prefix that a space may have; see `EnvPrefix`. */
const tokenVariable = /^STORYBLOK.*_(PUBLIC|PREVIEW)_TOKEN$/

/**
 * Collects the tokens of every space from environment variables, such as to search a build for them.
 *
 * @param env - All variables; those of each space's prefix are found by their names.
 */
export function collectTokens(env: Readonly<Record<string, string | undefined>>): Secret[] {
  return Object.keys(env).flatMap((name) => {
    const kind = tokenVariable.exec(name)?.[1]?.toLowerCase() as Secret['kind'] | undefined
    const value = readVariable((variable) => env[variable], name)
    if (kind === undefined || value === undefined) return []
    return value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => new Secret(part, kind))
  })
}
