import type { EnvPrefix } from '@keyblok/core'
import { CacheTags } from '@keyblok/core/server'
import type { Journal, RequestScope, Site } from '@keyblok/core/server'
import { site } from '../site.js'

/** Knows of which cache versions the pages in this process's cache may be. */
class PageVersions {
  readonly #site: Site
  /** The version tags of pages that are right, by the space's prefix; the newest last. */
  readonly #live = new Map<string, string[]>()
  #held = 0

  constructor(owner: Site) {
    this.#site = owner
  }

  /** Notes that a page goes into the cache, and of which versions it is. */
  add({ spaces }: Journal): void {
    for (const { envPrefix, cv } of spaces) if (cv !== undefined) this.#add(envPrefix, cv)
  }

  /** Gives the tags of pages that are old: those of every version before, once there is a new one. */
  async outdated(scope: RequestScope): Promise<string[]> {
    if (this.#held > 0) return []
    const outdated: string[] = []
    for (const [envPrefix, version] of await this.#site.publishedVersions(scope)) {
      const tag = new CacheTags(envPrefix).version(version)
      const live = this.#live.get(envPrefix) ?? []
      if (live.includes(tag)) continue
      outdated.push(...live)
      this.#live.set(envPrefix, [tag])
    }
    return outdated
  }

  /**
   * Drops no page by its version while a webhook, which was verified, is answered: it tells which ones are old.
   *
   * @returns What ends that.
   */
  hold(): () => void {
    this.#held++
    return () => void this.#held--
  }

  /** Lets the pages of earlier versions stay: those that show what a webhook told of are dropped. */
  async keep(): Promise<void> {
    for (const [envPrefix, version] of await this.#site.publishedVersions()) this.#add(envPrefix, version)
  }

  #add(envPrefix: EnvPrefix, version: number): void {
    const live = this.#live.get(envPrefix) ?? []
    const tag = new CacheTags(envPrefix).version(version)
    if (!live.includes(tag)) this.#live.set(envPrefix, [...live, tag])
  }
}

/** What the cache of pages and the webhooks of this process share. */
export const pageVersions: PageVersions = new PageVersions(site)
