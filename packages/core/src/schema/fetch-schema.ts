import { KeyblokError } from '../errors.js'
import type { Secret } from '../tokens/secret.js'
import type { Json } from './json.js'
import type { SchemaSource } from './read-schema.js'

/** Where a schema is fetched from. */
export interface FetchSchemaOptions {
  spaceId: string
  /** The Management API's address, such as `https://mapi.storyblok.com`, or a local space's. */
  url: string
  /** A personal access token with the scopes `components:read` and `datasources:read`. */
  token: Secret
  fetch?: typeof globalThis.fetch
  signal?: AbortSignal
}

/** The most that Storyblok answers at once. */
const perPage = { datasources: 100, datasource_entries: 1000 }

/**
 * Fetches a space's schema from Storyblok's Management API, as its reference describes `components`, `datasources` and
 * `datasource_entries`.
 *
 * @param options - Which space, and with which personal access token.
 * @returns What `readSchema` takes.
 * @throws {KeyblokError} `KB_TOKEN_REFUSED` when the token may not read the schema; `KB_UPSTREAM_FAILED` for any other
 * answer. Neither holds the token.
 */
export async function fetchSchema(options: FetchSchemaOptions): Promise<SchemaSource> {
  const { body } = await get('components', options)
  const datasources = await getAll('datasources', options)
  for (const datasource of datasources) {
    const filter = `datasource_id=${encodeURIComponent(String(datasource['id']))}&`
    datasource['entries'] = await getAll('datasource_entries', options, filter)
  }
  return { components: body['components'], datasources }
}

async function getAll(name: keyof typeof perPage, options: FetchSchemaOptions, filter = ''): Promise<Json[]> {
  const items: Json[] = []
  for (let page = 1; ; page++) {
    const { body, total } = await get(`${name}?${filter}page=${page}&per_page=${perPage[name]}`, options)
    const found = body[name]
    if (!Array.isArray(found))
      throw new KeyblokError('KB_UPSTREAM_INVALID', `There is no list of ${name} in the answer.`)
    items.push(...(found as Json[]))
    if (found.length === 0 || items.length >= total) return items
  }
}

async function get(path: string, options: FetchSchemaOptions): Promise<{ body: Json; total: number }> {
  const { spaceId, token, fetch = globalThis.fetch, signal } = options
  const url = `${options.url.replace(/\/+$/, '')}/v1/spaces/${encodeURIComponent(spaceId)}/${path}`
  const response = await fetch(url, {
    headers: { authorization: token.reveal() },
    signal: signal ?? null,
    redirect: 'error',
  }).catch((): never => {
    throw new KeyblokError('KB_UPSTREAM_FAILED', 'The Management API could not be reached.', { url })
  })
  if (response.ok) {
    const body = (await response.json().catch(() => ({}))) as Json
    return { body, total: Number(response.headers.get('total') ?? 0) }
  }
  const { status } = response
  if (status !== 401 && status !== 403) {
    throw new KeyblokError('KB_UPSTREAM_FAILED', `The Management API answered ${status}.`, { status, url })
  }
  throw new KeyblokError('KB_TOKEN_REFUSED', `The Management API answered ${status} to the personal access token.`, {
    status,
    url,
    hint: 'It needs the scopes components:read and datasources:read for this space, and must not have expired.',
  })
}
