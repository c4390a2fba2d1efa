import { KeyblokError } from '../errors.js'
import { perPageByDefault, readRaw } from './call.js'
import type { Answer, Call } from './call.js'
import { readStories, readStory } from './read-stories.js'

type Endpoint = (call: Call) => Promise<Answer | null>

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
