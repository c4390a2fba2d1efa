import type { TranslatedSlug } from '../content/types.js'
import type { StoryRow } from '../store/store.js'
import { visitBloks } from './bloks.js'
import type { DeliveryRequest } from './request.js'
import { deliverStory } from './story.js'
import type { DeliveredStory } from './story.js'

const relationLimit = 50
const linkLimits = { story: 50, url: 500, link: 500 }

/** The stories that a page of stories refers to, beside which they are delivered. */
export interface Sideloaded {
  rels: DeliveredStory[]
  links: unknown[]
  rel_uuids?: string[]
  link_uuids?: string[]
}

/** Collects what `resolve_relations` and `resolve_links` ask for; unpublished targets are left out. */
export function sideload(request: DeliveryRequest, stories: readonly DeliveredStory[]): Sideloaded {
  return { ...sideloadRelations(request, stories), ...sideloadLinks(request, stories) }
}

function sideloadRelations(
  request: DeliveryRequest,
  stories: readonly DeliveredStory[],
): Pick<Sideloaded, 'rels' | 'rel_uuids'> {
  const { store, version, query } = request
  const relations = new Set((query.get('resolve_relations') ?? '').split(',').map((relation) => relation.trim()))
  const found = new Map<string, DeliveredStory>()
  let sources = stories

  const levels = query.get('resolve_level') === '2' ? 2 : 1
  for (let level = 0; level < levels; level++) {
    const uuids = relationUuids(sources, relations).filter((uuid) => !found.has(uuid))
    sources = store.findByUuids(version, uuids).map((row) => deliverStory(row, request))
    for (const story of sources) found.set(story.uuid, story)
  }
  return found.size > relationLimit ? { rels: [], rel_uuids: [...found.keys()] } : { rels: [...found.values()] }
}

function relationUuids(stories: readonly DeliveredStory[], relations: ReadonlySet<string>): string[] {
  const uuids = new Set<string>()
  for (const story of stories) {
    visitBloks(story.content, (blok) => {
      for (const [field, value] of Object.entries(blok)) {
        if (!relations.has(`${blok.component}.${field}`)) continue
        for (const item of Array.isArray(value) ? value : [value]) {
          if (typeof item === 'string' && item !== '') uuids.add(item)
        }
      }
    })
  }
  return [...uuids]
}

function sideloadLinks(
  request: DeliveryRequest,
  stories: readonly DeliveredStory[],
): Pick<Sideloaded, 'links' | 'link_uuids'> {
  const { store, version, query } = request
  const asked = query.get('resolve_links') ?? '0'
  const mode = asked === '1' ? 'story' : asked
  if (mode !== 'story' && mode !== 'url' && mode !== 'link') return { links: [] }

  const uuids = linkUuids(stories)
  if (uuids.length > linkLimits[mode]) return { links: [], link_uuids: uuids }
  const rows = store.findByUuids(version, uuids)
  if (mode === 'story') return { links: rows.map((row) => deliverStory(row, request)) }
  return { links: rows.map((row) => (mode === 'url' ? urlOf(row) : { ...linkOf(row), full_slug: row.full_slug })) }
}

function linkUuids(stories: readonly DeliveredStory[]): string[] {
  const uuids = new Set<string>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('linktype' in value && value.linktype === 'story') {
      // A multilink field names its target `id`, a link mark in rich text `uuid`.
      const target = 'uuid' in value ? value.uuid : 'id' in value ? value.id : undefined
      if (typeof target === 'string' && target !== '') uuids.add(target)
    }
    for (const child of Object.values(value)) visit(child)
  }
  for (const story of stories) visit(story.content)
  return [...uuids]
}

function urlOf(row: StoryRow): unknown {
  const { id, uuid, name, slug, path, full_slug } = row
  return { id, uuid, name, slug, path, full_slug, url: path ?? full_slug }
}

/** Builds the delivered form of a link: a story or folder without its content. */
export function linkOf(row: Omit<StoryRow, 'content'>): Record<string, unknown> {
  const translatedSlugs = JSON.parse(row.translated_slugs ?? '[]') as TranslatedSlug[]
  return {
    id: row.id,
    uuid: row.uuid,
    slug: row.full_slug,
    path: row.path,
    real_path: `/${row.path ?? row.full_slug}`,
    name: row.name,
    published: row.published_at !== null,
    parent_id: row.parent_id === 0 ? null : row.parent_id,
    is_folder: row.is_folder === 1,
    is_startpage: row.is_startpage === 1,
    position: row.position,
    alternates: translatedSlugs.map((slug) => ({ ...slug, translated_slug: slug.path.split('/').at(-1) })),
  }
}
