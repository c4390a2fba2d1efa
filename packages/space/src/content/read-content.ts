import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, resolve } from 'node:path'
import { readDatasources } from './datasources.js'
import { SpaceContentError } from './errors.js'
import type { ContentProblem } from './errors.js'
import { FieldReader, isObject, readObjects } from './fields.js'
import { emptyContent } from './types.js'
import type { ContentAsset, ContentDatasource, ContentRelease, ContentStory, SpaceContent } from './types.js'
import { omit } from '../omit.js'

/**
 * Reads a folder in the layout that Storyblok's command line pulls: `components/<space id>/components.json`, one file
 * per story in `stories/<space id>/`, asset files with a `.json` of the same name in `assets/<space id>/`,
 * `datasources/<space id>/datasources.json`. Beside them, `space.json` names the space and its languages and
 * `releases/<space id>/releases.json` lists releases with the stories that they change.
 *
 * A pulled story is its draft. Where the published content differs, a file of the same name in
 * `stories/<space id>/published/` holds the story as it was last published.
 *
 * Stories are read one after the other, as `stories` is gone through, so that a large space is never in memory whole.
 *
 * @param folder - The content folder's path.
 * @returns Everything that the folder holds. Going through its stories throws a {@link SpaceContentError}
 * (`KB_SPACE_CONTENT_INVALID`) at the end, with every file and field of the folder that is wrong.
 */
export function readContent(folder: string): SpaceContent {
  // What is kept of it, such as where its assets lie, outlives this process's folder.
  return new FolderReader(resolve(folder)).read()
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

class FolderReader {
  readonly problems: ContentProblem[] = []
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  read(): SpaceContent {
    if (!isFolder(this.#folder)) {
      this.problems.push({ file: '.', message: 'there is no such folder' })
      throw this.#error()
    }
    const components = this.#spaceFolder('components')
    const stories = this.#spaceFolder('stories')
    if (!components || !stories) throw this.#error()

    const spaceFile = join(this.#folder, 'space.json')
    const spaceInfo = existsSync(spaceFile) ? this.#json(spaceFile) : undefined
    const space = new FieldReader(isObject(spaceInfo) ? spaceInfo : {}, 'space.json', this.problems)
    const datasources = this.#datasources()
    const releases = this.#releases()
    return {
      spaceId: stories.spaceId,
      name: space.optionalString('name') ?? emptyContent.name,
      domain: space.optionalString('domain') ?? '',
      languages: this.#languages(space),
      records: {
        components: this.#components(join(components.path, 'components.json')),
        component_groups: this.#optionalRecords(join(components.path, 'groups.json')),
        presets: this.#optionalRecords(join(components.path, 'presets.json')),
        internal_tags: this.#optionalRecords(join(components.path, 'tags.json')),
        datasources: datasources.map((datasource) => omit(datasource, 'entries')),
        releases: releases.map(({ data }) => data),
      },
      stories: this.#stories(stories.path),
      assets: this.#assets(),
      datasources,
      releases,
    }
  }

  /** Finds `<kind>/<space id>`, or `<kind>` itself when the files lie directly in it. */
  #spaceFolder(kind: string): { path: string; spaceId: number } | undefined {
    const path = join(this.#folder, kind)
    if (!isFolder(path)) {
      this.problems.push({ file: kind, message: 'the folder is missing' })
      return undefined
    }
    const ids = readdirSync(path).filter((name) => /^\d+$/.test(name) && isFolder(join(path, name)))
    if (ids.length > 1) {
      this.problems.push({
        file: kind,
        message: `it holds ${ids.length} spaces (${ids.join(', ')}), and a local space is one of them`,
      })
      return undefined
    }
    const id = ids[0]
    return id === undefined ? { path, spaceId: emptyContent.spaceId } : { path: join(path, id), spaceId: Number(id) }
  }

  /** Reads the languages of `space.json`: codes, or objects as the Management API answers them. */
  #languages(space: FieldReader): SpaceContent['languages'] {
    const value = space.raw('languages') ?? []
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
      return value.map((code) => ({ code, name: code }))
    }
    return readObjects(value, 'space.json', 'languages', this.problems).map((fields) => ({
      code: fields.string('code'),
      name: fields.optionalString('name') ?? fields.string('code'),
    }))
  }

  /** Reads a file with an array of objects, if there is one. */
  #optionalRecords(file: string): Record<string, unknown>[] {
    if (!existsSync(file)) return []
    const data = this.#json(file)
    if (data === undefined) return []
    return readObjects(data, relative(this.#folder, file), '', this.problems).map((fields) => fields.others([]))
  }

  #components(file: string): Record<string, unknown>[] {
    if (!existsSync(file)) {
      this.#problem(file, 'the file is missing')
      return []
    }
    const components = this.#json(file)
    if (components === undefined) return []
    if (!Array.isArray(components)) {
      this.#problem(file, 'expected an array of components')
      return []
    }
    for (const [index, component] of components.entries()) {
      if (!isObject(component)) {
        this.#problem(file, 'expected an object', `[${index}]`)
        continue
      }
      if (typeof component['name'] !== 'string') this.#problem(file, 'expected the component’s name', `[${index}].name`)
      if (!isObject(component['schema'])) this.#problem(file, 'expected an object of fields', `[${index}].schema`)
    }
    return components
  }

  /** Reads the stories one by one; none is given once something is wrong, but all are looked at. */
  *#stories(path: string): Generator<ContentStory> {
    const seen = {}
    for (const name of readdirSync(path)) {
      if (!name.endsWith('.json')) continue
      const before = this.problems.length
      const story = this.#story(join(path, name), join(path, 'published', name))
      // What could not be read would be reported twice.
      if (!story || this.problems.length > before) continue
      this.#checkUnique('stories', seen, { id: story.id, uuid: story.uuid, full_slug: story.fullSlug })
      if (this.problems.length === 0) yield story
    }
    if (this.problems.length > 0) throw this.#error()
  }

  #error(): SpaceContentError {
    return new SpaceContentError(this.#folder, this.problems)
  }

  #story(file: string, publishedFile: string): ContentStory | undefined {
    const data = this.#json(file)
    if (data === undefined) return undefined
    if (!isObject(data)) {
      this.#problem(file, 'expected a story')
      return undefined
    }
    const fields = new FieldReader(data, relative(this.#folder, file), this.problems)
    const uuid = fields.string('uuid')
    const isFolder = fields.boolean('is_folder')
    const draft = isFolder ? null : fields.blok('content')
    const isPublished = !isFolder && fields.boolean('published')
    const createdAt = fields.time('created_at') ?? '2026-01-01T00:00:00.000Z'
    const publishedAt = isPublished ? (fields.time('published_at') ?? createdAt) : null
    return {
      id: fields.integer('id'),
      uuid,
      name: fields.string('name'),
      slug: fields.string('slug'),
      fullSlug: fields.string('full_slug'),
      parentId: fields.integer('parent_id', 0),
      isFolder,
      isStartpage: fields.boolean('is_startpage'),
      position: fields.integer('position', 0),
      groupId: fields.optionalString('group_id') ?? uuid,
      tags: fields.strings('tag_list'),
      sortByDate: fields.optionalString('sort_by_date'),
      path: fields.optionalString('path'),
      translatedSlugs: fields.translatedSlugs('translated_slugs'),
      createdAt,
      updatedAt: fields.time('updated_at') ?? createdAt,
      publishedAt,
      firstPublishedAt: fields.time('first_published_at') ?? publishedAt,
      draft,
      published: isPublished ? (this.#publishedContent(publishedFile) ?? draft) : null,
    }
  }

  #publishedContent(file: string): ContentStory['published'] {
    if (!existsSync(file)) return null
    const data = this.#json(file)
    if (!isObject(data)) return null
    return new FieldReader(data, relative(this.#folder, file), this.problems).blok('content')
  }

  /**
   * Notes values that have to differ from item to item.
   *
   * @param seen - The values so far, by field.
   */
  #checkUnique(
    folder: string,
    seen: Record<string, Set<unknown>>,
    values: Record<string, unknown>,
    what = 'files',
  ): void {
    for (const [field, value] of Object.entries(values)) {
      if (seen[field]?.has(value)) {
        this.problems.push({ file: folder, field, message: `two ${what} have ${JSON.stringify(value)}` })
      }
      ;(seen[field] ??= new Set()).add(value)
    }
  }

  /** The same for a list, whose items were all read. */
  #checkAllUnique<T>(
    folder: string,
    items: readonly T[],
    valuesOf: (item: T) => Record<string, unknown>,
    what?: string,
  ): void {
    const seen = {}
    for (const item of items) this.#checkUnique(folder, seen, valuesOf(item), what)
  }

  #assets(): ContentAsset[] {
    if (!existsSync(join(this.#folder, 'assets'))) return []
    const path = this.#spaceFolder('assets')?.path
    if (path === undefined) return []
    const assets = readdirSync(path)
      .filter((name) => extname(name) !== '.json' && statSync(join(path, name)).isFile())
      .map((name) => this.#asset(join(path, name)))
      .filter((asset) => asset !== undefined)
    if (this.problems.length === 0) this.#checkAllUnique('assets', assets, ({ id, path }) => ({ id, filename: path }))
    return assets
  }

  #asset(file: string): ContentAsset | undefined {
    const sidecar = `${file.slice(0, -extname(file).length)}.json`
    if (!existsSync(sidecar)) {
      this.#problem(file, 'its .json with the asset’s id and filename is missing')
      return undefined
    }
    const data = this.#json(sidecar)
    if (!isObject(data)) return undefined
    const fields = new FieldReader(data, relative(this.#folder, sidecar), this.problems)
    const url = fields.string('filename')
    if (url !== '' && !URL.canParse(url)) {
      this.#problem(sidecar, `expected the asset’s URL, received ${JSON.stringify(url)}`, 'filename')
      return undefined
    }
    return {
      id: fields.integer('id'),
      path: url === '' ? '' : new URL(url).pathname,
      file,
      isPrivate: fields.boolean('is_private'),
      data: fields.others(['id', 'filename', 'is_private']),
    }
  }

  #datasources(): ContentDatasource[] {
    if (!existsSync(join(this.#folder, 'datasources'))) return []
    const path = this.#spaceFolder('datasources')?.path
    if (path === undefined) return []
    const file = join(path, 'datasources.json')
    if (!existsSync(file)) return []
    const data = this.#json(file)
    if (data === undefined) return []
    const datasources = readDatasources(data, relative(this.#folder, file), this.problems)
    if (this.problems.length === 0) {
      this.#checkAllUnique('datasources', datasources, ({ id, slug }) => ({ id, slug }), 'datasources')
      const entries = datasources.flatMap((datasource) => datasource.entries)
      this.#checkAllUnique('datasources', entries, ({ id }) => ({ 'entries.id': id }), 'entries')
    }
    return datasources
  }

  #releases(): ContentRelease[] {
    if (!existsSync(join(this.#folder, 'releases'))) return []
    const path = this.#spaceFolder('releases')?.path
    if (path === undefined) return []
    const file = join(path, 'releases.json')
    const data = existsSync(file) ? this.#json(file) : []
    if (data === undefined) return []
    const name = relative(this.#folder, file)
    const releases = readObjects(data, name, '', this.problems).map((fields) => ({
      id: fields.integer('id'),
      data: { ...fields.others(['stories']), name: fields.string('name'), public: fields.raw('public') !== false },
      stories: readObjects(fields.raw('stories') ?? [], name, `${fields.prefix}stories`, this.problems).flatMap(
        (story) => {
          const content = story.blok('content')
          return content ? [{ fullSlug: story.string('full_slug'), content }] : []
        },
      ),
    }))
    if (this.problems.length === 0) this.#checkAllUnique('releases', releases, ({ id }) => ({ id }), 'releases')
    return releases
  }

  #json(file: string): unknown {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as unknown
    } catch (error) {
      this.#problem(file, `it is not JSON: ${(error as Error).message}`)
      return undefined
    }
  }

  #problem(file: string, message: string, field?: string): void {
    this.problems.push({ file: relative(this.#folder, file), field, message })
  }
}
