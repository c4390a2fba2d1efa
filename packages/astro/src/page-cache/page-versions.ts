import { defineSpace } from '@keyblok/core'
import type { EnvPrefix } from '@keyblok/core'
import { CacheTags, tagsOfChanges } from '@keyblok/core/server'
import type { Journal, Link, RequestScope, Site } from '@keyblok/core/server'
import options from 'virtual:keyblok/options'
import { site } from '../site.js'

/**
 * Knows of which cache versions the pages in this process's cache may be, and what the space's stories were when the
 * oldest of them was made: so a webhook also drops what other webhooks, which never came, would have.
 */
class PageVersions {
  readonly #site: Site
  /** The version tags of pages that are right, by the space's prefix; the newest last. */
  readonly #live = new Map<EnvPrefix, string[]>()
  /** The space's links with their dates, at the time of the oldest page or before. */
  readonly #links = new Map<EnvPrefix, readonly Link[]>()
  /** What was dropped since, for each page that is on its way into the cache. */
  readonly #onTheWay = new Set<Set<string>>()
  #held = 0
  /** Whether the cache is in this process, rather than in front of it. */
  inProcess = false

  constructor(owner: Site) {
    this.#site = owner
  }

  /** Looks what there is before the first page goes into the cache, where webhooks will ask what changed since. */
  async prepare({ spaces }: Journal): Promise<void> {
    if (!this.inProcess || !options.webhook) return
    const unknown = spaces.filter(({ envPrefix }) => !this.#links.has(envPrefix))
    await Promise.all(unknown.map(({ envPrefix }) => this.#look(envPrefix)))
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
    this.#tellDropped(outdated)
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

  /**
   * Gives the tags of all pages that are old after a webhook, and lets the others stay, of whatever version they are.
   *
   * @param told - The tags of the webhook's own event.
   */
  async changed(envPrefix: EnvPrefix, told: readonly string[]): Promise<string[]> {
    const tags = new CacheTags(envPrefix)
    const before = this.#links.get(envPrefix)
    const after = await this.#look(envPrefix)
    // What else happened is not known: everything may be old.
    const all = !before || !after
    const old = all
      ? [tags.all]
      : [...told.filter((tag) => tag !== tags.links), ...tagsOfChanges(envPrefix, before, after)]
    for (const [prefix, version] of await this.#site.publishedVersions()) this.#add(prefix, version)
    this.#tellDropped(old)
    return old
  }

  /** Follows what is dropped while a page is on its way into the cache. */
  follow(): { dropped: ReadonlySet<string>; end: () => void } {
    const dropped = new Set<string>()
    this.#onTheWay.add(dropped)
    return { dropped, end: () => void this.#onTheWay.delete(dropped) }
  }

  /** Tells pages that are on their way into the cache what was dropped. */
  #tellDropped(tags: readonly string[]): void {
    for (const page of this.#onTheWay) for (const tag of tags) page.add(tag)
  }

  #add(envPrefix: EnvPrefix, version: number): void {
    const live = this.#live.get(envPrefix) ?? []
    const tag = new CacheTags(envPrefix).version(version)
    if (!live.includes(tag)) this.#live.set(envPrefix, [...live, tag])
  }

  /** Reads the links as they are now; what cannot be read is unknown. */
  async #look(envPrefix: EnvPrefix): Promise<readonly Link[] | undefined> {
    try {
      const storyblok = this.#site.visit({ local: false, version: 'published' })
      const links = await storyblok.links(defineSpace({ envPrefix }), { includeDates: true })
      this.#links.set(envPrefix, links)
      return links
    } catch {
      // Whatever it is: without them everything is dropped.
      this.#links.delete(envPrefix)
      return undefined
    }
  }
}

/** What the cache of pages and the webhooks of this process share. */
export const pageVersions: PageVersions = new PageVersions(site)
