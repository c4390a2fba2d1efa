import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { TranslatedSlug } from './types.js'
import type { StoryEntry } from '../store/stories.js'
import type { Store } from '../store/store.js'

/**
 * Writes a space into a folder, in the layout that Storyblok's command line pulls and `readContent` reads.
 *
 * @throws When the folder holds something already.
 */
export function writeContent(store: Store, folder: string): void {
  // What lies there would be read with what is written, such as stories that were deleted since.
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Error(`[keyblok] The folder ${folder} is not empty. Export into a new one, or empty it first.`)
  }
  const space = String(store.spaceId)
  const write = (path: string, data: unknown): void => {
    const file = join(folder, path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, `${JSON.stringify(data, null, 2)}\n`)
  }
  const writeList = (path: string, items: readonly unknown[]): void => {
    if (items.length > 0) write(path, items)
  }
  const { name, domain, languages } = store.space
  write('space.json', { id: store.spaceId, name, domain, languages })
  write(`components/${space}/components.json`, store.records('components').list())
  writeList(`components/${space}/groups.json`, store.records('component_groups').list())
  writeList(`components/${space}/presets.json`, store.records('presets').list())
  writeList(`components/${space}/tags.json`, store.records('internal_tags').list())
  writeList(`datasources/${space}/datasources.json`, datasources(store))
  writeList(`releases/${space}/releases.json`, releases(store))
  for (const entry of store.stories.findEntries({ sql: 'TRUE', values: [] }, { sql: 's.id', values: [] })) {
    // Slugs are anybody's words, and a file name must not lead out of the folder.
    const file = `${`${entry.slug}_${entry.uuid}`.replaceAll(/[^\w.-]+/g, '-')}.json`
    const draft = store.stories.content(entry.id, 'draft')
    const published = store.stories.content(entry.id, 'published')
    write(`stories/${space}/${file}`, storyFile(entry, draft, published))
    if (published !== undefined && published !== draft) {
      write(`stories/${space}/published/${file}`, storyFile(entry, published, published))
    }
  }
  writeAssets(store, join(folder, 'assets', space))
}

function storyFile(entry: StoryEntry, content: string | undefined, published: string | undefined): unknown {
  const translatedSlugs =
    entry.translated_slugs === null ? null : (JSON.parse(entry.translated_slugs) as TranslatedSlug[])
  return {
    name: entry.name,
    created_at: entry.created_at,
    published_at: entry.published_at,
    updated_at: entry.updated_at,
    id: entry.id,
    uuid: entry.uuid,
    slug: entry.slug,
    full_slug: entry.full_slug,
    sort_by_date: entry.sort_by_date,
    position: entry.position,
    tag_list: JSON.parse(entry.tag_list) as string[],
    is_folder: entry.is_folder === 1,
    is_startpage: entry.is_startpage === 1,
    parent_id: entry.parent_id,
    group_id: entry.group_id,
    first_published_at: entry.first_published_at,
    path: entry.path,
    translated_slugs: translatedSlugs,
    published: published !== undefined,
    unpublished_changes: published !== undefined && published !== content,
    content: content === undefined ? {} : (JSON.parse(content) as unknown),
  }
}

function datasources(store: Store): unknown[] {
  return store
    .records('datasources')
    .list()
    .map((datasource) => ({
      ...datasource,
      entries: store.datasourceEntries.list(datasource.id).map(({ id, name, value, dimensions }) => ({
        id,
        name,
        value,
        dimension_values: dimensions,
      })),
    }))
}

function releases(store: Store): unknown[] {
  return store
    .records('releases')
    .list()
    .map((release) => ({
      ...release,
      stories: store.stories.idsOf(`release:${release.id}`).map((id) => ({
        full_slug: store.stories.get(id)?.full_slug,
        content: JSON.parse(store.stories.content(id, `release:${release.id}`) ?? '{}') as unknown,
      })),
    }))
}

function writeAssets(store: Store, folder: string): void {
  for (const asset of store.assets.list()) {
    const body = store.assets.readBody(asset.id)
    if (!body) continue
    const extension = extname(asset.path)
    const name = `${basename(asset.path, extension)}_${asset.id}`
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name + extension), body)
    const data = {
      id: asset.id,
      filename: `https://a.storyblok.com${asset.path}`,
      is_private: asset.isPrivate,
      ...asset.data,
    }
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(data, null, 2)}\n`)
  }
}
