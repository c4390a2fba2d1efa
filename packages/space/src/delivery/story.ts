import type { StoredBlok, TranslatedSlug } from '../content/types.js'
import { findAlternates } from '../stories/find-alternates.js'
import type { Alternate } from '../stories/find-alternates.js'
import type { StoryRow } from '../store/stories.js'
import { visitBloks } from './bloks.js'
import { translateContent } from './language.js'
import { listParameter } from './parameters.js'
import type { DeliveryRequest } from './request.js'

/** What the delivered form of one story depends on. */
export type StoryRequest = Pick<DeliveryRequest, 'store' | 'behaviour' | 'isDraft' | 'release' | 'language' | 'query'>

/** A story as the delivery API answers it. The order of the keys is Storyblok's. */
export interface DeliveredStory {
  name: string
  created_at: string
  published_at: string | null
  updated_at: string
  id: number
  uuid: string
  content: StoredBlok
  slug: string
  full_slug: string
  sort_by_date: string | null
  position: number
  tag_list: string[]
  is_startpage: boolean
  parent_id: number
  meta_data: unknown
  group_id: string
  first_published_at: string | null
  release_id: number | null
  lang: string
  path: string | null
  alternates: Alternate[]
  default_full_slug: string | null
  translated_slugs: unknown[] | null
}

/** Builds the delivered form of a stored story in the language asked for; drafts get the editor's marks. */
export function deliverStory(row: StoryRow, request: StoryRequest): DeliveredStory {
  const { store, isDraft, release, language, query } = request
  const content = translateContent(row.content, language.suffixes)
  for (const field of listParameter(query, 'excluding_fields') ?? []) {
    if (field !== '_uid' && field !== 'component') delete content[field]
  }
  if (isDraft) markEditable(content, store.spaceId, row.id)
  const translatedSlugs = deliverTranslatedSlugs(row, request)
  return {
    name: row.name,
    created_at: row.created_at,
    published_at: row.published_at,
    updated_at: row.updated_at,
    id: row.id,
    uuid: row.uuid,
    content,
    slug: row.slug,
    full_slug: row.full_slug,
    sort_by_date: row.sort_by_date,
    position: row.position,
    tag_list: JSON.parse(row.tag_list) as string[],
    is_startpage: row.is_startpage === 1,
    parent_id: row.parent_id,
    meta_data: (JSON.parse(row.settings) as { meta_data?: unknown }).meta_data ?? null,
    group_id: row.group_id,
    first_published_at: row.first_published_at,
    release_id: row.version.startsWith('release:') ? release : null,
    lang: language.code,
    path: row.path,
    alternates: findAlternates(store, row).filter(
      ({ published }) => published || isDraft || request.behaviour.unpublishedAlternates === 'listed',
    ),
    default_full_slug: translatedSlugs && row.full_slug,
    translated_slugs: translatedSlugs,
  }
}

function deliverTranslatedSlugs(row: StoryRow, { behaviour }: StoryRequest): unknown[] | null {
  if (row.translated_slugs === null) return null
  const slugs = JSON.parse(row.translated_slugs) as TranslatedSlug[]
  if (behaviour.translatedSlugPublished === 'boolean') return slugs
  return slugs.map((slug) => ({ ...slug, published: slug.published ? row.published_at : null }))
}

/** Adds `_editable`, the comment by which the Visual Editor finds a blok on the page, to every blok. */
function markEditable(content: StoredBlok, spaceId: number, storyId: number): void {
  visitBloks(content, (blok) => {
    const [name, uid] = [JSON.stringify(blok.component), JSON.stringify(blok._uid)]
    blok['_editable'] = `<!--#storyblok#{"name": ${name}, "space": "${spaceId}", "uid": ${uid}, "id": "${storyId}"}-->`
  })
}
