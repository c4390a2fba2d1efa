import type { TranslatedSlug } from '../content/types.js'
import type { StoryEntry } from '../store/stories.js'
import { findAlternates } from '../stories/find-alternates.js'
import { signPreview } from '../stories/sign-preview.js'
import type { ManagementRequest } from './operation.js'

/** Gives a story or folder as the Management API answers it; a list leaves the content out. */
export function showStory(request: ManagementRequest, entry: StoryEntry, withContent = true): Record<string, unknown> {
  const { store } = request
  const draft = store.stories.content(entry.id, 'draft')
  const published = store.stories.content(entry.id, 'published')
  const parent = entry.parent_id === 0 ? undefined : store.stories.get(entry.parent_id)
  const translatedSlugs = JSON.parse(entry.translated_slugs ?? '[]') as TranslatedSlug[]
  const content = draft === undefined ? undefined : (JSON.parse(draft) as { component: string })
  return {
    name: entry.name,
    parent_id: entry.parent_id,
    group_id: entry.group_id,
    alternates: findAlternates(store, entry),
    created_at: entry.created_at,
    deleted_at: null,
    sort_by_date: entry.sort_by_date,
    tag_list: JSON.parse(entry.tag_list) as string[],
    updated_at: entry.updated_at,
    published_at: entry.published_at,
    id: entry.id,
    uuid: entry.uuid,
    is_folder: entry.is_folder === 1,
    ...(withContent ? { content: content ?? {} } : { content_type: content?.component ?? null }),
    published: published !== undefined,
    slug: entry.slug,
    path: entry.path,
    full_slug: entry.full_slug,
    default_root: null,
    disble_fe_editor: false,
    disable_fe_editor: false,
    parent: parent && { id: parent.id, slug: parent.slug, name: parent.name, uuid: parent.uuid, is_folder: true },
    is_startpage: entry.is_startpage === 1,
    unpublished_changes: published !== undefined && published !== draft,
    meta_data: null,
    preview_token: withContent ? signPreview(request) : undefined,
    pinned: false,
    breadcrumbs: breadcrumbs(request, entry),
    publish_at: null,
    expire_at: null,
    first_published_at: entry.first_published_at,
    last_author: { id: 1, userid: 'dev@example.test', friendly_name: 'Local Developer' },
    position: entry.position,
    translated_slugs: translatedSlugs.map(({ path, name, lang, published: isPublished }, index) => ({
      id: entry.id * 100 + index,
      name,
      slug: path.split('/').at(-1),
      path,
      lang,
      published: isPublished,
    })),
    localized_paths: translatedSlugs.map(({ path, name, lang, published: isPublished }) => ({
      path,
      name,
      lang,
      published: isPublished,
      translated_slug: path.split('/').at(-1),
    })),
    translated_stories: [],
    stage: entry.workflow_stage_id === null ? null : { workflow_stage_id: entry.workflow_stage_id },
    can_not_view: null,
    ...(JSON.parse(entry.settings) as object),
  }
}

function breadcrumbs({ store }: ManagementRequest, { parent_id: parentId }: StoryEntry): unknown[] {
  const trail: unknown[] = []
  let folder = store.stories.get(parentId)
  // Folders in a circle cannot be made; a damaged file must not hang the server all the same.
  for (let depth = 0; folder && depth < 100; depth++) {
    trail.unshift({ id: folder.id, name: folder.name, slug: folder.slug, parent_id: folder.parent_id })
    folder = store.stories.get(folder.parent_id)
  }
  return trail
}
