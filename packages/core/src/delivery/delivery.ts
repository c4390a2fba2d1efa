import { KeyblokError } from '../errors.js'
import type { Access } from '../tokens/access.js'
import { tokenName } from '../tokens/token-name.js'
import { parseAnswer, hasField } from './answer.js'
import type { JsonAnswer } from './answer.js'
import { CacheVersions } from './cache-versions.js'
import { createEmitter } from './events.js'
import type { DeliveryEvent, EventListener } from './events.js'
import type { HeldAnswers } from './held-answers.js'
import { serializeQuery } from './query.js'
import type {
  DatasourceEntriesQuery,
  DatasourcesQuery,
  LinksQuery,
  StoriesQuery,
  StoryQuery,
  TagsQuery,
} from './query.js'
import { RateLimiter } from './rate-limiter.js'
import { redactError, systemCode } from './redact.js'
import { SharedCache } from './shared-cache.js'
import type { SharedStorage } from './shared-cache.js'
import { encodeSlug } from './slug.js'
import { Transport, TransportTimeout } from './transport.js'
import type { Fetch, HttpAnswer, RetryOptions, TransportObserver } from './transport.js'
import type {
  Datasource,
  DatasourceEntriesAnswer,
  DatasourceEntry,
  DatasourcesAnswer,
  LinksAnswer,
  PrivateAsset,
  SpaceInfo,
  StoriesAnswer,
  StoryAnswer,
  Tag,
  WireLink,
} from './wire.js'

export interface DeliveryOptions extends Partial<RetryOptions> {
  /** The API's origin, such as `https://api.storyblok.com`. */
  apiOrigin: string
  /** The fetch to use; by default the global one at the time of each call. */
  fetch?: Fetch
  /** How long the space's cache version is used before it is asked for again, in milliseconds; 5000 by default. */
  cacheVersionLifetime?: number
  /** Whether requests keep within Storyblok's rate limits; they do by default. */
  rateLimit?: boolean
  /** A cache of published answers that several instances share. */
  sharedCache?: SharedStorage
  /** Is told of requests, retries and waits; nothing that it is told holds a token. */
  onEvent?: EventListener
}

/** Which story to read. */
export type StoryIdentifier = { slug: string } | { id: number } | { uuid: string }

/** What belongs to one read, which may take several requests. */
export interface ReadContext {
  /** Ends the read. */
  signal?: AbortSignal
  /** The cache version to ask with; a redirect changes it. */
  cv?: number
  /** How often a redirect changed it. */
  cvChanges?: number
  /** How long the answers were, in characters. */
  length?: number
  /** Whether answers go through the shared cache; they do by default. */
  shared?: boolean
  /** Lets work outlive the request, where the platform can. */
  waitUntil?: (work: Promise<unknown>) => void
  /** Is told of this read's events, beside whoever is told of all. */
  onEvent?: EventListener
  /** What is held of drafts for the editor who writes. */
  held?: HeldAnswers
}

const defaultRetry: RetryOptions = { attempts: 3, timeout: 5_000, deadline: 10_000 }
const redirects = new Set([301, 302, 303, 307, 308])
const mostRedirects = 3
const secondsPerDay = 86_400

/**
 * Reads from Storyblok's Content Delivery API, version 2, with the token and version of an access.
 *
 * Every method throws a {@link KeyblokError}: `KB_TOKEN_REFUSED` (401, 403), `KB_PARAMETER_INVALID` (400, 422),
 * `KB_RELEASE_REFUSED` (403 for a release), `KB_RATE_LIMITED` (429), `KB_TIMEOUT`, `KB_ABORTED`, `KB_UPSTREAM_FAILED` (no
 * connection, 5xx) or `KB_UPSTREAM_INVALID` (not the API's answer).
 */
export class Delivery {
  /** The cache versions that it learned. */
  readonly versions: CacheVersions
  /** Whether requests keep within the rate limits. */
  readonly limited: boolean
  readonly #emit: EventListener | undefined
  readonly #apiOrigin: string
  readonly #transport: Transport
  readonly #limiter = new RateLimiter()
  readonly #shared: SharedCache | undefined

  constructor(options: DeliveryOptions) {
    const { apiOrigin, fetch, cacheVersionLifetime = 5_000, rateLimit = true, sharedCache, onEvent, ...retry } = options
    this.#apiOrigin = apiOrigin
    this.#transport = new Transport(fetch, { ...defaultRetry, ...retry })
    this.versions = new CacheVersions(cacheVersionLifetime)
    this.limited = rateLimit
    this.#shared = sharedCache && new SharedCache(sharedCache)
    this.#emit = createEmitter(onEvent)
  }

  /** Tells of an event: whoever hears all of them, and whoever reads. */
  tell({ onEvent }: Pick<ReadContext, 'onEvent'>, event: DeliveryEvent): void {
    this.#emit?.(event)
    onEvent?.(event)
  }

  /**
   * Reads one story.
   *
   * @returns The story and its relations, or `null` when there is none in the access's version.
   */
  async story(
    access: Access,
    identifier: StoryIdentifier,
    query: StoryQuery = {},
    context: ReadContext = {},
  ): Promise<StoryAnswer | null> {
    const target = storyTarget(identifier)
    if (!target) return null
    if ('bySlug' in target) return this.#storyInList(access, target.bySlug, query, context)

    const findBy = target.findBy ? `find_by=${target.findBy}&` : ''
    const answer = await this.#read(access, `stories/${target.path}`, findBy + serializeQuery(query), 'story', context)
    return answer.status === 404 ? null : (answer.body as StoryAnswer)
  }

  /** Reads one page of stories. */
  async stories(access: Access, query: StoriesQuery = {}, context: ReadContext = {}): Promise<StoriesAnswer> {
    const answer = await this.#readFound(access, 'stories', query, 'stories', context)
    const body = answer.body as Omit<StoriesAnswer, 'total'>
    return { ...body, total: totalOf(answer, body.stories) }
  }

  /** Reads one page of links: stories and folders without content. */
  async links(access: Access, query: LinksQuery = {}, context: ReadContext = {}): Promise<LinksAnswer> {
    const answer = await this.#readFound(access, 'links', query, 'links', context, 'paginated=1')
    const links = Object.values((answer.body as { links: Record<string, WireLink> }).links)
    return { links, total: totalOf(answer, links) }
  }

  /** Reads one link, `null` when there is none. */
  async link(access: Access, uuid: string, context: ReadContext = {}): Promise<WireLink | null> {
    const path = encodeSlug(uuid)
    if (path === null || path.includes('/')) return null
    const answer = await this.#read(access, `links/${path}`, '', 'link', context)
    return answer.status === 404 ? null : (answer.body as { link: WireLink }).link
  }

  /** Reads one page of datasources. */
  async datasources(
    access: Access,
    query: DatasourcesQuery = {},
    context: ReadContext = {},
  ): Promise<DatasourcesAnswer> {
    const answer = await this.#readFound(access, 'datasources', query, 'datasources', context)
    const { datasources } = answer.body as { datasources: Datasource[] }
    return { datasources, total: totalOf(answer, datasources) }
  }

  /** Reads one datasource by its slug or id, `null` when there is none. */
  async datasource(access: Access, slugOrId: string, context: ReadContext = {}): Promise<Datasource | null> {
    const path = encodeSlug(slugOrId)
    if (path === null || path.includes('/')) return null
    const answer = await this.#read(access, `datasources/${path}`, '', 'datasource', context)
    return answer.status === 404 ? null : (answer.body as { datasource: Datasource }).datasource
  }

  /** Reads one page of a datasource's entries. */
  async datasourceEntries(
    access: Access,
    query: DatasourceEntriesQuery = {},
    context: ReadContext = {},
  ): Promise<DatasourceEntriesAnswer> {
    const field = 'datasource_entries'
    const answer = await this.#readFound(access, field, query, field, context)
    const entries = (answer.body as { [field]: DatasourceEntry[] })[field]
    return { entries, total: totalOf(answer, entries) }
  }

  /** Reads the tags of stories. */
  async tags(access: Access, query: TagsQuery = {}, context: ReadContext = {}): Promise<Tag[]> {
    const answer = await this.#readFound(access, 'tags', query, 'tags', context)
    return (answer.body as { tags: Tag[] }).tags
  }

  /** Reads what the space says of itself. */
  async space(access: Access, context: ReadContext = {}): Promise<SpaceInfo> {
    const answer = await this.#readFound(access, 'spaces/me', {}, 'space', { ...context, shared: false })
    return (answer.body as { space: SpaceInfo }).space
  }

  /**
   * Opens a private asset for a while.
   *
   * @param access - One with the asset token.
   * @param filename - The asset's URL, as fields hold it.
   * @returns The asset with its signed URL, or `null` when there is none.
   */
  async asset(access: Access, filename: string, context: ReadContext = {}): Promise<PrivateAsset | null> {
    // What is signed is opened for a while, and never for another reader.
    const query = `filename=${encodeURIComponent(filename)}`
    const answer = await this.#read(access, 'assets/me', query, 'asset', { ...context, shared: false })
    return answer.status === 404 ? null : (answer.body as { asset: PrivateAsset }).asset
  }

  /**
   * Asks for the space's cache version as the access's token sees it.
   *
   * @returns The version to use from now on; `undefined` when the API names none.
   */
  async askCacheVersion(access: Access, context: ReadContext = {}): Promise<number | undefined> {
    const probe: ReadContext = { ...context, cv: undefined, shared: false }
    await this.#read(access, 'stories', 'per_page=1', 'stories', probe, true)
    return this.versions.known(access.token)
  }

  /** A path of digits means an id to the API, so a slug of digits is looked up in the list. */
  async #storyInList(
    access: Access,
    slug: string,
    query: StoryQuery,
    context: ReadContext,
  ): Promise<StoryAnswer | null> {
    const { stories, ...answer } = await this.stories(access, { ...query, bySlugs: [slug], perPage: 1 }, context)
    const story = stories[0]
    return story ? { ...answer, story } : null
  }

  async #readFound(
    access: Access,
    path: string,
    query: StoriesQuery & LinksQuery,
    field: string,
    context: ReadContext,
    fixed = '',
  ): Promise<JsonAnswer> {
    const serialized = [fixed, serializeQuery(query)].filter((part) => part !== '').join('&')
    const perPage = query.perPage ?? 1
    const answer = await this.#read(access, path, serialized, field, context, false, perPage)
    if (answer.status !== 404) return answer
    throw new KeyblokError('KB_UPSTREAM_INVALID', `${path} was not found.`, { status: 404, url: answer.url })
  }

  /**
   * Reads an endpoint. Storyblok names the cache version by a redirect, of which only that number is taken.
   *
   * @param probing - Whether the redirect is all that is wanted.
   */
  async #read(
    access: Access,
    path: string,
    query: string,
    field: string,
    context: ReadContext,
    probing = false,
    perPage = 1,
  ): Promise<JsonAnswer> {
    const { version, token, release } = access
    const versioned = version === 'published' && release === undefined
    if (versioned && !probing) context.cv ??= this.versions.fresh(token)
    const extra = release === undefined ? '' : `&from_release=${encodeURIComponent(release)}`
    const base = `${this.#apiOrigin}/v2/cdn/${path}?version=${version}${extra}${query === '' ? '' : `&${query}`}`
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const url = context.cv === undefined ? base : `${base}&cv=${context.cv}`
      const cached = versioned ? await this.#readShared(access, url, field, context) : undefined
      if (cached) return cached

      const held = versioned ? undefined : context.held?.get(url)
      const answer = held ?? (await this.#send(access, url, path, perPage, context))
      if (!redirects.has(answer.status)) {
        const parsed = parseAnswer(answer, url, access, field)
        context.length = (context.length ?? 0) + answer.text.length
        if (versioned) await this.#keep(access, answer, parsed, url, context)
        else if (!held && parsed.status === 200) context.held?.set(url, answer)
        return parsed
      }
      const cv = cacheVersionIn(answer.headers.get('location'))
      if (cv === undefined) break
      if (context.cv !== undefined) context.cvChanges = (context.cvChanges ?? 0) + 1
      context.cv = this.versions.learn(token, cv)
      if (probing) return { status: 301, headers: answer.headers, body: {}, url }
    }
    throw new KeyblokError('KB_UPSTREAM_INVALID', `${path} was redirected elsewhere.`)
  }

  async #readShared(access: Access, url: string, field: string, context: ReadContext): Promise<JsonAnswer | undefined> {
    if (!this.#shared || context.shared === false || context.cv === undefined) return undefined
    const stored = await this.#shared.get(`${await tokenName(access.token)} ${url}`)
    const parsed = stored && hasField(stored, url, field)
    if (!parsed) return undefined
    context.length = (context.length ?? 0) + stored.text.length
    this.tell(context, { type: 'cache', outcome: 'shared-hit', key: new URL(url).pathname })
    return parsed
  }

  /** Learns the version that an answer itself names, and shares the answer. */
  async #keep(
    access: Access,
    answer: HttpAnswer,
    { status, body }: JsonAnswer,
    url: string,
    context: ReadContext,
  ): Promise<void> {
    if (context.cv === undefined) {
      const named = 'cv' in body && typeof body.cv === 'number' ? plausible(body.cv) : undefined
      if (named !== undefined) this.versions.learn(access.token, named)
      return
    }
    if (!this.#shared || context.shared === false || status !== 200) return
    const kept = this.#shared.set(`${await tokenName(access.token)} ${url}`, answer)
    if (context.waitUntil) context.waitUntil(kept)
    else await kept
  }

  async #send(access: Access, url: string, path: string, perPage: number, context: ReadContext): Promise<HttpAnswer> {
    const { signal } = context
    try {
      const secretUrl = `${url}&token=${encodeURIComponent(access.token.reveal())}`
      return await this.#transport.send({ url: secretUrl }, this.#observe(access, path, perPage, context), signal)
    } catch (error) {
      if (error instanceof KeyblokError) throw error
      if (signal?.aborted) throw new KeyblokError('KB_ABORTED', 'Its signal was aborted.', { url })
      if (error instanceof TransportTimeout) throw new KeyblokError('KB_TIMEOUT', `It gave ${error.message}.`, { url })
      const cause = redactError(error, access.token)
      const reason = systemCode(cause)
      const said = `${new URL(url).origin} cannot be reached${reason === undefined ? '' : `: ${reason}`}.`
      throw new KeyblokError('KB_UPSTREAM_FAILED', said, { url, cause })
    }
  }

  #reserve(perPage: number): number {
    const place = this.#limiter.reserve(perPage)
    if (place !== null) return place
    throw new KeyblokError('KB_RATE_LIMITED', 'More requests wait for their place than can be sent in half a minute.')
  }

  #observe({ version, token }: Access, path: string, perPage: number, context: ReadContext): TransportObserver {
    return {
      beforeRequest: () => (this.limited ? this.#reserve(perPage) : 0),
      onWait: (delay) => this.tell(context, { type: 'rate-wait', path, delay }),
      onAnswer: (status, ms, attempt) => {
        if (status === 429) this.#limiter.pause()
        this.tell(context, { type: 'request', path, version, status, ms, attempt })
      },
      onFailure: (error, ms, attempt) => {
        const reason = redactError(error, token)
        const said = systemCode(reason) ?? reason.message
        this.tell(context, { type: 'failure', path, version, reason: said, ms, attempt })
      },
      onRetry: (attempt, delay) => this.tell(context, { type: 'retry', path, attempt, delay }),
    }
  }
}

function totalOf({ headers }: JsonAnswer, items: readonly unknown[]): number {
  const total = Number(headers.get('total') ?? Number.NaN)
  return Number.isSafeInteger(total) && total >= 0 ? total : items.length
}

type StoryTarget = { path: string; findBy?: 'uuid' } | { bySlug: string } | null

function storyTarget(identifier: StoryIdentifier): StoryTarget {
  if ('id' in identifier) return { path: String(Math.trunc(identifier.id)) }
  const path = encodeSlug('uuid' in identifier ? identifier.uuid : identifier.slug)
  if (path === null) return null
  if ('uuid' in identifier) return path.includes('/') ? null : { path, findBy: 'uuid' }
  return /^\d+$/.test(path) ? { bySlug: path } : { path }
}

function cacheVersionIn(location: string | null): number | undefined {
  const query = location?.split('?')[1]
  return plausible(Number(new URLSearchParams(query).get('cv') ?? Number.NaN))
}

/** A cache version is a time in Unix seconds. One from the far future would pin what caches hold of it. */
function plausible(cv: number): number | undefined {
  const latest = Date.now() / 1000 + secondsPerDay
  return Number.isSafeInteger(cv) && cv > 1 && cv < latest ? cv : undefined
}
