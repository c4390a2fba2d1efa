import type { Json } from '@keyblok/core/management'
import { writeWhole } from './pull-context.js'
import type { PullContext } from './pull-context.js'

interface Dimension {
  id: number
  name: string
  entry_value: string
  datasource_id: number
}

/** Pulls the datasources with their entries, which have no drafts. */
export async function pullDatasources(context: PullContext): Promise<void> {
  const { management, space, spaceId, report } = context
  await report.attempt('datasources', 'datasources', async () => {
    const list = { path: `${space}/datasources`, field: 'datasources', scope: 'datasources:read' }
    const datasources: Json[] = []
    for (const datasource of await management.all(list)) {
      const { id, name, slug } = datasource
      const dimensions = ((datasource['dimensions'] ?? []) as Dimension[]).map(
        ({ id: dimensionId, name: dimensionName, entry_value, datasource_id }) => ({
          id: dimensionId,
          name: dimensionName,
          entry_value,
          datasource_id,
        }),
      )
      datasources.push({ id, name, slug, dimensions, entries: await entriesOf(context, Number(id), dimensions) })
    }
    const file = `datasources/${spaceId}/datasources.json`
    writeWhole(context, 'datasources', file, datasources.length > 0 ? datasources : undefined)
  })
}

async function entriesOf(context: PullContext, datasource: number, dimensions: readonly Dimension[]): Promise<Json[]> {
  const values = new Map<unknown, Record<string, string>>()
  for (const { id, entry_value: language } of dimensions) {
    for (const entry of await listEntries(context, datasource, `&dimension=${id}`)) {
      const value = entry['dimension_value']
      if (typeof value === 'string') values.set(entry['id'], { ...values.get(entry['id']), [language]: value })
    }
  }
  const entries = await listEntries(context, datasource)
  return entries.map(({ id, name, value }) => ({ id, name, value, dimension_values: values.get(id) ?? {} }))
}

function listEntries({ management, space }: PullContext, datasource: number, query = ''): Promise<Json[]> {
  return management.all({
    path: `${space}/datasource_entries?datasource_id=${datasource}${query}`,
    field: 'datasource_entries',
    // The most that this list answers at once.
    perPage: 1000,
    scope: 'datasource_entries:read',
  })
}
