import { Delivery } from './delivery/delivery.js'
import type { DeliveryOptions } from './delivery/delivery.js'
import { DraftMemory } from './delivery/held-answers.js'
import { PublishedCache } from './delivery/published-cache.js'
import type { RequestScope } from './delivery/published-cache.js'
import { BulkReads } from './stories/bulk.js'
import type { BuildStore } from './stories/bulk.js'
import type { Access } from './tokens/access.js'
import { tokenName } from './tokens/token-name.js'
import type { Settings } from './tokens/settings.js'

/** Where a build keeps what it read. */
export interface BuildStores {
  /** Outlives the build; holds published stories only. */
  published?: BuildStore
  /** Goes with the build. */
  draft?: BuildStore
}

export interface ConnectionOptions extends Omit<DeliveryOptions, 'apiOrigin'> {
  /** How many bytes of published content are kept in memory; 32 MiB by default, 0 keeps none. */
  memoryCacheBytes?: number
  buildStores?: BuildStores
}

const defaultBytes = 32 * 1024 * 1024

/** One space as a site reaches it: what all requests share. */
export class Connection {
  readonly settings: Settings
  readonly delivery: Delivery
  readonly cache: PublishedCache
  /** What is held of drafts while an editor writes. */
  readonly drafts: DraftMemory = new DraftMemory()
  readonly #bulks: Record<Access['version'], BulkReads>
  #state: Promise<string> | undefined

  constructor(settings: Settings, options: ConnectionOptions) {
    const { memoryCacheBytes = defaultBytes, buildStores = {}, ...delivery } = options
    this.settings = settings
    this.delivery = new Delivery({ ...delivery, apiOrigin: settings.apiOrigin })
    this.cache = new PublishedCache(this.delivery, memoryCacheBytes)
    this.#bulks = { published: new BulkReads(buildStores.published), draft: new BulkReads(buildStores.draft) }
  }

  /** The bulk reads of a build, drafts apart from what is published. */
  bulk({ version }: Access): BulkReads {
    return this.#bulks[version]
  }

  /** Names the state of the space that a build reads; drafts are of no state, and kept for one build only. */
  stateOf(access: Access, { signal }: RequestScope): Promise<string> {
    if (access.version === 'draft') return Promise.resolve('draft')
    this.#state ??= this.#askState(access, signal)
    this.#state.catch(() => (this.#state = undefined))
    return this.#state
  }

  /** Tells a token's view of this space from every other, without telling the token. */
  async nameOf({ token, version, release = '' }: Access): Promise<string> {
    const { apiOrigin, spaceId } = this.settings
    return `${apiOrigin} ${spaceId} ${await tokenName(token)} ${version} ${release}`
  }

  async #askState(access: Access, signal: AbortSignal | undefined): Promise<string> {
    const cv = await this.delivery.askCacheVersion(access, { signal })
    return `${await this.nameOf(access)} ${cv}`
  }
}
