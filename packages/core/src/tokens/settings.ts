import { KeyblokError } from '../errors.js'
import { isLoopbackHost } from './loopback-host.js'
import { regionOfSpace, regionOrigins } from './region.js'
import type { Region } from './region.js'
import { Secret } from './secret.js'
import type { TokenKind } from './secret.js'
import type { ReleaseToken, TokenSet } from './token-set.js'

/** Looks an environment variable up. */
export type EnvLookup = (name: string) => string | undefined

/** What the environment says about one space. */
export interface Settings {
  tokens: TokenSet
  /** The space's numeric id; needed to verify editors. */
  spaceId: number | null
  /** The delivery API's origin, such as `https://api.storyblok.com`. */
  apiOrigin: string
  /** Signs what webhooks send. */
  webhookSecret: Secret | null
}

/** A secret given in code: the `Secret` itself, or a function that looks its value up where it is kept. */
export type SecretSource = Secret | (() => string | Secret | undefined)

/** Tokens given in code, in place of the environment's. A literal is refused: code is committed and bundled. */
export interface TokenSources {
  public?: SecretSource
  preview?: SecretSource | readonly SecretSource[]
  asset?: SecretSource
  /** By the release's numeric id. */
  releases?: Readonly<Record<string, SecretSource>>
  webhook?: SecretSource
}

/**
 * Reads one space's settings from environment variables.
 *
 * A variable that is empty, blank, `undefined` or `null` counts as missing. Tokens that are missing are no problem
 * here: which one is needed depends on the request.
 *
 * @param env - Looks a variable up.
 * @param prefix - The variables' prefix; a second space has its own.
 * @param sources - Tokens that code gives instead.
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
export function parseSettings(env: EnvLookup, prefix = 'STORYBLOK', sources: TokenSources = {}): Settings {
  const problems: string[] = []
  const variables = new Variables(withSources(env, prefix, sources, problems), prefix, problems)

  const spaceId = variables.spaceId()
  const region = variables.region() ?? (spaceId === null ? 'eu' : regionOfSpace(spaceId))
  const apiOrigin = variables.apiOrigin() ?? regionOrigins[region]
  const tokens = variables.tokens()
  const webhookSecret = variables.webhookSecret()

  if (problems.length > 0) {
    throw new KeyblokError('KB_CONFIGURATION_INVALID', `\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
  return { tokens, spaceId, apiOrigin, webhookSecret }
}

/** Lets tokens that code gives stand in for variables, so that both are checked alike. */
function withSources(env: EnvLookup, prefix: string, sources: TokenSources, problems: string[]): EnvLookup {
  const given = new Map<string, string>()
  const resolve = (name: string, source: unknown): string => {
    const value = typeof source === 'function' ? (source as () => unknown)() : source
    if (value instanceof Secret) return value.reveal()
    if (value === undefined || (typeof value === 'string' && typeof source === 'function')) return value ?? ''
    problems.push(
      `The ${name} token is a literal in code, which is committed and bundled. Give a function that reads it, such as ` +
        `() => process.env.${prefix}_${name.toUpperCase()}_TOKEN.`,
    )
    return ''
  }
  for (const [kind, source] of Object.entries(sources)) {
    if (source === undefined) continue
    if (!['public', 'preview', 'asset', 'releases', 'webhook'].includes(kind)) {
      problems.push(kind === 'theme' ? themeRefused('A theme token') : `There is no token kind “${kind}”.`)
    } else if (kind === 'releases') {
      const pairs = Object.entries(source as object).map(([id, token]) => `${id}:${resolve('release', token)}`)
      given.set(`${prefix}_RELEASE_TOKEN`, pairs.join(','))
    } else {
      const values = (Array.isArray(source) ? source : [source]).map((item) => resolve(kind, item))
      given.set(`${prefix}_${kind.toUpperCase()}_${kind === 'webhook' ? 'SECRET' : 'TOKEN'}`, values.join(','))
    }
  }
  return (name) => given.get(name) ?? env(name)
}

function themeRefused(what: string): string {
  return `${what} belongs to Storyblok’s retired rendering service and reads no content. Remove it.`
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
    const name = (kind: TokenKind): string => `${this.#prefix}_${kind.toUpperCase()}_TOKEN`
    const publicToken = this.#single(name('public'), 'public')
    const preview = this.#list(name('preview'))
      .map((value) => this.#token(name('preview'), value, 'preview'))
      .filter((secret) => secret !== null)
    const asset = this.#single(name('asset'), 'asset')
    const releases = this.#list(name('release'))
      .map((pair) => this.#release(name('release'), pair))
      .filter((release) => release !== null)

    if (publicToken && preview.some((secret) => secret.equals(publicToken))) {
      this.#problems.push(
        `${name('public')} and ${name('preview')} hold the same token. One of them is in the wrong variable: a public ` +
          'token reads published content only.',
      )
    }
    const theme = `${this.#prefix}_THEME_TOKEN`
    if (readVariable(this.#env, theme) !== undefined) this.#problems.push(themeRefused(theme))
    const ambiguous = `${this.#prefix}_TOKEN`
    if (!publicToken && preview.length === 0 && readVariable(this.#env, ambiguous) !== undefined) {
      this.#problems.push(
        `${ambiguous} is not read, because it can mean a preview token or a personal access token. ` +
          `Rename it to ${name('public')} or ${name('preview')}.`,
      )
    }
    return { public: publicToken, preview, asset, releases }
  }

  webhookSecret(): Secret | null {
    const value = readVariable(this.#env, `${this.#prefix}_WEBHOOK_SECRET`)
    return value === undefined ? null : new Secret(value, 'webhook')
  }

  #list(name: string): string[] {
    return (readVariable(this.#env, name)?.split(',') ?? []).map((value) => value.trim())
  }

  #single(name: string, kind: TokenKind): Secret | null {
    return this.#token(name, readVariable(this.#env, name), kind)
  }

  #release(name: string, pair: string): ReleaseToken | null {
    if (pair === '') return null
    const [, release = '', value = ''] = /^([1-9]\d{0,15}):(.*)$/.exec(pair) ?? []
    const token = this.#token(name, value, 'release')
    if (token) return { release, token }
    this.#problems.push(`${name} is no list of release ids with their tokens, such as 123:token,456:token.`)
    return null
  }

  #token(name: string, value: string | undefined, kind: TokenKind): Secret | null {
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
