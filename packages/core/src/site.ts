import { Connection } from './connection.js'
import type { ConnectionOptions } from './connection.js'
import type { RequestScope } from './delivery/published-cache.js'
import { wait } from './delivery/wait.js'
import { KeyblokError } from './errors.js'
import type { ResponseGuard } from './guard/response-guard.js'
import type { Grant } from './preview/grant.js'
import type { PreviewSpace } from './preview/signed.js'
import type { Journal } from './stories/journal.js'
import { Storyblok } from './stories/reader.js'
import { withRouting } from './stories/slugs.js'
import type { EnvPrefix, Routing, Space } from './stories/space.js'
import type { UnsavedStory } from './stories/unsaved-content.js'
import { chooseAccess } from './tokens/access.js'
import type { Access, DraftsPolicy, Version } from './tokens/access.js'
import { detectEnvironment } from './tokens/environment.js'
import type { Environment } from './tokens/environment.js'
import { parseSettings } from './tokens/settings.js'
import type { TokenKind } from './tokens/secret.js'
import type { EnvLookup, TokenSources } from './tokens/settings.js'

export interface SiteOptions extends ConnectionOptions {
  /** Looks an environment variable up, at run time. */
  env: EnvLookup
  /** Whether the framework's dev command runs. */
  dev: boolean
  /** What the build found out of its environment. */
  built?: Environment
  /** The prefixes of the spaces that the site reads, so that the editors of each are known; `STORYBLOK` by default. */
  spaces?: readonly EnvPrefix[]
  /** Tokens that code gives, by the space's prefix, in place of the environment's. */
  tokens?: Readonly<Record<string, TokenSources>>
  /** What the framework says of the site's paths; a space's own words go first. */
  routing?: Routing
  /** How answers are kept free of secrets. */
  guard?: AnswerGuardOptions
}

export interface AnswerGuardOptions {
  /** Guards every answer; else only those of a site that runs in a test. */
  responses?: boolean
  /** The variables that hold other secrets of the site. */
  secrets?: readonly string[]
  /** Token kinds that may reach the browser. */
  allow?: readonly TokenKind[]
}

/** What is known of the request that a reader is made for. */
export interface Visit {
  /** Whether the request comes from this machine itself; see `isLocalRequest`. */
  local: boolean
  /** Who sees drafts on staging. */
  drafts?: DraftsPolicy
  /** Asks for a version; it can narrow what may be read, never widen it outside tests. */
  version?: Version
  /** The language that the framework finds for the request, or what gives it when something is read. */
  language?: string | (() => string | undefined)
  /** The codes of the languages that the site has, where it says so: the Visual Editor can show others. */
  languages?: readonly string[] | undefined
  /** What the request proved. */
  grants?: readonly Grant[]
  /** The release that a granted space is read in, such as the one that the Visual Editor shows. */
  release?: string
  /** What an editor did not save, to show it in the place of what is. */
  unsaved?: UnsavedStory
  /** Ends all reads, such as when the visitor goes away. */
  signal?: AbortSignal
  /** Lets work outlive the request, where the platform can. */
  waitUntil?: (work: Promise<unknown>) => void
  /** Whether a page is built: one read of each source then answers for all of its stories. */
  building?: boolean
  /** Turns an error into the host framework's own, by throwing that. */
  onError?: (error: KeyblokError) => never
}

/**
 * Holds what all requests of a site share: its environment, and the settings, client and caches of each space. It knows
 * no current request; {@link Site.visit} makes a reader for one.
 */
export class Site {
  readonly #options: SiteOptions
  #environment: Environment | undefined
  readonly #connections = new Map<EnvPrefix, Connection>()
  readonly #routed = new WeakMap<Space, Space>()
  #responseGuard: ResponseGuard | Promise<ResponseGuard> | undefined

  constructor(options: SiteOptions) {
    this.#options = options
  }

  /**
   * Where the site runs; found once, since it does not change while it runs.
   *
   * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`.
   */
  get environment(): Environment {
    const { env, dev, built } = this.#options
    return (this.#environment ??= detectEnvironment(env, dev, built))
  }

  /** Whether the framework's dev command runs. */
  get isDev(): boolean {
    return this.#options.dev
  }

  /** The prefixes of the spaces that are known by now. */
  get spaces(): EnvPrefix[] {
    return [...new Set([...(this.#options.spaces ?? ['STORYBLOK' as const]), ...this.#connections.keys()])]
  }

  /** Makes the reader of one request, or of none. */
  visit(visit: Visit): Storyblok {
    return new Storyblok(this, visit)
  }

  /**
   * Decides a visit's access to a space.
   *
   * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`, `KB_TOKEN_MISSING`, `KB_DRAFT_REFUSED` or `KB_RELEASE_REFUSED`.
   */
  access(visit: Visit, envPrefix: EnvPrefix, version: Version | undefined = visit.version, release?: string): Access {
    const { tokens, spaceId } = this.connect(envPrefix).settings
    return chooseAccess({
      environment: this.environment,
      tokens,
      granted: spaceId !== null && (visit.grants ?? []).some((grant) => grant.spaceId === spaceId),
      local: visit.local,
      drafts: visit.drafts,
      version,
      release,
      prefix: envPrefix,
    })
  }

  /** Gives a space with the framework's routing. */
  routed(space: Space): Space {
    const known = this.#routed.get(space)
    if (known) return known
    const routed = withRouting(space, this.#options.routing ?? {})
    this.#routed.set(space, routed)
    return routed
  }

  /**
   * Guards the answer to a request where the site runs in a test, or asks for it: a secret in it is overwritten, and
   * fails the test.
   *
   * @param route - The request’s method and path.
   */
  async guard(response: Response, route: string): Promise<Response> {
    this.#responseGuard ??= this.#createGuard()
    // Most sites have none, and wait for none.
    const guard = this.#responseGuard instanceof Promise ? await this.#responseGuard : this.#responseGuard
    this.#responseGuard = guard
    return guard(response, route)
  }

  #createGuard(): ResponseGuard | Promise<ResponseGuard> {
    const { env, dev, guard: { responses = false, ...options } = {} } = this.#options
    const test = this.environment.name === 'test'
    // The dev server guards all it answers by itself, also what is none of ours.
    if (dev || (!test && !responses)) return (response) => response
    return import('./guard/response-guard.js').then(({ createResponseGuard }) =>
      createResponseGuard({ ...options, env, spaces: this.spaces, test }),
    )
  }

  /**
   * Makes what is published now show at once, after a webhook told of it.
   *
   * @returns Settled when it does: within a second, since that often is enough.
   */
  async refresh(envPrefix: EnvPrefix = 'STORYBLOK'): Promise<void> {
    const { delivery, settings } = this.connect(envPrefix)
    await wait(delivery.versions.raise())
    const { public: token } = settings.tokens
    if (token === null || !delivery.versions.claim()) return
    try {
      await delivery.askCacheVersion({ version: 'published', token, reason: '' })
    } catch (error) {
      // What is read next is new all the same, and says what is wrong.
      if (!(error instanceof KeyblokError)) throw error
    }
  }

  /**
   * Tells which cache versions visitors' pages are of now, by the prefix of each space that was read; asks for one that
   * may be old. A cache of whole pages compares it with the versions that its pages carry.
   */
  async publishedVersions(scope: RequestScope = {}): Promise<ReadonlyMap<EnvPrefix, number>> {
    const versions = new Map<EnvPrefix, number>()
    for (const [envPrefix, { settings, cache }] of this.#connections) {
      const token = settings.tokens.public
      const version =
        token === null ? undefined : await cache.version({ version: 'published', token, reason: '' }, scope)
      if (version !== undefined) versions.set(envPrefix, version)
    }
    return versions
  }

  /** Tells whether what a journal noted is all there, published, and still what a read would give. */
  isCurrent({ failed, spaces }: Journal): boolean {
    if (failed) return false
    return spaces.every(({ envPrefix, version, cv }) => {
      const { delivery, settings } = this.connect(envPrefix)
      const token = settings.tokens.public
      return version === 'published' && token !== null && delivery.versions.known(token) === cv
    })
  }

  /**
   * Gives what all requests of a space share.
   *
   * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`.
   */
  connect(envPrefix: EnvPrefix): Connection {
    const known = this.#connections.get(envPrefix)
    if (known) return known
    const {
      env,
      dev: _dev,
      built: _built,
      spaces: _spaces,
      tokens = {},
      routing: _routing,
      guard: _guard,
      ...options
    } = this.#options
    const settings = parseSettings(env, envPrefix, tokens[envPrefix])
    const connection = new Connection(settings, options)
    this.#connections.set(envPrefix, connection)
    return connection
  }

  /** The spaces whose editors can be verified. One that is badly configured says so when it is read. */
  get previewSpaces(): (PreviewSpace & { apiOrigin: string })[] {
    return this.spaces.flatMap((prefix) => {
      try {
        const { apiOrigin, spaceId, tokens } = this.connect(prefix).settings
        return spaceId === null ? [] : [{ apiOrigin, spaceId, preview: tokens.preview }]
      } catch (error) {
        if (error instanceof KeyblokError) return []
        throw error
      }
    })
  }
}
