import type { Json } from '@keyblok/core/management'
import type { Access } from '@keyblok/core/server'
import { forEach } from './for-each.js'
import { writeWhole } from './pull-context.js'
import type { PullContext } from './pull-context.js'
import { readTranslated } from './read-translated.js'

const fields = ['id', 'name', 'uuid', 'public', 'release_at', 'released', 'timezone', 'branches_to_deploy'] as const

const inFlight = 8

/** Pulls the releases that are still to come, with what they make of stories. All of it is unpublished. */
export async function pullReleases(context: PullContext): Promise<void> {
  const { management, space, spaceId, report } = context
  await report.attempt('releases', 'releases', async () => {
    const list = { path: `${space}/releases`, field: 'releases', scope: 'releases:read' }
    const coming = (await management.all(list)).filter(({ released }) => released !== true)
    const releases: Json[] = []
    for (const release of coming) {
      const stories = await storiesOf(context, release)
      const kept = fields.map((field) => [field, release[field]] as const)
      if (stories) releases.push({ ...Object.fromEntries(kept), stories })
    }
    writeWhole(context, 'releases', `releases/${spaceId}/releases.json`, releases.length > 0 ? releases : undefined)
  })
}

async function storiesOf(context: PullContext, { id, name }: Json): Promise<Json[] | undefined> {
  const { management, space, report } = context
  const access = accessTo(context, String(id))
  if (!access) {
    const message = 'It needs STORYBLOK_PREVIEW_TOKEN, or its own token in STORYBLOK_RELEASE_TOKEN.'
    report.leaveOut('releases', String(name), message)
    return undefined
  }
  const list = { path: `${space}/stories?in_release=${String(id)}`, field: 'stories', scope: 'stories:read' }
  const stories: Json[] = []
  await forEach(context, await management.all(list), inFlight, (listed) =>
    report.attempt('releases', `${String(name)}: ${String(listed['full_slug'])}`, async () => {
      const story = await readTranslated(context, access, Number(listed['id']))
      if (story?.['release_id'] === id) stories.push({ full_slug: story?.['full_slug'], content: story?.['content'] })
    }),
  )
  // As they arrive, they would be in another order each time.
  return stories.toSorted((one, other) => (String(one['full_slug']) < String(other['full_slug']) ? -1 : 1))
}

function accessTo({ tokens }: PullContext, release: string): Access | undefined {
  const own = tokens.releases.find((candidate) => candidate.release === release)
  const reason = 'A release: it is pulled.'
  if (own) return { version: 'published', token: own.token, release, reason }
  const preview = tokens.preview[0]
  return preview && { version: 'draft', token: preview, release, reason }
}
