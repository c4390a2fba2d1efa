import type { Delivery, ReadContext } from '../delivery/delivery.js'
import type { StoryQuery } from '../delivery/query.js'
import { fastestPerPage } from '../delivery/rate-limiter.js'
import type { Sideloaded, WireLinkedStory, WireStory } from '../delivery/wire.js'
import type { Access } from '../tokens/access.js'

/** The most that one request may ask for by UUID. */
const mostPerRequest = 100

/**
 * Reads the stories that others refer to. Past its limits Storyblok only names them; they are read in chunks, in
 * parallel, with the language, release, version and cache version of the first read, and each one once.
 */
export class RelatedStories {
  readonly #delivery: Delivery
  readonly #access: Access
  readonly #query: StoryQuery
  readonly #known = new Map<string, Promise<ReadonlyMap<string, WireStory>>>()

  constructor(delivery: Delivery, access: Access, { language, fallbackLang }: StoryQuery) {
    this.#delivery = delivery
    this.#access = access
    this.#query = { language, fallbackLang }
  }

  /** Gives all stories that an answer's stories refer to. */
  async of(
    { rels, rel_uuids: relUuids = [], links = [], link_uuids: linkUuids = [] }: Sideloaded,
    context: ReadContext,
  ): Promise<{ rels: WireStory[]; links: WireLinkedStory[] }> {
    this.#read([...relUuids, ...linkUuids], context)
    const [moreRels, moreLinks] = await Promise.all([this.#find(relUuids), this.#find(linkUuids)])
    return { rels: [...rels, ...moreRels], links: [...links, ...moreLinks] }
  }

  #read(uuids: readonly string[], context: ReadContext): void {
    const unknown = [...new Set(uuids)].filter((uuid) => !this.#known.has(uuid))
    const perPage = this.#delivery.limited ? fastestPerPage : mostPerRequest
    for (let start = 0; start < unknown.length; start += perPage) {
      const byUuids = unknown.slice(start, start + perPage)
      const stories = this.#delivery
        .stories(this.#access, { ...this.#query, byUuids, perPage }, context)
        .then((answer) => new Map(answer.stories.map((story) => [story.uuid, story])))
      // Whoever waits for the stories gets the error.
      stories.catch(() => undefined)
      for (const uuid of byUuids) this.#known.set(uuid, stories)
    }
  }

  async #find(uuids: readonly string[]): Promise<WireStory[]> {
    const found = await Promise.all(uuids.map(async (uuid) => (await this.#known.get(uuid))?.get(uuid)))
    return found.filter((story) => story !== undefined)
  }
}
