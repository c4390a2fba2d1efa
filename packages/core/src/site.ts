import { Delivery } from './delivery/delivery.js'
import type { DeliveryOptions } from './delivery/delivery.js'
import { KeyblokError } from './errors.js'
import { Storyblok } from './stories/reader.js'
import type { EnvPrefix } from './stories/space.js'
import { chooseAccess } from './tokens/access.js'
import type { Access, DraftsPolicy, Version } from './tokens/access.js'
import { draftHeaders } from './tokens/draft-headers.js'
import { detectEnvironment } from './tokens/environment.js'
import { parseSettings } from './tokens/settings.js'
import type { EnvLookup, Settings } from './tokens/settings.js'

export interface SiteOptions extends Omit<DeliveryOptions, 'apiOrigin'> {
  /** Looks an environment variable up, at run time. */
  env: EnvLookup
  /** Whether the framework's dev command runs. */
  dev: boolean
}

/** What is known of the request that a reader is made for. */
export interface Visit {
  /** Whether the request comes from this machine itself; see `isLocalRequest`. */
  local: boolean
  /** Who sees drafts on staging. */
  drafts?: DraftsPolicy
  /** Asks for a version; it can narrow what may be read, never widen it outside tests. */
  version?: Version
  /** Turns an error into the host framework's own, by throwing that. */
  onError?: (error: KeyblokError) => never
}

/** One space as a site reaches it. */
interface Connection {
  settings: Settings
  delivery: Delivery
}

/**
 * Holds what all requests of a site share: its environment, and the settings and delivery client of each space. It
 * knows no current request; {@link Site.visit} makes a reader for one.
 */
export class Site {
  readonly #options: SiteOptions
  readonly #connections = new Map<EnvPrefix, Connection>()

  constructor(options: SiteOptions) {
    this.#options = options
  }

  /** Makes the reader of one request. */
  visit(visit: Visit): Storyblok {
    return new Storyblok(this, visit)
  }

  /**
   * Decides a visit's access to a space.
   *
   * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`, `KB_TOKEN_MISSING` or `KB_DRAFT_REFUSED`.
   */
  access(visit: Visit, envPrefix: EnvPrefix): Access {
    const { env, dev } = this.#options
    return chooseAccess({
      environment: detectEnvironment(env, dev),
      tokens: this.#connect(envPrefix).settings.tokens,
      granted: false,
      local: visit.local,
      drafts: visit.drafts,
      version: visit.version,
      prefix: envPrefix,
    })
  }

  /**
   * Gives the headers that a response to a visit must carry: those of a draft when any space is read as draft. A site
   * that cannot read at all shows no draft.
   */
  responseHeaders(visit: Visit): Readonly<Record<string, string>> {
    const prefixes = new Set<EnvPrefix>(['STORYBLOK', ...this.#connections.keys()])
    return [...prefixes].some((prefix) => this.#readsDraft(visit, prefix)) ? draftHeaders : {}
  }

  #readsDraft(visit: Visit, envPrefix: EnvPrefix): boolean {
    try {
      return this.access(visit, envPrefix).version === 'draft'
    } catch (error) {
      if (error instanceof KeyblokError) return false
      throw error
    }
  }

  /** Gives the delivery client of a space. */
  delivery(envPrefix: EnvPrefix): Delivery {
    return this.#connect(envPrefix).delivery
  }

  #connect(envPrefix: EnvPrefix): Connection {
    const known = this.#connections.get(envPrefix)
    if (known) return known
    const { env, dev: _dev, ...delivery } = this.#options
    const settings = parseSettings(env, envPrefix)
    const connection = { settings, delivery: new Delivery({ ...delivery, apiOrigin: settings.apiOrigin }) }
    this.#connections.set(envPrefix, connection)
    return connection
  }
}
