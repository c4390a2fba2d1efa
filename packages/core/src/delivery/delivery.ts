import { KeyblokError } from '../errors.js'
import type { Access } from '../tokens/access.js'
import { CacheVersions } from './cache-versions.js'
import { serializeQuery } from './query.js'
import type { LinksQuery, StoriesQuery, StoryQuery } from './query.js'
import { redact, redactError, systemCode } from './redact.js'
import { encodeSlug } from './slug.js'
import { Transport, TransportTimeout } from './transport.js'
import type { HttpAnswer, RetryOptions } from './transport.js'
import type { LinksAnswer, SpaceInfo, StoriesAnswer, StoryAnswer, WireLink } from './wire.js'

export interface DeliveryOptions extends Partial<RetryOptions> {
  /** The API's origin, such as `https://api.storyblok.com`. */
  apiOrigin: string
  /** The fetch to use; by default the global one at the time of each call. */
  fetch?: (input: string, init?: RequestInit) => Promise<Response>
  /** How long the space's cache version is used before it is asked for again, in milliseconds; 5000 by default. */
  cacheVersionLifetime?: number
}

/** Which story to read. */
export type StoryIdentifier = { slug: string } | { id: number } | { uuid: string }

const defaultRetry: RetryOptions = { attempts: 3, timeout: 5_000, deadline: 10_000 }
const redirects = new Set([301, 302, 303, 307, 308])
const mostRedirects = 3
const secondsPerDay = 86_400

/**
 * Reads from Storyblok's Content Delivery API, version 2, with the token and version of an access.
 *
 * Every method throws a {@link KeyblokError}: `KB_TOKEN_REFUSED` (401, 403), `KB_PARAMETER_INVALID` (400, 422),
 * `KB_RATE_LIMITED` (429), `KB_TIMEOUT`, `KB_UPSTREAM_FAILED` (no connection, 5xx) or `KB_UPSTREAM_INVALID` (not the
 * API's answer).
 */
export class Delivery {
  readonly #apiOrigin: string
  readonly #transport: Transport
  readonly #cacheVersions: CacheVersions

  constructor({ apiOrigin, fetch, cacheVersionLifetime = 5_000, ...retry }: DeliveryOptions) {
    this.#apiOrigin = apiOrigin
    this.#transport = new Transport(fetch, { ...defaultRetry, ...retry })
    this.#cacheVersions = new CacheVersions(cacheVersionLifetime)
  }

  /**
   * Reads one story.
   *
   * @returns The story and its relations, or `null` when there is none in the access's version.
   */
  async story(access: Access, identifier: StoryIdentifier, query: StoryQuery = {}): Promise<StoryAnswer | null> {
    const target = storyTarget(identifier)
    if (target === null) return null
    if ('bySlug' in target) return this.#storyInList(access, target.bySlug, query)

    const parameters = serializeQuery(query)
    if (target.findBy) parameters.set('find_by', target.findBy)
    const answer = await this.#read(access, `stories/${target.path}`, parameters)
    return answer.status === 404 ? null : expectField<StoryAnswer>(answer, 'story')
  }

  /** Reads one page of stories. */
  async stories(access: Access, query: StoriesQuery = {}): Promise<StoriesAnswer> {
    const answer = await this.#readFound(access, 'stories', serializeQuery(query))
    const body = expectField<Omit<StoriesAnswer, 'total'>>(answer, 'stories')
    return { ...body, total: Number(answer.headers.get('total') ?? body.stories.length) }
  }

  /** Reads one page of links: stories and folders without content. */
  async links(access: Access, query: LinksQuery = {}): Promise<LinksAnswer> {
    const parameters = serializeQuery(query)
    parameters.set('paginated', '1')
    const answer = await this.#readFound(access, 'links', parameters)
    const links = Object.values(expectField<{ links: Record<string, WireLink> }>(answer, 'links').links)
    return { links, total: Number(answer.headers.get('total') ?? links.length) }
  }

  /** Reads what the space says of itself. */
  async space(access: Access): Promise<SpaceInfo> {
    const answer = await this.#readFound(access, 'spaces/me', new URLSearchParams())
    return expectField<{ space: SpaceInfo }>(answer, 'space').space
  }

  /** A path of digits means an id to the API, so a slug of digits is looked up in the list. */
  async #storyInList(access: Access, slug: string, query: StoryQuery): Promise<StoryAnswer | null> {
    const { stories, ...answer } = await this.stories(access, { ...query, bySlugs: [slug], perPage: 1 })
    const story = stories[0]
    return story ? { story, ...answer } : null
  }

  async #readFound(access: Access, path: string, parameters: URLSearchParams): Promise<JsonAnswer> {
    const answer = await this.#read(access, path, parameters)
    if (answer.status !== 404) return answer
    throw new KeyblokError('KB_UPSTREAM_INVALID', `${path} was not found.`, { status: 404, url: answer.url })
  }

  /** Reads an endpoint; Storyblok names the cache version by a redirect, of which only that number is taken. */
  async #read(access: Access, path: string, parameters: URLSearchParams): Promise<JsonAnswer> {
    let cv = access.version === 'published' ? this.#cacheVersions.get(access.token) : undefined
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const query = new URLSearchParams(parameters)
      query.set('version', access.version)
      if (cv !== undefined) query.set('cv', String(cv))
      const url = `${this.#apiOrigin}/v2/cdn/${path}?${query}`

      const answer = await this.#send(access, url)
      if (!redirects.has(answer.status)) return parseAnswer(answer, url, access)
      cv = cacheVersionIn(answer.headers.get('location'))
      if (cv === undefined) break
      this.#cacheVersions.set(access.token, cv)
    }
    throw new KeyblokError('KB_UPSTREAM_INVALID', `${path} was redirected elsewhere.`)
  }

  async #send(access: Access, url: string): Promise<HttpAnswer> {
    try {
      return await this.#transport.get(`${url}&token=${encodeURIComponent(access.token.reveal())}`)
    } catch (error) {
      if (error instanceof TransportTimeout) throw new KeyblokError('KB_TIMEOUT', `It gave ${error.message}.`, { url })
      const cause = redactError(error, access.token)
      const reason = systemCode(cause)
      const said = `${new URL(url).origin} cannot be reached${reason === undefined ? '' : `: ${reason}`}.`
      throw new KeyblokError('KB_UPSTREAM_FAILED', said, { url, cause })
    }
  }
}

interface JsonAnswer {
  status: number
  headers: Headers
  body: object
  url: string
}

type StoryTarget = { path: string; findBy?: 'uuid' } | { bySlug: string } | null

function storyTarget(identifier: StoryIdentifier): StoryTarget {
  if ('id' in identifier) return { path: String(Math.trunc(identifier.id)) }
  const path = encodeSlug('uuid' in identifier ? identifier.uuid : identifier.slug)
  if (path === null) return null
  if ('uuid' in identifier) return path.includes('/') ? null : { path, findBy: 'uuid' }
  return /^\d+$/.test(path) ? { bySlug: path } : { path }
}

/** Reads the cache version, a time in Unix seconds. One from the far future would pin what caches hold of it. */
function cacheVersionIn(location: string | null): number | undefined {
  const query = location?.split('?')[1]
  const cv = Number(new URLSearchParams(query).get('cv') ?? Number.NaN)
  const latest = Date.now() / 1000 + secondsPerDay
  return Number.isSafeInteger(cv) && cv > 1 && cv < latest ? cv : undefined
}

function parseAnswer(answer: HttpAnswer, url: string, access: Access): JsonAnswer {
  const { status, headers, text } = answer
  const body = parseJson(text)
  if (body !== undefined && (status === 200 || status === 404)) return { status, headers, body, url }

  const said = `It answered ${status}${explain(body, access)}.`
  throw new KeyblokError(codeOf(status), said, { status, url })
}

/** Takes an answer for what its endpoint answers; any server can answer 200 with some JSON. */
function expectField<Body>({ body, url, status }: JsonAnswer, field: keyof Body & string): Body {
  const value = (body as Partial<Body>)[field]
  if (typeof value === 'object' && value !== null) return body as Body
  throw new KeyblokError('KB_UPSTREAM_INVALID', `It answered ${status} without “${field}”.`, { status, url })
}

function parseJson(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function codeOf(status: number): KeyblokError['code'] {
  if (status === 401 || status === 403) return 'KB_TOKEN_REFUSED'
  if (status === 400 || status === 422) return 'KB_PARAMETER_INVALID'
  if (status === 429) return 'KB_RATE_LIMITED'
  return status >= 500 ? 'KB_UPSTREAM_FAILED' : 'KB_UPSTREAM_INVALID'
}

function explain(body: object | undefined, { token }: Access): string {
  if (body === undefined) return ' with something that is not JSON'
  const reason = 'error' in body && typeof body.error === 'string' ? body.error : undefined
  return ` to the ${token.kind} token${reason === undefined ? '' : `: ${redact(reason, token)}`}`
}
