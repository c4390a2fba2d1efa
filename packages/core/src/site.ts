import { Delivery } from './delivery/delivery.js'
import type { DeliveryOptions } from './delivery/delivery.js'
import { KeyblokError } from './errors.js'
import { Storyblok } from './stories/reader.js'
import type { Space } from './stories/space.js'
import { chooseAccess } from './tokens/access.js'
import type { Access, DraftsPolicy, Version } from './tokens/access.js'
import { detectEnvironment } from './tokens/environment.js'
import { parseSettings } from './tokens/settings.js'
import type { EnvLookup, Settings } from './tokens/settings.js'

export interface SiteOptions extends Omit<DeliveryOptions, 'apiOrigin'> {
  /** Looks an environment variable up, at run time. */
  env: EnvLookup
  /** Whether the framework's dev command runs. */
  dev: boolean
  /** Who sees drafts on staging. */
  drafts?: DraftsPolicy
}

/** What is known of the request that a reader is made for. */
export interface Visit {
  /** Whether the request comes from this machine itself; see `isLocalRequest`. */
  local: boolean
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
  readonly #connections = new Map<string, Connection>()

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
  access(visit: Visit, envPrefix: Space['envPrefix']): Access {
    const { env, dev, drafts } = this.#options
    return chooseAccess({
      environment: detectEnvironment(env, dev),
      tokens: this.#connect(envPrefix).settings.tokens,
      granted: false,
      local: visit.local,
      drafts,
      version: visit.version,
      prefix: envPrefix,
    })
  }

  /** Gives the delivery client of a space. */
  delivery(envPrefix: Space['envPrefix']): Delivery {
    return this.#connect(envPrefix).delivery
  }

  #connect(envPrefix: string): Connection {
    const known = this.#connections.get(envPrefix)
    if (known) return known
    const { env, dev: _dev, drafts: _drafts, ...delivery } = this.#options
    const settings = parseSettings(env, envPrefix)
    const connection = { settings, delivery: new Delivery({ ...delivery, apiOrigin: settings.apiOrigin }) }
    this.#connections.set(envPrefix, connection)
    return connection
  }
}
