import { KeyblokError } from '@keyblok/core'
import type { Json } from '@keyblok/core/management'
import { writeWhole } from './pull-context.js'
import type { PullContext } from './pull-context.js'

/** Pulls the components, with their groups, presets and tags. */
export async function pullComponents(context: PullContext): Promise<void> {
  const { management, space, spaceId, report } = context
  const folder = `components/${spaceId}`
  await report.attempt('components', 'components', async () => {
    const { components } = await management.get({ path: `${space}/components`, scope: 'components:read' })
    if (!Array.isArray(components)) {
      throw new KeyblokError('KB_UPSTREAM_INVALID', 'There is no list of components in the answer.')
    }
    writeWhole(context, 'components', `${folder}/components.json`, components)
  })
  for (const { file, path, field, fetch = fetchAll } of lists) {
    await report.attempt('components', file, async () => {
      const items = await fetch(context, path, field)
      writeWhole(context, 'components', `${folder}/${file}`, items.length > 0 ? items : undefined)
    })
  }
}

type FetchList = (context: PullContext, path: string, field: string) => Promise<Json[]>

const lists: readonly { file: string; path: string; field: string; fetch?: FetchList }[] = [
  { file: 'groups.json', path: 'component_groups', field: 'component_groups' },
  { file: 'presets.json', path: 'presets', field: 'presets' },
  { file: 'tags.json', path: 'internal_tags?by_object_type=component', field: 'internal_tags', fetch: fetchIfAllowed },
]

function fetchAll({ management, space }: PullContext, path: string, field: string): Promise<Json[]> {
  return management.all({ path: `${space}/${path}`, field, scope: 'components:read' })
}

/** Tags need a scope that nothing else here needs, and no site reads them. */
async function fetchIfAllowed(context: PullContext, path: string, field: string): Promise<Json[]> {
  try {
    return await fetchAll(context, path, field)
  } catch (error) {
    if (!(error instanceof KeyblokError) || error.status !== 403) throw error
    context.report.leaveOut('components', 'tags.json', 'The personal access token lacks the scope tags:read.')
    return []
  }
}
