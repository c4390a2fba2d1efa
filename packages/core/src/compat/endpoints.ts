import type { AnyQuery } from '../delivery/query.js'
import { KeyblokError } from '../errors.js'
import type { RawReading } from '../stories/raw-reading.js'
import { readRaw as readRawOf } from '../stories/reader.js'
import type { ReadOptions, Storyblok } from '../stories/reader.js'
import type { Space } from '../stories/space.js'
import type { ReadStories } from '../stories/with-unsaved.js'
import { inlineReferences } from './inline-references.js'
import { noteList, noteStory } from './note-stories.js'

/** One call, with all that it reads by. */
export interface Call {
  reader: Storyblok
  space: Space
  /** What follows the endpoint's name, such as a slug. */
  rest: string
  query: AnyQuery
  findBy: unknown
  options: ReadOptions
}

/** What an endpoint gives; `null` when there is no such thing. */
export interface Answer {
  data: Record<string, unknown>
  /** How many there are of a list. */
  total?: number
  /** How many are on a page of it. */
  perPage?: number
}

type Endpoint = (call: Call) => Promise<Answer | null>

const perPageByDefault = 25

/** The endpoints that are read, by the word after `cdn/`. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  stories: (call) => (call.rest === '' ? readStories(call) : readStory(call)),
  links: (call) => (call.rest === '' ? readLinks(call) : readLink(call)),
  datasources: (call) => (call.rest === '' ? readDatasources(call) : readDatasource(call)),
  datasource_entries: readEntries,
  tags: async ({ reader, space, query, options }) => ({
    data: { tags: [...(await reader.tags(space, { ...options, startsWith: query.startsWith }))] },
  }),
  spaces: async ({ reader, space, rest, options }) =>
    rest === 'me' ? { data: { space: await reader.space(space, options) } } : null,
}

/**
 * Finds an endpoint by a path as Storyblok's own client takes it, such as `cdn/stories/home`.
 *
 * @throws {KeyblokError} `KB_COMPAT_UNSUPPORTED` for any other.
 */
export function findEndpoint(path: string): { read: Endpoint; name: string; rest: string } {
  const [api = '', name = '', ...rest] = path.replace(/^\/+|\/+$/g, '').split('/')
  const read = api === 'cdn' && Object.hasOwn(endpoints, name) ? endpoints[name] : undefined
  if (read) return { read, name, rest: rest.join('/') }
  const known = Object.keys(endpoints).map((one) => `cdn/${one}`)
  throw new KeyblokError(
    'KB_COMPAT_UNSUPPORTED',
    `The endpoint “${[api, name].join('/')}” is none of ${known.join(', ')}.`,
  )
}

async function readStory(call: Call): Promise<Answer | null> {
  const { rest, query, findBy } = call
  const identifier = findBy === 'uuid' ? { uuid: rest } : /^\d+$/.test(rest) ? { id: Number(rest) } : { slug: rest }
  const read = await readRaw(call, ['story', identifier, query], async ({ delivery, access, context, gather }) => {
    const answer = await delivery.story(access, identifier, query, context)
    if (!answer) return null
    const { story, ...beside } = answer
    return { ...(await gather({ ...beside, stories: [story] }, query)), cv: context.cv ?? answer.cv }
  })
  noteStory(call, read)
  if (!read) return null
  const { stories, ...beside } = deliver(read, query)
  return { data: { story: stories[0], ...beside } }
}

async function readStories(call: Call): Promise<Answer> {
  const { query } = call
  const read = await readRaw(call, ['stories', query], async ({ delivery, access, context, gather }) => {
    const { total, ...answer } = await delivery.stories(access, query, context)
    return { ...(await gather(answer, query)), total, cv: context.cv ?? answer.cv }
  })
  noteList(call, read)
  const { total, ...data } = deliver(read, query)
  return { data, total, perPage: query.perPage ?? perPageByDefault }
}

/** What is kept is everybody's; what a page gets is its own. */
function deliver<Read extends ReadStories>(read: Read, { resolveRelations = [], resolveLevel = 2 }: AnyQuery): Read {
  const own = structuredClone(read)
  inlineReferences(own, resolveRelations, resolveLevel)
  return own
}

async function readLinks({ reader, space, query, options }: Call): Promise<Answer> {
  const { startsWith, includeDates, page = 1, perPage } = query
  const all = await reader.links(space, { ...options, startsWith, includeDates })
  const shown = perPage === undefined ? all : all.slice((page - 1) * perPage, page * perPage)
  const links = shown.map(({ href: _href, ...link }) => [link.uuid, structuredClone(link)])
  return { data: { links: Object.fromEntries(links) }, total: all.length, perPage: perPage ?? all.length }
}

async function readLink(call: Call): Promise<Answer | null> {
  const link = await readRaw(call, ['link', call.rest], ({ delivery, access, context }) =>
    delivery.link(access, call.rest, context),
  )
  call.reader.journal.other(call.space, (tags) => tags.links)
  return link && { data: { link: structuredClone(link) } }
}

async function readDatasources(call: Call): Promise<Answer> {
  const { query } = call
  const { datasources, total } = await readRaw(call, ['datasources', query], ({ delivery, access, context }) =>
    delivery.datasources(access, query, context),
  )
  return { data: { datasources: structuredClone(datasources) }, total, perPage: query.perPage ?? perPageByDefault }
}

async function readDatasource(call: Call): Promise<Answer | null> {
  const datasource = await readRaw(call, ['datasource', call.rest], ({ delivery, access, context }) =>
    delivery.datasource(access, call.rest, context),
  )
  return datasource && { data: { datasource: structuredClone(datasource) } }
}

async function readEntries(call: Call): Promise<Answer> {
  const { query, reader, space } = call
  const { entries, total } = await readRaw(call, ['entries', query], ({ delivery, access, context }) =>
    delivery.datasourceEntries(access, query, context),
  )
  reader.journal.other(space, (tags) => tags.datasource(query.datasource ?? ''))
  return { data: { datasource_entries: structuredClone(entries) }, total, perPage: query.perPage ?? perPageByDefault }
}

function readRaw<T>({ reader, space, options }: Call, key: unknown, read: (raw: RawReading) => Promise<T>): Promise<T> {
  return readRawOf(reader, space, JSON.stringify(key), options, read)
}
