import type { Json } from '../json.js'
import type { Management } from '../management/management.js'
import type { SchemaSource } from './read-schema.js'

/**
 * Fetches a space's schema from Storyblok's Management API, as its reference describes `components`, `datasources` and
 * `datasource_entries`.
 *
 * @param management - The API, with a token that has the scopes `components:read`, `datasources:read` and
 * `datasource_entries:read`.
 * @param spaceId - The space.
 * @returns What `readSchema` takes.
 * @throws {KeyblokError} `KB_TOKEN_REFUSED` when the token may not read the schema, naming the scope; otherwise as
 * `Management.get` does. None holds the token.
 */
export async function fetchSchema(management: Management, spaceId: string): Promise<SchemaSource> {
  const space = `spaces/${encodeURIComponent(spaceId)}`
  const { components } = await management.get({ path: `${space}/components`, scope: 'components:read' })
  const datasources = await management.all({
    path: `${space}/datasources`,
    field: 'datasources',
    scope: 'datasources:read',
  })
  for (const datasource of datasources) datasource['entries'] = await entriesOf(management, space, datasource)
  return { components, datasources }
}

function entriesOf(management: Management, space: string, datasource: Json): Promise<Json[]> {
  return management.all({
    path: `${space}/datasource_entries?datasource_id=${encodeURIComponent(String(datasource['id']))}`,
    field: 'datasource_entries',
    // The most that this list answers at once.
    perPage: 1000,
    scope: 'datasource_entries:read',
  })
}
