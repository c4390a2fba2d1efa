import type { TranslatedSlug } from '../content/types.js'
import type { StoryEntry, StoryRow } from '../store/stories.js'
import { assetDetails } from '../assets/asset-details.js'
import { bytes, joinBytes, toJson } from './json.js'
import type { Parts } from './json.js'
import { listParameter } from './parameters.js'
import { findById } from './renderer.js'
import type { RenderedStory } from './renderer.js'
import type { DeliveryRequest } from './request.js'

/**
 * Writes what stands beside stories in an answer: the stories that `resolve_relations` and `resolve_links` ask for, as
 * far as the version asked for has them, and the assets of `resolve_assets`.
 *
 * @returns The members of a JSON object, with a comma before each.
 */
export function sideload(request: DeliveryRequest, stories: readonly RenderedStory[]): Parts {
  return [
    ...sideloadRelations(request, stories),
    ...sideloadLinks(request, stories),
    ...sideloadAssets(request, stories),
  ]
}

function sideloadRelations(request: DeliveryRequest, stories: readonly RenderedStory[]): Parts {
  const { store, query, renderer, behaviour } = request
  const asked = listParameter(query, 'resolve_relations') ?? []
  const found = new Map<string, RenderedStory>()
  let sources = stories

  const levels = query.get('resolve_level') === '2' ? 2 : 1
  for (let level = 0; level < levels && asked.length > 0; level++) {
    const uuids = new Set(
      sources.flatMap(({ references }) => asked.flatMap((relation) => references.relations.get(relation) ?? [])),
    )
    const wanted = [...uuids].filter((uuid) => !found.has(uuid))
    sources = store.stories.idsByUuids(wanted).flatMap((id) => renderer.renderId(request, id) ?? [])
    for (const story of sources) found.set(story.uuid, story)
  }
  if (found.size > behaviour.relationLimit) {
    return bytes(`,"rels":[],"rel_uuids":${JSON.stringify([...found.keys()])}`)
  }
  const rels = [...found.values()].map(({ json }) => json)
  return [...bytes(',"rels":['), ...joinBytes(rels), ...bytes(']')]
}

const linkModes: Record<string, 'story' | 'url' | 'link'> = { '1': 'story', story: 'story', url: 'url', link: 'link' }

function sideloadLinks(request: DeliveryRequest, stories: readonly RenderedStory[]): Parts {
  const { store, query, renderer, behaviour } = request
  const mode = linkModes[query.get('resolve_links') ?? '0']
  if (!mode) return bytes(',"links":[]')

  const uuids = new Set(stories.flatMap(({ references }) => references.links))
  const linked = store.stories.idsByUuids(uuids).flatMap((id) => findById(request, id) ?? [])
  if (query.get('resolve_links_level') === '2') {
    const next = new Set(
      linked.flatMap((row) => renderer.render(request, row).references.links).filter((uuid) => !uuids.has(uuid)),
    )
    linked.push(...store.stories.idsByUuids(next).flatMap((id) => findById(request, id) ?? []))
    for (const uuid of next) uuids.add(uuid)
  }
  if (uuids.size > behaviour.linkLimits[mode]) {
    return bytes(`,"links":[],"link_uuids":${JSON.stringify([...uuids])}`)
  }
  const links = linked.flatMap((row) => {
    if (mode === 'story') return renderer.render(request, row).json
    return bytes(toJson(mode === 'url' ? urlOf(row) : { ...linkOf(row), full_slug: row.full_slug }))
  })
  return [...bytes(',"links":['), ...joinBytes(links), ...bytes(']')]
}

function sideloadAssets({ store, query }: DeliveryRequest, stories: readonly RenderedStory[]): Parts {
  if (query.get('resolve_assets') !== '1') return []
  const ids = new Set(stories.flatMap(({ references }) => references.assets))
  const assets = [...ids].map((id) => store.assets.get(id)).filter((asset) => asset !== undefined)
  return bytes(`,"assets":${toJson(assets.map(assetDetails))}`)
}

function urlOf(row: StoryRow): unknown {
  const { id, uuid, name, slug, path, full_slug } = row
  return { id, uuid, name, slug, path, full_slug, url: path ?? full_slug }
}

/** Builds the delivered form of a link: a story or folder without its content. */
export function linkOf(row: StoryEntry): Record<string, unknown> {
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
