import type { Json } from '@keyblok/core/management'
import type { PullContext } from './pull-context.js'
import { hasChanges, storyFields } from './story-file.js'

/** A story or folder of the list, which has no content. */
export interface ListedStory {
  id: number
  uuid: string
  slug: string
  fullSlug: string
  isFolder: boolean
  isPublished: boolean
  hasChanges: boolean
  /** All that a file keeps of it but the content. */
  fields: Json
}

/** The stories of a space, and whether the list can be trusted to hold all of them. */
export interface StoryList {
  stories: ListedStory[]
  isComplete: boolean
}

/** How often a list is read that changes meanwhile. */
const mostPasses = 3

/** Lists the stories and folders whose full slug begins as asked, and the folders that these lie in. */
export async function listStories(context: PullContext): Promise<StoryList> {
  const { startsWith } = context.options
  const found = new Map<number, ListedStory>()
  let isComplete = false
  for (let pass = 1; pass <= mostPasses && !isComplete; pass++) {
    found.clear()
    isComplete = await readList(context, `starts_with=${encodeURIComponent(startsWith)}`, found)
  }
  const parents = startsWith.split('/').slice(0, -1)
  if (parents.length > 0) {
    const slugs = parents.map((_, index) => parents.slice(0, index + 1).join('/'))
    await readList(context, `folder_only=1&by_slugs=${slugs.map(encodeURIComponent).join(',')}`, found)
  }
  return { stories: [...found.values()], isComplete }
}

/** Reads the list once, and tells whether it held still: what moves between pages is missed, or comes twice. */
async function readList(
  { management, space, say }: PullContext,
  query: string,
  found: Map<number, ListedStory>,
): Promise<boolean> {
  const totals = new Set<number>()
  // By creation, new stories come last and move nothing.
  const path = `${space}/stories?sort_by=created_at:asc&${query}`
  for await (const { items, total } of management.list({ path, field: 'stories', scope: 'stories:read' })) {
    for (const item of items) {
      const story = readListed(item)
      if (story) found.set(story.id, story)
    }
    totals.add(total)
    say(`Listing stories: ${found.size} of ${total}`)
  }
  return totals.size === 1 && found.size >= Math.max(...totals)
}

function readListed(story: Json): ListedStory | undefined {
  const { id, uuid, slug, full_slug: fullSlug } = story
  if (!Number.isSafeInteger(id) || typeof uuid !== 'string' || typeof fullSlug !== 'string') return undefined
  return {
    id: id as number,
    uuid,
    slug: typeof slug === 'string' ? slug : '',
    fullSlug,
    isFolder: story['is_folder'] === true,
    isPublished: story['published'] === true,
    hasChanges: hasChanges(story),
    fields: storyFields(story),
  }
}
