import type { FilterConditions, FilterQuery } from '../delivery/filter-query.js'
import type { ReadContext } from '../delivery/delivery.js'
import type { HeldAnswers } from '../delivery/held-answers.js'
import { planPages, readAllPages } from '../delivery/pages.js'
import type { StoriesQuery, StoryQuery } from '../delivery/query.js'
import type { RequestScope } from '../delivery/published-cache.js'
import type {
  DatasourceEntry,
  PrivateAsset,
  Sideloaded,
  SpaceInfo,
  StoriesAnswer,
  StoryAnswer,
  Tag,
  WireLink,
  WireStory,
} from '../delivery/wire.js'
import { KeyblokError } from '../errors.js'
import type { Connection } from '../connection.js'
import type { Site, Visit } from '../site.js'
import type { Access, Version } from '../tokens/access.js'
import { draftHeaders } from '../tokens/draft-headers.js'
import type { BulkSource } from './bulk.js'
import { completeStories } from './complete.js'
import { storyHref } from './href.js'
import type { StoryLink } from './href.js'
import { Journal } from './journal.js'
import { findLanguage, languageParameters } from './languages.js'
import type { RawReading } from './raw-reading.js'
import { RelatedStories } from './related.js'
import { hasSlug, isIn, pathOf, resolveSlug } from './slugs.js'
import { hasContentType } from './source.js'
import type { StorySource } from './source.js'
import type { EnvPrefix, Space } from './space.js'
import type { DatasourceName, DatasourceValue, SourceStory, Story } from './types.js'
import type { UnsavedStory } from './unsaved-content.js'
import { withUnsaved } from './with-unsaved.js'
import type { ReadStories } from './with-unsaved.js'

/** One page of stories. */
export interface StoriesPage<S = Story> {
  stories: readonly S[]
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

/** What one read may ask for in its own way. */
export interface ReadOptions {
  /** The language, in place of the request's. */
  language?: string
  /** The id of a release whose content is read; it needs the release's token or the right to see drafts. */
  fromRelease?: string | number
  /** The version; it can narrow what may be read, never widen it outside tests. */
  version?: Version
  /** Ends the read. */
  signal?: AbortSignal
}

/** Which story: by its slug, relative to the source's folder, or by what never changes. */
export type StoryKey = string | { uuid: string } | { id: number }

/** How far a long read came. */
export interface ReadProgress {
  read: number
  total: number
}

/** What one read works with. */
interface Reading {
  access: Access
  connection: Connection
  /** The space, with the framework's routing. */
  space: Space
  /** The language, in the space's spelling. */
  language: string | undefined
  scope: RequestScope
}

/** The most that one request may ask for by UUID. */
const mostUuids = 100
const linksPerRead = 1000
const entriesPerRead = 1000

/**
 * Reads what no source describes, as the API answers it, with a reader's access. It is no method, since sites have no use
 * for it.
 *
 * @param key - Tells the read from every other of the space.
 */
export let readRaw: <T>(
  storyblok: Storyblok,
  space: Space,
  key: string,
  options: ReadOptions,
  read: (raw: RawReading) => Promise<T>,
) => Promise<T>

/**
 * Reads content with the access of one request. Every method throws a {@link KeyblokError}; missing content is `null`.
 * What it gives is frozen, since readers share it.
 *
 * It is a class instance with private fields, so a `load` that returns it by mistake fails to serialise.
 */
export class Storyblok {
  readonly #site: Site
  readonly #visit: Visit
  readonly #accesses = new Map<EnvPrefix, Access>()
  /** What this request read, and what that took. */
  readonly journal: Journal = new Journal()
  /** Whether anything was read that only this reader may see. */
  #private = false
  /** Whether the response's headers are decided, so that nothing private may come any more. */
  #decided = false

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

  /** The language that this request reads, where the framework told one. */
  get language(): string | undefined {
    const { language } = this.#visit
    return typeof language === 'function' ? language() : language
  }

  /**
   * Reads one story.
   *
   * @param source - What kind of story, and in which folder.
   * @param key - Its slug, relative to the source's folder: empty or `undefined` is the folder's start page, in a source
   * without folder the space's home. There, the code of the request's language may stand before it, as paths have it.
   * Or its `uuid` or `id`.
   * @returns The story, or `null` when there is none, when it belongs to another source, or when the slug is not one.
   */
  story<Type extends string, Name extends string, Relation extends string>(
    source: StorySource<Type, Name, Relation>,
    key?: StoryKey,
    options: ReadOptions = {},
  ): Promise<SourceStory<Type, Name, Relation> | null> {
    return this.#read(source.space, options, (reading) => {
      const story = noted(this.#findStory(source, key, reading), (found) => this.journal.story(source.space, found))
      return story as Promise<SourceStory<Type, Name, Relation> | null>
    })
  }

  #findStory(source: StorySource, key: StoryKey | undefined, reading: Reading): Story | null | Promise<Story | null> {
    const identifier = typeof key === 'object' ? key : resolveSlug(source, key, reading.language, reading.space)
    if (identifier === null) return null
    const { access, connection } = reading
    if (this.#visit.building && typeof identifier === 'string') {
      return this.#bulk(source, reading).then((bulk) => connection.bulk(access).story(bulk, identifier))
    }
    return this.#cached(reading, `story ${keyOf(source)} ${nameOf(identifier)}`, (context) =>
      this.#readStory(source, identifier, reading, context),
    )
  }

  /**
   * Reads one page of stories.
   *
   * @param options - Which page, from 1, and how many stories a page has, up to 100.
   */
  stories<Type extends string, Name extends string, Relation extends string>(
    source: StorySource<Type, Name, Relation>,
    { page = 1, perPage = source.perPage, ...options }: ReadOptions & { page?: number; perPage?: number } = {},
  ): Promise<StoriesPage<SourceStory<Type, Name, Relation>>> {
    return this.#read(source.space, options, (reading) => {
      const list = this.#cached(reading, `stories ${keyOf(source)} ${page} ${perPage}`, async (context) => {
        const { access, connection } = reading
        const query = { ...listQuery(source, reading), page, perPage }
        const { total, ...answer } = await connection.delivery.stories(access, query, context)
        const stories = await this.#complete(answer.stories, answer, source, reading, context)
        return Object.freeze({
          stories: Object.freeze(stories as SourceStory<Type, Name, Relation>[]),
          total,
          page,
          pages: Math.ceil(total / perPage),
        })
      })
      return noted(list, ({ stories }) => this.journal.list(source, stories as readonly Story[]))
    })
  }

  /**
   * Reads those stories of a source that have the UUIDs given, in no order. Those that the source has not are left out.
   *
   * @param uuids - UUIDs, any number.
   */
  byUuids<Type extends string, Name extends string, Relation extends string>(
    source: StorySource<Type, Name, Relation>,
    uuids: readonly string[],
    options: ReadOptions = {},
  ): Promise<readonly SourceStory<Type, Name, Relation>[]> {
    return this.#read(source.space, options, async (reading) => {
      const { access, connection, scope } = reading
      const chunks = Array.from({ length: Math.ceil(uuids.length / mostUuids) }, (_, index) =>
        uuids.slice(index * mostUuids, (index + 1) * mostUuids),
      )
      const context: ReadContext = { ...scope }
      const read = async (byUuids: readonly string[]): Promise<Story[]> => {
        const query = { ...listQuery(source, reading), byUuids, perPage: mostUuids }
        const { stories, ...answer } = await connection.delivery.stories(access, query, context)
        return this.#complete(stories, answer, source, reading, context)
      }
      const stories = (await Promise.all(chunks.map(read))).flat()
      this.journal.list(source, stories)
      return Object.freeze(stories as SourceStory<Type, Name, Relation>[])
    })
  }

  /**
   * Reads every story of a source, a few pages ahead of the consumer, so that a large source never lies in memory whole.
   *
   * A story that belongs to the source all the while comes exactly once and in order, whatever is published, deleted or
   * moved meanwhile: the list is read again when it changed, and what came already is left out.
   *
   * @param options - `onProgress` is told after each page how many stories were read, and of how many.
   */
  async *each<Type extends string, Name extends string, Relation extends string>(
    source: StorySource<Type, Name, Relation>,
    { onProgress, ...options }: ReadOptions & { onProgress?: (progress: ReadProgress) => void } = {},
  ): AsyncGenerator<SourceStory<Type, Name, Relation>, void, undefined> {
    try {
      const reading = this.#open(source.space, options)
      const context: ReadContext = { ...reading.scope, shared: false }
      this.journal.list(source, [])
      const stories = this.#readAll(source, reading, context, false, onProgress)
      for await (const story of stories) {
        this.journal.passing(source, story)
        yield story as SourceStory<Type, Name, Relation>
      }
    } catch (error) {
      throw this.#convert(error)
    }
  }

  /** Reads every story of a source into an array, with the guarantee of {@link Storyblok.each}. */
  all<Type extends string, Name extends string, Relation extends string>(
    source: StorySource<Type, Name, Relation>,
    { onProgress, ...options }: ReadOptions & { onProgress?: (progress: ReadProgress) => void } = {},
  ): Promise<readonly SourceStory<Type, Name, Relation>[]> {
    return this.#read(source.space, options, (reading) => {
      const { access, connection } = reading
      const stories = this.#visit.building
        ? this.#bulk(source, reading).then((bulk) => connection.bulk(access).all(bulk))
        : this.#cached(reading, `all ${keyOf(source)}`, async (context) =>
            Object.freeze(await collect(this.#readAll(source, reading, context, true, onProgress))),
          )
      return noted(stories as Promise<readonly Story[]>, (list) => this.journal.list(source, list)) as Promise<
        readonly SourceStory<Type, Name, Relation>[]
      >
    })
  }

  /**
   * Reads the space's stories and folders without their content, such as for a navigation.
   *
   * @param options - `startsWith` keeps one folder; `includeDates` adds the times of creation and publication.
   */
  links(
    space: Space,
    { startsWith, includeDates, ...options }: ReadOptions & { startsWith?: string; includeDates?: boolean } = {},
  ): Promise<readonly Link[]> {
    return this.#read(space, options, (reading) => {
      const key = `links ${keyOf(space)} ${startsWith}${includeDates ? ' dates' : ''}`
      const links = this.#cached(reading, key, async (context) => {
        const found = await readPages(linksPerRead, async (page) => {
          const query = { startsWith, includeDates: includeDates || undefined, page, perPage: linksPerRead }
          const answer = await reading.connection.delivery.links(reading.access, query, context)
          return { items: answer.links, total: answer.total }
        })
        return Object.freeze(
          found.map((link) =>
            Object.freeze({ ...link, href: pathOf(reading.space, linkSlug(link, reading), reading.language) }),
          ),
        )
      })
      return noted(links, () => this.journal.other(space, (tags) => tags.links))
    })
  }

  /**
   * Reads all entries of a datasource.
   *
   * @param slug - The datasource's slug.
   * @param options - `dimension` is the code of a dimension; its values are the entries' `dimension_value`.
   */
  datasource<Name extends string, const Slug extends DatasourceName<Name>>(
    space: Space<Name>,
    slug: Slug,
    { dimension, ...options }: ReadOptions & { dimension?: string } = {},
  ): Promise<readonly DatasourceEntry<DatasourceValue<Slug, Name>>[]> {
    return this.#read(space, options, (reading) => {
      const entries = this.#cached(reading, `datasource ${slug} ${dimension}`, async (context) => {
        const found = await readPages(entriesPerRead, async (page) => {
          const query = { datasource: slug, dimension, page, perPage: entriesPerRead }
          const answer = await reading.connection.delivery.datasourceEntries(reading.access, query, context)
          return { items: answer.entries, total: answer.total }
        })
        return Object.freeze(found.map((entry) => Object.freeze(entry as DatasourceEntry<DatasourceValue<Slug, Name>>)))
      })
      return noted(entries, () => this.journal.other(space, (tags) => tags.datasource(slug)))
    })
  }

  /**
   * Reads the tags of stories, with how many stories have each.
   *
   * @param options - `startsWith` counts one folder's stories.
   */
  tags(space: Space, { startsWith, ...options }: ReadOptions & { startsWith?: string } = {}): Promise<readonly Tag[]> {
    return this.#read(space, options, (reading) => {
      const tags = this.#cached(reading, `tags ${startsWith}`, async (context) => {
        const found = await reading.connection.delivery.tags(reading.access, { startsWith }, context)
        return Object.freeze(found.map((tag) => Object.freeze(tag)))
      })
      return noted(tags, () => this.journal.other(space, (names) => names.tags))
    })
  }

  /**
   * Gives the `href` of a link in this request's language; `undefined` for an empty one and for schemes that could run
   * code, which leaves the attribute out. It reads nothing.
   *
   * @param link - A link field, a link's attributes, or a full slug.
   */
  href(space: Space, link: string | StoryLink | null | undefined): string | undefined {
    const options = { language: this.language }
    const routed = this.#site.routed(space)
    return typeof link === 'string' ? storyHref(link, routed, options) : storyHref(link, routed, options)
  }

  /** Reads what a space says of itself: its name, domain and languages. */
  space(space: Space, options: ReadOptions = {}): Promise<SpaceInfo> {
    return this.#read(space, options, ({ access, connection, scope }) => connection.delivery.space(access, scope))
  }

  /**
   * Opens a private asset for a while, with the asset token.
   *
   * @param filename - The asset's URL, as fields hold it.
   * @returns The asset with its signed URL, or `null` when there is none. Nothing of it is cached.
   */
  asset(space: Space, filename: string, { signal }: Pick<ReadOptions, 'signal'> = {}): Promise<PrivateAsset | null> {
    return this.#guardRead(async () => {
      const { settings, delivery } = this.#site.connect(space.envPrefix)
      const token = settings.tokens.asset
      if (!token) {
        throw new KeyblokError('KB_TOKEN_MISSING', `${space.envPrefix}_ASSET_TOKEN is not set.`, {
          hint: `Create an asset token in Storyblok under Settings → Access tokens and set ${space.envPrefix}_ASSET_TOKEN.`,
        })
      }
      const access: Access = { version: 'published', token, reason: 'Private assets have a token of their own.' }
      return delivery.asset(access, filename, { signal: signal ?? this.#visit.signal })
    })
  }

  static {
    readRaw = (storyblok, space, key, options, read) => storyblok.#readRaw(space, key, options, read)
  }

  #readRaw<T>(space: Space, key: string, options: ReadOptions, read: (raw: RawReading) => Promise<T>): Promise<T> {
    return this.#read(space, options, (reading) => {
      const { access, connection } = reading
      return this.#cached(reading, `raw ${key}`, (context) =>
        read({
          access,
          delivery: connection.delivery,
          context,
          gather: ({ stories, ...answer }, query) => this.#gather(stories, answer, query, reading, context),
        }),
      )
    })
  }

  /** Whether anything was read that no cache may keep: a draft, or a release. */
  get isPrivate(): boolean {
    return this.#private
  }

  /**
   * Decides the headers that the response must carry: those of a draft when any space is read as draft, or a release
   * was read. Nothing private can be read afterwards, since the response could no longer say so.
   */
  decideHeaders(): Readonly<Record<string, string>> {
    this.#private ||= this.#site.spaces.some((prefix) => this.#readsDraft(prefix))
    this.#decided = true
    return this.#private ? draftHeaders : {}
  }

  /** A site that cannot read at all shows no draft. */
  #readsDraft(prefix: EnvPrefix): boolean {
    try {
      return this.#access(prefix).version === 'draft'
    } catch (error) {
      if (error instanceof KeyblokError) return false
      throw error
    }
  }

  #open(space: Space, options: ReadOptions): Reading {
    const { envPrefix } = space
    const { language, version, signal } = options
    const release = this.#releaseOf(envPrefix, options)
    const plain = release === undefined && version === undefined
    const access = plain ? this.#access(envPrefix) : this.#decide(envPrefix, version, release)
    const connection = this.#site.connect(envPrefix)
    this.journal.open(space, access, () => connection.delivery.versions.known(access.token))
    return {
      access,
      connection,
      space: this.#site.routed(space),
      language: findLanguage(space, language ?? this.language),
      scope: {
        signal: signal ?? this.#visit.signal,
        waitUntil: this.#visit.waitUntil,
        onEvent: this.journal.hear,
        held: this.#heldIn(connection),
      },
    }
  }

  /** While an editor writes, what else the page shows is read once in a while only. */
  #heldIn({ drafts, settings: { spaceId } }: Connection): HeldAnswers | undefined {
    const { grants = [], unsaved } = this.#visit
    const claims = grants.find((grant) => grant.spaceId === spaceId)?.session.claims
    return unsaved && claims ? drafts.of(`${claims.kid} ${claims.iat}`) : undefined
  }

  /** The release that is asked for, or that the editor shows. */
  #releaseOf(envPrefix: EnvPrefix, { fromRelease, version }: ReadOptions): string | undefined {
    if (fromRelease !== undefined) return String(fromRelease)
    const { release, grants = [] } = this.#visit
    if (release === undefined || version === 'published' || this.#visit.version === 'published') return undefined
    const { spaceId } = this.#site.connect(envPrefix).settings
    return grants.some((grant) => grant.spaceId === spaceId) ? release : undefined
  }

  /** Decides once a space: the request does not change. */
  #access(envPrefix: EnvPrefix): Access {
    const known = this.#accesses.get(envPrefix)
    if (known) return known
    const access = this.#decide(envPrefix)
    this.#accesses.set(envPrefix, access)
    return access
  }

  #decide(envPrefix: EnvPrefix, version?: Version, release?: string): Access {
    const access = this.#site.access(this.#visit, envPrefix, version, release)
    if (access.version === 'published' && release === undefined) return access
    if (!this.#decided || this.#private) {
      this.#private = true
      return access
    }
    if (version === undefined && release === undefined) {
      const reason = 'Published: the response began before this space was known, without the headers of a draft.'
      return { ...this.#site.access(this.#visit, envPrefix, 'published'), reason }
    }
    throw new KeyblokError(
      release === undefined ? 'KB_DRAFT_REFUSED' : 'KB_RELEASE_REFUSED',
      'The response already began without the headers of a draft.',
      { hint: 'Read it before the response begins, such as in the page and not in a component.' },
    )
  }

  /** Published reads are kept and shared; drafts and releases never. */
  #cached<T>(reading: Reading, key: string, load: (context: ReadContext) => Promise<T>): T | Promise<T> {
    const { access, connection, language, scope } = reading
    if (access.version === 'draft' || access.release !== undefined) return load({ ...scope })
    const name = `${language ?? ''} ${key}`
    return connection.cache.peek<T>(access, name, scope) ?? connection.cache.read(access, name, scope, load)
  }

  /** While building, one read of the whole source answers for each of its stories. */
  async #bulk(source: StorySource, reading: Reading): Promise<BulkSource> {
    const { access, connection, language, scope } = reading
    const state = access.release ?? (await connection.stateOf(access, scope))
    return {
      key: `${access.version} ${state} ${language ?? ''} ${keyOf(source)} ${keyOf(reading.space)}`,
      read: () => this.#readAll(source, reading, {}, true),
    }
  }

  async #readStory(
    source: StorySource,
    identifier: Identifier,
    reading: Reading,
    context: ReadContext,
  ): Promise<Story | null> {
    const answer = await this.#askStory(source, identifier, reading, context)
    if (!answer) return null
    const isOwn = typeof identifier === 'string' ? hasSlug(answer.story, identifier) : isIn(source, answer.story)
    if (!isOwn) return null
    if (!hasContentType(source, answer.story.content?.component)) return null
    return (await this.#complete([answer.story], answer, source, reading, context))[0] ?? null
  }

  #askStory(
    source: StorySource,
    identifier: Identifier,
    reading: Reading,
    context: ReadContext,
  ): Promise<StoryAnswer | null> {
    if (source.filterQuery) return this.#askFiltered(source, identifier, reading, context)
    const { access, connection } = reading
    const target = typeof identifier === 'string' ? { slug: identifier } : identifier
    return connection.delivery.story(access, target, storyQuery(source, reading), context)
  }

  /** Only lists are filtered. In their slugs an asterisk stands for anything and a comma separates, so none has them. */
  async #askFiltered(
    source: StorySource,
    identifier: Identifier,
    reading: Reading,
    context: ReadContext,
  ): Promise<StoryAnswer | null> {
    if (/[*,]/.test(nameOf(identifier))) return null
    const query = { ...listQuery(source, reading), ...listedBy(identifier), perPage: 1, startsWith: undefined }
    const { stories, ...answer } = await reading.connection.delivery.stories(reading.access, query, context)
    return stories[0] ? { ...answer, story: stories[0] } : null
  }

  #readAll(
    source: StorySource,
    reading: Reading,
    context: ReadContext,
    keeping: boolean,
    onProgress?: (progress: ReadProgress) => void,
  ): AsyncGenerator<Story, void, undefined> {
    const { access, connection } = reading
    const { delivery } = connection
    const related = new RelatedStories(delivery, access, storyQuery(source, reading))
    const complete = ({ stories, ...answer }: StoriesAnswer, pageContext: ReadContext): Promise<Story[]> =>
      this.#complete(stories, answer, source, reading, pageContext, keeping ? related : undefined)
    const plan = { ...planPages(delivery, keeping), onProgress }
    return readAllPages(delivery, access, listQuery(source, reading), plan, context, complete)
  }

  async #complete(
    stories: readonly WireStory[],
    answer: Sideloaded,
    source: StorySource,
    reading: Reading,
    context: ReadContext,
    related?: RelatedStories,
  ): Promise<Story[]> {
    const { space, language } = reading
    const relations = relationsOf(source)
    const levels = space.resolveLevel ?? 2
    const query = storyQuery(source, reading)
    const isWhole = answer.rel_uuids === undefined && answer.link_uuids === undefined && !this.#unsavedIn(reading)
    if (isWhole) this.journal.asked(relations, query.resolveLinks)
    const read = isWhole
      ? { stories, rels: answer.rels, links: answer.links }
      : await this.#gather(stories, answer, query, reading, context, related)
    return completeStories(read.stories, read, { space, language, relations, levels })
  }

  /** Reads what an answer only names, and puts what is unsaved in its place. */
  async #gather(
    stories: readonly WireStory[],
    answer: Sideloaded,
    query: StoryQuery,
    reading: Reading,
    context: ReadContext,
    related?: RelatedStories,
  ): Promise<ReadStories> {
    const { access, connection } = reading
    const { resolveRelations: relations = [], resolveLinks, resolveLevel: levels = 2, language } = query
    this.journal.asked(relations, resolveLinks)
    const isWhole = answer.rel_uuids === undefined && answer.link_uuids === undefined
    const others = related ?? new RelatedStories(connection.delivery, access, query)
    const { rels, links = [] } = isWhole ? answer : await others.of(answer, context)
    const unsaved = this.#unsavedIn(reading)
    if (!unsaved) return { stories, rels, links }
    const following = { relations, levels, links: resolveLinks !== undefined, language, related: others, context }
    return withUnsaved({ stories, rels, links }, unsaved, following)
  }

  /** What an editor did not save, where this reads what editors see. */
  #unsavedIn({ access, connection }: Reading): UnsavedStory | undefined {
    const { unsaved } = this.#visit
    const isEditors = access.version === 'draft' || access.release !== undefined
    return isEditors && unsaved?.spaceId === connection.settings.spaceId ? unsaved : undefined
  }

  #read<T>(space: Space, options: ReadOptions, read: (reading: Reading) => T | Promise<T>): Promise<T> {
    return this.#guardRead(() => read(this.#open(space, options)))
  }

  #guard<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      throw this.#convert(error)
    }
  }

  /** What is at hand is not waited for. */
  #guardRead<T>(read: () => T | Promise<T>): Promise<T> {
    const fail = (error: unknown): never => {
      throw this.#convert(error)
    }
    try {
      const result = read()
      return result instanceof Promise ? result.catch(fail) : Promise.resolve(result)
    } catch (error) {
      return Promise.reject(error).catch(fail)
    }
  }

  #convert(error: unknown): unknown {
    this.journal.failed = true
    return error instanceof KeyblokError ? (this.#visit.onError?.(error) ?? error) : error
  }
}

/** A story by its full slug, or by what never changes. */
type Identifier = string | { uuid: string } | { id: number }

function nameOf(identifier: Identifier): string {
  if (typeof identifier === 'string') return identifier
  return 'uuid' in identifier ? `uuid ${identifier.uuid}` : `id ${identifier.id}`
}

/** The parameters that make a list one of the story. A folder's start page has a slash after its slug. */
function listedBy(identifier: Identifier): StoriesQuery {
  if (typeof identifier === 'string') return { bySlugs: [identifier, `${identifier}/`] }
  return 'uuid' in identifier ? { byUuids: [identifier.uuid] } : { byIds: [identifier.id] }
}

/** Takes note of a result when it is there, which is at once for what was at hand. */
function noted<T>(result: T | Promise<T>, note: (value: T) => void): T | Promise<T> {
  const take = (value: T): T => {
    note(value)
    return value
  }
  return result instanceof Promise ? result.then(take) : take(result)
}

const keys = new WeakMap<object, string>()

/** Tells a definition from every other one by what it says, so that equal ones share. */
function keyOf(definition: Space | StorySource): string {
  const known = keys.get(definition)
  if (known !== undefined) return known
  const key = JSON.stringify(definition)
  keys.set(definition, key)
  return key
}

function relationsOf({ space, resolveRelations = space.resolveRelations }: StorySource): readonly string[] {
  return resolveRelations
}

function storyQuery(source: StorySource, { space, language }: Reading): StoryQuery {
  return {
    resolveRelations: relationsOf(source),
    resolveLevel: relationsOf(source).length > 0 ? space.resolveLevel : undefined,
    resolveLinks: source.resolveLinks ?? space.resolveLinks,
    ...languageParameters(space, language),
  }
}

function listQuery(source: StorySource, reading: Reading): StoriesQuery {
  const { contentType, startsWith, sortBy, filterQuery } = source
  // The source has the last word: what is asked beside it may be a visitor's.
  const component = typeof contentType === 'object' && {
    ...(filterQuery as FilterConditions)?.component,
    in: contentType,
  }
  return {
    ...storyQuery(source, reading),
    ...(typeof contentType === 'string' && { contentType }),
    ...((component || filterQuery) && {
      filterQuery: { ...filterQuery, ...(component && { component }) } as FilterQuery,
    }),
    startsWith: startsWith || undefined,
    sortBy,
  }
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** A link's slug in the language that is read. */
function linkSlug({ slug, alternates = [] }: WireLink, { space, language }: Reading): string {
  if (language === undefined || language === space.languages?.[0]) return slug
  return alternates.find(({ lang }) => findLanguage(space, lang) === language)?.path ?? slug
}

/** Reads a list whose pages are large: one after the other. */
async function readPages<Item>(
  perPage: number,
  read: (page: number) => Promise<{ items: readonly Item[]; total: number }>,
): Promise<Item[]> {
  const items: Item[] = []
  for (let page = 1, total = 1; (page - 1) * perPage < total; page++) {
    const answer = await read(page)
    if (answer.items.length === 0) break
    total = answer.total
    items.push(...answer.items)
  }
  return items
}
