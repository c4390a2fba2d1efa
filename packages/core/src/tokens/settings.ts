import { KeyblokError } from '../errors.js'
import { regionOfSpace, regionOrigins } from './region.js'
import type { Region } from './region.js'
import { Secret } from './secret.js'
import type { TokenSet } from './token-set.js'

/** Looks an environment variable up. */
export type EnvLookup = (name: string) => string | undefined

/** What the environment says about one space. */
export interface Settings {
  tokens: TokenSet
  /** The space's numeric id; needed to verify editors. */
  spaceId: number | null
  /** The delivery API's origin, such as `https://api.storyblok.com`. */
  apiOrigin: string
}

/**
 * Reads one space's settings from environment variables.
 *
 * A variable that is empty, blank, `undefined` or `null` counts as missing. Tokens that are missing are no problem
 * here: which one is needed depends on the request.
 *
 * @param env - Looks a variable up.
 * @param prefix - The variables' prefix; a second space has its own.
 * @returns The settings.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` naming every problem.
 *
 * @example
 * ```ts
 * import { parseSettings } from '@keyblok/core/server'
 *
 * const settings = parseSettings((name) => process.env[name])
 * ```
 */
export function parseSettings(env: EnvLookup, prefix = 'STORYBLOK'): Settings {
  const problems: string[] = []
  const variables = new Variables(env, prefix, problems)

  const spaceId = variables.spaceId()
  const region = variables.region() ?? (spaceId === null ? 'eu' : regionOfSpace(spaceId))
  const apiOrigin = variables.apiOrigin() ?? regionOrigins[region]
  const tokens = variables.tokens()

  if (problems.length > 0) {
    throw new KeyblokError('KB_CONFIGURATION_INVALID', `\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
  return { tokens, spaceId, apiOrigin }
}

/** Reads variables and collects problems. A problem never repeats a value: it may be a token in the wrong variable. */
class Variables {
  readonly #env: EnvLookup
  readonly #prefix: string
  readonly #problems: string[]

  constructor(env: EnvLookup, prefix: string, problems: string[]) {
    this.#env = env
    this.#prefix = prefix
    this.#problems = problems
  }

  spaceId(): number | null {
    const name = `${this.#prefix}_SPACE_ID`
    const value = readVariable(this.#env, name)
    if (value === undefined) return null
    if (/^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value))) return Number(value)
    this.#problems.push(`${name} is no space id, which is a whole number such as 123456.`)
    return null
  }

  region(): Region | null {
    const name = `${this.#prefix}_REGION`
    const value = readVariable(this.#env, name)?.toLowerCase()
    if (value === undefined) return null
    // Storyblok's command line says `au` where its hosts say `ap`.
    const region = value === 'au' ? 'ap' : value
    if (Object.hasOwn(regionOrigins, region)) return region as Region
    this.#problems.push(`${name} is no region, which is one of eu, us, ca, ap or cn.`)
    return null
  }

  apiOrigin(): string | null {
    const name = `${this.#prefix}_API_URL`
    const value = readVariable(this.#env, name)
    if (value === undefined) return null
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      this.#problems.push(`${name} is not an http(s) URL. For a local space it is like http://127.0.0.1:4110.`)
      return null
    }
    if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
      this.#problems.push(`${name} would send tokens to another machine unencrypted. Use https.`)
      return null
    }
    if (url.username !== '' || url.password !== '' || url.search !== '') {
      this.#problems.push(`${name} carries credentials or a query. Give the origin only.`)
      return null
    }
    if (/\/v2(\/|$)/.test(url.pathname)) {
      this.#problems.push(`${name} goes too far. Give what comes before /v2.`)
      return null
    }
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  }

  tokens(): TokenSet {
    const publicName = `${this.#prefix}_PUBLIC_TOKEN`
    const previewName = `${this.#prefix}_PREVIEW_TOKEN`
    const publicToken = this.#token(publicName, readVariable(this.#env, publicName), 'public')
    const preview = (readVariable(this.#env, previewName)?.split(',') ?? [])
      .map((value) => this.#token(previewName, value.trim(), 'preview'))
      .filter((secret) => secret !== null)

    if (publicToken && preview.some((secret) => secret.equals(publicToken))) {
      this.#problems.push(
        `${publicName} and ${previewName} hold the same token. One of them is in the wrong variable: a public token reads ` +
          'published content only.',
      )
    }
    const ambiguous = `${this.#prefix}_TOKEN`
    if (!publicToken && preview.length === 0 && readVariable(this.#env, ambiguous) !== undefined) {
      this.#problems.push(
        `${ambiguous} is not read, because it can mean a preview token or a personal access token. ` +
          `Rename it to ${publicName} or ${previewName}.`,
      )
    }
    return { public: publicToken, preview }
  }

  #token(name: string, value: string | undefined, kind: Secret['kind']): Secret | null {
    if (value === undefined || value === '') return null
    if (value.startsWith('sb_pat_')) {
      this.#problems.push(
        `${name} holds a personal access token, which manages the space. A site needs a ${kind} token.`,
      )
      return null
    }
    if (!/^[\x21-\x7e]+$/.test(value)) {
      this.#problems.push(`${name} holds characters that no token has, such as spaces or quotes from another language.`)
      return null
    }
    return new Secret(value, kind)
  }
}

const absent = new Set(['', 'undefined', 'null'])

/** Reads a variable; blank values and the words that a failed lookup leaves behind count as missing. */
export function readVariable(env: EnvLookup, name: string): string | undefined {
  const value = env(name)?.trim()
  return value === undefined || absent.has(value) ? undefined : value
}

/** Tells whether a host name means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}
