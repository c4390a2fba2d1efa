import { KeyblokError } from '@keyblok/core'
import { regionOrigins } from '@keyblok/core/management'
import type { Region } from '@keyblok/core/management'
import { Delivery } from '@keyblok/core/server'
import { identifyToken } from './identify-token.js'
import type { Claimed, Identity } from './identify-token.js'
import type { ConfiguredSpace } from './spaces.js'

/** The delivery API of each region. */
export type Origins = Readonly<Partial<Record<Region, string>>>

/** Which regions are asked about a token that its own does not know. China's only where somebody wants that. */
export function originsToAsk({ china }: { china: boolean }): Origins {
  const { cn, ...others } = regionOrigins
  return china ? { ...others, cn } : others
}

/** One token of the environment. */
export interface Token extends Claimed {
  variable: string
  space: ConfiguredSpace
}

/** What became known of a token: what it is, that nobody knows it, who does, or why nobody could be asked. */
export type Known = Identity | 'unknown' | { region: Region } | { failure: string }

/** Asks the API about tokens; each region has one client, so that all keep to its limits together. */
export class TokenAsker {
  readonly #deliveries = new Map<string, Delivery>()
  readonly #origins: Origins
  readonly #signal: AbortSignal

  constructor(origins: Origins, signal: AbortSignal) {
    this.#origins = origins
    this.#signal = signal
  }

  /**
   * Finds out what a token is, in its own region or, where that does not know it, in the others.
   *
   * @throws {KeyblokError} `KB_ABORTED`.
   */
  async ask(token: Token): Promise<Known> {
    const { apiOrigin } = token.space.settings
    try {
      const own = await this.#identify(apiOrigin, token)
      return own ?? (await this.#askOthers(apiOrigin, token)) ?? 'unknown'
    } catch (error) {
      if (!(error instanceof KeyblokError) || error.code === 'KB_ABORTED') throw error
      return { failure: `${new URL(apiOrigin).host} could not be asked (${error.code}).` }
    }
  }

  /** A local space is in no region. */
  async #askOthers(own: string, token: Token): Promise<{ region: Region } | undefined> {
    const known: string[] = [...Object.values(regionOrigins), ...Object.values(this.#origins)]
    if (!known.includes(own)) return undefined
    const others = Object.entries(this.#origins).filter(([, origin]) => origin !== own) as [Region, string][]
    const found = await Promise.all(
      others.map(async ([region, origin]) => ((await this.#tryIdentify(origin, token)) ? [{ region }] : [])),
    )
    return found.flat()[0]
  }

  /** A region that cannot be reached knows nothing of the token. */
  async #tryIdentify(origin: string, token: Token): Promise<Identity | null> {
    try {
      return await this.#identify(origin, token)
    } catch (error) {
      if (!(error instanceof KeyblokError) || error.code === 'KB_ABORTED') throw error
      return null
    }
  }

  #identify(origin: string, token: Token): Promise<Identity | null> {
    const delivery = this.#deliveries.get(origin) ?? new Delivery({ apiOrigin: origin, attempts: 2 })
    this.#deliveries.set(origin, delivery)
    return identifyToken(delivery, token, this.#signal)
  }
}
