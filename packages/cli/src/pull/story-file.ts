import type { Json } from '@keyblok/core/management'

/** The fields that a file keeps. Others, such as `preview_token`, `publish_at` and authors, are for nobody’s folder. */
const fields = [
  'name',
  'created_at',
  'published_at',
  'updated_at',
  'id',
  'uuid',
  'slug',
  'full_slug',
  'sort_by_date',
  'position',
  'tag_list',
  'is_folder',
  'is_startpage',
  'parent_id',
  'group_id',
  'first_published_at',
  'path',
] as const

/** Takes what a file keeps of a story or folder, from either API. */
export function storyFields(story: Json): Json {
  const kept = fields.filter((field) => story[field] !== undefined).map((field) => [field, story[field]] as const)
  return { ...Object.fromEntries(kept), parent_id: story['parent_id'] ?? 0, translated_slugs: translatedSlugs(story) }
}

/** Gives a story's file. */
export function storyFile(story: Json, content: unknown, changes: boolean): Json {
  return {
    ...storyFields(story),
    published: story['published'] === true,
    unpublished_changes: changes,
    content: content ?? {},
  }
}

/**
 * Tells whether a published story has something that is not published: the Management API answers that then. Languages
 * may be published one by one.
 */
export function hasChanges(story: Json): boolean {
  if (story['unpublished_changes'] === true) return true
  return ['translated_slugs', 'localized_paths', 'translated_stories'].some((field) =>
    listOf(story[field]).some(({ published }) => published === false),
  )
}

interface TranslatedSlug {
  path: string
  name: string | null
  lang: string
  published: boolean
}

/** The whole paths are in `localized_paths` of the Management API, in `translated_slugs` of the delivery API. */
function translatedSlugs(story: Json): TranslatedSlug[] | null {
  const paths = listOf(story['localized_paths'])
  const slugs = paths.length > 0 ? paths : listOf(story['translated_slugs'])
  const read = slugs.flatMap(({ path, slug, name, lang, published }): TranslatedSlug[] => {
    const whole = path ?? slug
    if (typeof whole !== 'string' || typeof lang !== 'string') return []
    return [{ path: whole, name: typeof name === 'string' ? name : null, lang, published: isPublished(published) }]
  })
  return read.length > 0 ? read : null
}

/** Storyblok answers true and false, or a time and nothing. */
function isPublished(published: unknown): boolean {
  return published === undefined || (published !== null && published !== false)
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : []
}
