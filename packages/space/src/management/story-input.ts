import { randomUUID } from 'node:crypto'
import { unprocessable, WireError } from '../answer.js'
import { deepest, isTooDeep } from '../content/depth.js'
import { isObject } from '../content/fields.js'
import type { StoredBlok, TranslatedSlug } from '../content/types.js'
import type { StoryEntry } from '../store/stories.js'
import type { Store } from '../store/store.js'
import { assertValid, blank, taken, text, texts, time } from './input.js'
import type { Input } from './input.js'

/** Fields that are kept as they are sent and mean nothing to the local space. */
const settings = ['publish_at', 'expire_at', 'pinned', 'disable_fe_editor', 'default_root', 'meta_data', 'lock']

/**
 * Builds a story or folder from what was sent, over what was there.
 *
 * @throws {WireError} With status 422 when a name or slug is missing or taken, or the folder is none.
 */
export function readEntry(store: Store, input: Input, before: StoryEntry | undefined, now: string): StoryEntry {
  if (before && input['is_folder'] !== undefined && Boolean(input['is_folder']) !== (before.is_folder === 1)) {
    throw unprocessable('Cannot modify is_folder')
  }
  const name = text(input['name'], before?.name).trim()
  const slug = text(input['slug'], before?.slug).trim() || slugify(name)
  const parentId = input['parent_id'] === null ? 0 : Number(input['parent_id'] ?? before?.parent_id ?? 0)
  const isStartpage = Boolean(input['is_startpage'] ?? before?.is_startpage)
  const fullSlug = fullSlugOf(store, { slug, parentId, isStartpage, moved: before })
  const owner = store.stories.getBySlug(fullSlug)
  assertValid({
    ...(name === '' && { name: [blank] }),
    ...(slug === '' && { slug: [blank] }),
    ...(!isSlug(slug) && { slug: ['is invalid'] }),
    ...(owner && owner.id !== before?.id && { slug: [taken] }),
  })
  const uuid = before?.uuid ?? newUuid(store, input)
  return {
    id: before?.id ?? newId(store, input),
    uuid,
    name,
    slug,
    full_slug: fullSlug,
    parent_id: parentId,
    is_folder: before?.is_folder ?? Number(Boolean(input['is_folder'])),
    is_startpage: Number(isStartpage),
    position: Number.isSafeInteger(input['position']) ? Number(input['position']) : (before?.position ?? 0),
    group_id: text(input['group_id'], before?.group_id) || randomUUID(),
    tag_list: JSON.stringify(texts(input['tag_list'], JSON.parse(before?.tag_list ?? '[]') as string[])),
    sort_by_date: nullable(input['sort_by_date'], before?.sort_by_date),
    path: nullable(input['path'], before?.path),
    created_at: before?.created_at ?? time(input['created_at']) ?? now,
    updated_at: now,
    published_at: before?.published_at ?? null,
    first_published_at: time(input['first_published_at']) ?? before?.first_published_at ?? null,
    translated_slugs: readTranslatedSlugs(store, input, parentId, before),
    workflow_stage_id: before?.workflow_stage_id ?? null,
    settings: JSON.stringify({ ...JSON.parse(before?.settings ?? '{}'), ...chosen(input) }),
  }
}

function chosen(input: Input): Record<string, unknown> {
  return Object.fromEntries(settings.filter((field) => field in input).map((field) => [field, input[field]]))
}

function nullable(value: unknown, before: string | null = null): string | null {
  if (value === undefined) return before
  return typeof value === 'string' && value !== '' ? value : null
}

interface Place {
  slug: string
  parentId: number
  isStartpage: boolean
  /** The story or folder that is moved, which cannot lie in itself. */
  moved: StoryEntry | undefined
}

function fullSlugOf(store: Store, { slug, parentId, isStartpage, moved }: Place): string {
  if (parentId === 0) return slug
  const parent = store.stories.get(parentId)
  const isInside = moved && parent && (parent.id === moved.id || parent.full_slug.startsWith(`${moved.full_slug}/`))
  if (!parent?.is_folder || isInside) throw new WireError(422, { parent_id: ['is invalid'] })
  return isStartpage ? `${parent.full_slug}/` : `${parent.full_slug}/${slug}`
}

/** A slug is one step of a path. */
function isSlug(slug: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return slug !== '.' && slug !== '..' && !/[/\\\u0000-\u001f\u007f]/.test(slug)
}

function slugify(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}

/** A copied story brings its UUID, which it keeps where it is free. */
function newUuid(store: Store, { uuid }: Input): string {
  const isFree =
    typeof uuid === 'string' &&
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uuid) &&
    store.stories.findEntries({ sql: 's.uuid = ?', values: [uuid] }, { sql: 's.id', values: [] }).length === 0
  return isFree ? uuid : randomUUID()
}

function newId(store: Store, { id }: Input): number {
  const isFree = Number.isSafeInteger(id) && Number(id) > 0 && !store.stories.get(Number(id))
  return isFree ? Number(id) : store.stories.highestId + 1
}

/** Reads `translated_slugs_attributes`: slugs in a folder whose own slug may be translated too. */
function readTranslatedSlugs(
  store: Store,
  { translated_slugs_attributes: attributes }: Input,
  parentId: number,
  before: StoryEntry | undefined,
): string | null {
  if (!Array.isArray(attributes)) return before?.translated_slugs ?? null
  const slugs = new Map<string, TranslatedSlug>()
  for (const slug of JSON.parse(before?.translated_slugs ?? '[]') as TranslatedSlug[]) slugs.set(slug.lang, slug)
  for (const sent of attributes.filter(isObject)) {
    const lang = text(sent['lang'])
    if (sent['_destroy']) slugs.delete(lang)
    else if (lang !== '') {
      const folder = translatedFolder(store, parentId, lang)
      const own = text(sent['slug'], slugs.get(lang)?.path.split('/').at(-1))
      slugs.set(lang, {
        path: folder === '' ? own : `${folder}/${own}`,
        name: nullable(sent['name'], slugs.get(lang)?.name),
        lang,
        published: sent['published'] !== false,
      })
    }
  }
  return slugs.size === 0 ? null : JSON.stringify([...slugs.values()])
}

function translatedFolder(store: Store, folderId: number, lang: string): string {
  const folder = store.stories.get(folderId)
  if (!folder) return ''
  const slugs = JSON.parse(folder.translated_slugs ?? '[]') as TranslatedSlug[]
  return slugs.find((slug) => slug.lang === lang)?.path ?? folder.full_slug
}

/**
 * Reads a story's content.
 *
 * @throws {WireError} With status 422 when it names no component.
 */
export function readStoryContent(input: Input, before: string | undefined): StoredBlok {
  const { content } = input
  if (content === undefined && before !== undefined) return JSON.parse(before) as StoredBlok
  if (!isObject(content) || typeof content['component'] !== 'string' || content['component'] === '') {
    throw unprocessable('For non-folders stories, the root component needs to be filled.')
  }
  if (isTooDeep(content)) throw unprocessable(`The content has more than ${deepest} levels`)
  return withUids(content) as StoredBlok
}

/** Gives bloks that bring no `_uid` one, and takes away what only answers carry. */
function withUids(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUids)
  if (!isObject(value)) return value
  const { _editable: _, ...fields } = value
  const isBlok = typeof fields['component'] === 'string' && !('type' in fields && 'attrs' in fields)
  const own = isBlok && typeof fields['_uid'] !== 'string' ? { _uid: randomUUID() } : {}
  return { ...own, ...Object.fromEntries(Object.entries(fields).map(([key, child]) => [key, withUids(child)])) }
}
