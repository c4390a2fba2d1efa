import type { Delivery } from '../delivery/delivery.js'
import type { SpaceInfo, WireLink, WireStory } from '../delivery/wire.js'
import { KeyblokError } from '../errors.js'
import type { Site, Visit } from '../site.js'
import type { Access, Version } from '../tokens/access.js'
import { storyHref } from './href.js'
import { inlineRelations } from './relations.js'
import { resolveSlug } from './slugs.js'
import type { StorySource } from './source.js'
import { trimSlashes } from './trim-slashes.js'
import type { EnvPrefix, Space } from './space.js'
import type { Story, StoryOf } from './types.js'

/** One page of stories. */
export interface StoriesPage<S = Story> {
  stories: S[]
  /** All stories of the source. */
  total: number
  /** This page, from 1. */
  page: number
  /** How many pages there are. */
  pages: number
}

/** A story or folder without its content, with the path of its page. */
export interface Link extends WireLink {
  href: string
}

const mostRelationsPerRead = 50
const linksPerRead = 1000

/**
 * Reads content with the access of one request. Every method throws a {@link KeyblokError}; missing content is `null`.
 *
 * It is a class instance with private fields, so a `load` that returns it by mistake fails to serialise.
 */
export class Storyblok {
  readonly #site: Site
  readonly #visit: Visit

  constructor(site: Site, visit: Visit) {
    this.#site = site
    this.#visit = visit
  }

  /** The version that this request reads. */
  get version(): Version {
    return this.#guard(() => this.#access('STORYBLOK').version)
  }

  /** Why it reads that version, in one sentence. */
  get reason(): string {
    return this.#guard(() => this.#access('STORYBLOK').reason)
  }

  /**
   * Reads one story.
   *
   * @param source - What kind of story, and in which folder.
   * @param slug - Relative to the source's folder; empty or `undefined` is the folder's start page, in a source without
   * folder the space's home.
   * @returns The story, or `null` when there is none, when it belongs to another source, or when the slug is not one.
   */
  story<Type extends string, Name extends string>(
    source: StorySource<Type, Name>,
    slug?: string,
  ): Promise<StoryOf<Type, Name> | null> {
    return this.#guardRead(async () => {
      const fullSlug = resolveSlug(source, slug)
      if (fullSlug === null) return null
      const { access, delivery } = this.#open(source.space)
      const { resolveRelations } = source.space
      const answer = await delivery.story(access, { slug: fullSlug }, { resolveRelations })
      if (!answer || !belongsTo(answer.story, source, fullSlug)) return null

      await completeStories(delivery, access, source.space, [answer.story], answer)
      return answer.story as StoryOf<Type, Name> & WireStory
    })
  }

  /**
   * Reads one page of stories.
   *
   * @param options - Which page, from 1, and how many stories a page has, up to 100.
   */
  stories<Type extends string, Name extends string>(
    source: StorySource<Type, Name>,
    { page = 1, perPage = source.perPage }: { page?: number; perPage?: number } = {},
  ): Promise<StoriesPage<StoryOf<Type, Name>>> {
    return this.#guardRead(async () => {
      const { space, contentType, startsWith, sortBy } = source
      const { access, delivery } = this.#open(space)
      const { resolveRelations } = space
      const query = { contentType, startsWith, sortBy, page, perPage, resolveRelations }
      const { stories, total, ...answer } = await delivery.stories(access, query)
      await completeStories(delivery, access, space, stories, answer)
      return {
        stories: stories as (StoryOf<Type, Name> & WireStory)[],
        total,
        page,
        pages: Math.ceil(total / perPage),
      }
    })
  }

  /** Reads every story of a source, page by page, while they are consumed. */
  async *each<Type extends string, Name extends string>(
    source: StorySource<Type, Name>,
  ): AsyncGenerator<StoryOf<Type, Name>, void, undefined> {
    for (let page = 1, pages = 1; page <= pages; page++) {
      const current = await this.stories(source, { page })
      pages = current.pages
      yield* current.stories
    }
  }

  /** Reads every story of a source into an array. */
  async all<Type extends string, Name extends string>(source: StorySource<Type, Name>): Promise<StoryOf<Type, Name>[]> {
    const stories: StoryOf<Type, Name>[] = []
    for await (const story of this.each(source)) stories.push(story)
    return stories
  }

  /**
   * Reads the space's stories and folders without their content, such as for a navigation.
   *
   * @param options - `startsWith` keeps one folder.
   */
  links(space: Space, { startsWith }: { startsWith?: string } = {}): Promise<Link[]> {
    return this.#guardRead(async () => {
      const { access, delivery } = this.#open(space)
      const links: Link[] = []
      for (let page = 1, total = 1; links.length < total; page++) {
        const answer = await delivery.links(access, { startsWith, page, perPage: linksPerRead })
        if (answer.links.length === 0) break
        total = answer.total
        links.push(...answer.links.map((link) => ({ ...link, href: storyHref(space, link.slug) })))
      }
      return links
    })
  }

  /** Reads what a space says of itself: its name, domain and languages. */
  space(space: Space): Promise<SpaceInfo> {
    return this.#guardRead(() => {
      const { access, delivery } = this.#open(space)
      return delivery.space(access)
    })
  }

  #open({ envPrefix }: Space): { access: Access; delivery: Delivery } {
    return { access: this.#access(envPrefix), delivery: this.#site.delivery(envPrefix) }
  }

  #access(envPrefix: EnvPrefix): Access {
    return this.#site.access(this.#visit, envPrefix)
  }

  #guard<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw this.#convert(error)
    }
  }

  async #guardRead<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      throw this.#convert(error)
    }
  }

  #convert(error: unknown): unknown {
    return error instanceof KeyblokError ? (this.#visit.onError?.(error) ?? error) : error
  }
}

/** Storyblok also finds stories by id, and a slug is whatever a visitor typed. */
function belongsTo(story: WireStory, { contentType }: StorySource, fullSlug: string): boolean {
  const isType = contentType === undefined || story.content.component === contentType
  return isType && trimSlashes(story.full_slug) === trimSlashes(fullSlug)
}

/** Gives each story its path, and puts its related stories in. */
async function completeStories(
  delivery: Delivery,
  access: Access,
  space: Space,
  stories: readonly WireStory[],
  { rels, rel_uuids: relUuids = [] }: { rels: WireStory[]; rel_uuids?: string[] },
): Promise<void> {
  const related = relUuids.length === 0 ? rels : await readRelated(delivery, access, relUuids)
  for (const story of [...stories, ...related]) Object.assign(story, { href: storyHref(space, story.full_slug) })
  inlineRelations(stories, related, space.resolveRelations)
}

/** Past its limit of relations Storyblok only names them. */
async function readRelated(delivery: Delivery, access: Access, uuids: readonly string[]): Promise<WireStory[]> {
  const chunks = Array.from({ length: Math.ceil(uuids.length / mostRelationsPerRead) }, (_, index) =>
    uuids.slice(index * mostRelationsPerRead, (index + 1) * mostRelationsPerRead),
  )
  const answers = await Promise.all(
    chunks.map((byUuids) => delivery.stories(access, { byUuids, perPage: mostRelationsPerRead })),
  )
  return answers.flatMap(({ stories }) => stories)
}
