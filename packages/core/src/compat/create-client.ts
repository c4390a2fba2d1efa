import { KeyblokError } from '../errors.js'
import type { Storyblok } from '../stories/reader.js'
import type { Space } from '../stories/space.js'
import { findEndpoint } from './endpoints.js'
import { StoryblokNotFound } from './not-found.js'
import { readParameters } from './parameters.js'
import { tellWhoDecides } from './tell-who-decides.js'
import type { ISbCustomFetch, ISbResult, ISbStories, ISbStoriesParams, ISbStory, StoryblokClient } from './types.js'

/**
 * Makes a client with the shape of Storyblok's own, which reads with the access of the current request.
 *
 * @param readerOf - Gives the current request's reader. It is asked for each read, since a client may outlive its request.
 * @param space - The space that is read.
 */
export function createClient(readerOf: () => Storyblok, space: Space): StoryblokClient {
  const get: StoryblokClient['get'] = async (...call) => read(readerOf(), space, ...call)
  const client: StoryblokClient = {
    get,
    getAll: async (...call) => readAll(readerOf(), space, ...call),
    getStory: (slug, ...call) => get(`cdn/stories/${slug}`, ...call) as Promise<ISbStory>,
    getStories: (...call) => get('cdn/stories', ...call) as Promise<ISbStories>,
    flushCache: () => Promise.resolve(client),
    post: () => refuseToWrite('post'),
    put: () => refuseToWrite('put'),
    patch: () => refuseToWrite('patch'),
    delete: () => refuseToWrite('delete'),
  }
  return client
}

async function read(
  reader: Storyblok,
  space: Space,
  slug: string,
  params: ISbStoriesParams = {},
  { signal }: ISbCustomFetch = {},
): Promise<ISbResult> {
  const endpoint = findEndpoint(slug)
  tellWhoDecides(params)
  const { query, options, findBy } = readParameters({ ...params })
  const reading = { ...options, ...(signal && { signal }) }
  const answer = await endpoint.read({ reader, space, rest: endpoint.rest, query, findBy, options: reading })
  if (!answer) throw new StoryblokNotFound()
  const { data, total = 0, perPage = 0 } = answer
  const headers = new Headers(perPage > 0 ? { total: String(total), 'per-page': String(perPage) } : {})
  return { data, total, perPage, headers }
}

/** The lists that come in pages. */
const paged = new Set(['stories', 'links', 'datasources', 'datasource_entries'])

async function readAll(
  reader: Storyblok,
  space: Space,
  slug: string,
  params: ISbStoriesParams = {},
  entity?: string,
  fetchOptions?: ISbCustomFetch,
): ReturnType<StoryblokClient['getAll']> {
  const { name } = findEndpoint(slug)
  const { per_page: perPage = 25 } = params
  const readPage = (page: number): Promise<ISbResult> => {
    const asked = paged.has(name) ? { ...params, per_page: perPage, page } : params
    return read(reader, space, slug, asked, fetchOptions)
  }
  const first = await readPage(1)
  const others = Math.max(0, Math.ceil(first.total / perPage) - 1)
  const more = await Promise.all(Array.from({ length: others }, (_, index) => readPage(index + 2)))
  return [first, ...more].flatMap(({ data }) => Object.values(data[entity ?? name] ?? {}))
}

function refuseToWrite(method: string): Promise<never> {
  return Promise.reject(new KeyblokError('KB_COMPAT_UNSUPPORTED', `The client only reads, and ${method}() writes.`))
}
