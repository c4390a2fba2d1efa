import type { SQLInputValue } from 'node:sqlite'
import { deepest, isTooDeep } from '../content/depth.js'
import type { ContentStory, StoredBlok } from '../content/types.js'
import { startsWith } from './condition.js'
import type { Condition } from './condition.js'
import type { Database } from './database.js'

/** A version of a story's content that is stored. */
export type StoredVersion = 'draft' | 'published' | `release:${number}` | `branch:${number}`

/** The versions to read, in the order of preference: a release lies over what is published. */
export type View = readonly [StoredVersion, ...StoredVersion[]]

/** A story or folder without content, as stored. Times are ISO 8601 in UTC. */
export interface StoryEntry {
  id: number
  uuid: string
  name: string
  slug: string
  full_slug: string
  parent_id: number
  is_folder: number
  is_startpage: number
  position: number
  group_id: string
  /** JSON, as `translated_slugs` and `settings` are. */
  tag_list: string
  sort_by_date: string | null
  path: string | null
  created_at: string
  updated_at: string
  published_at: string | null
  first_published_at: string | null
  translated_slugs: string | null
  workflow_stage_id: number | null
  settings: string
}

/** A story in one version: `content` is JSON. */
export interface StoryRow extends StoryEntry {
  version: StoredVersion
  content: string
}

const columns = [
  'id',
  'uuid',
  'name',
  'slug',
  'full_slug',
  'parent_id',
  'is_folder',
  'is_startpage',
  'position',
  'group_id',
  'tag_list',
  'sort_by_date',
  'path',
  'created_at',
  'updated_at',
  'published_at',
  'first_published_at',
  'translated_slugs',
  'workflow_stage_id',
  'settings',
] as const satisfies readonly (keyof StoryEntry)[]

const insertSql = `INSERT INTO stories (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
const updateSql = `UPDATE stories SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`

/** Joins `stories s` with the version `v` that a view prefers. Its values come first in the statement. */
function fromView(view: View): Condition {
  const [first, ...others] = view
  const base = 'FROM stories s JOIN versions v ON v.story_id = s.id AND v.version = '
  if (others.length === 0) return { sql: `${base}?`, values: [first] }
  const order = view.map((_, index) => `WHEN ? THEN ${index}`).join(' ')
  return {
    sql: `${base}(SELECT version FROM versions WHERE story_id = s.id AND version IN (${view.map(() => '?').join(', ')})
      ORDER BY CASE version ${order} END LIMIT 1)`,
    values: [...view, ...view],
  }
}

/** The stories of the space, in all their versions. */
export class Stories {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Finds the ids of all stories that a view holds and that meet a condition, in an order. */
  findIds(view: View, condition: Condition, order: Condition): number[] {
    const from = fromView(view)
    return this.#database
      .all<{ id: number }>(
        `SELECT s.id ${from.sql} WHERE ${condition.sql} ORDER BY ${order.sql}`,
        ...from.values,
        ...condition.values,
        ...order.values,
      )
      .map(({ id }) => id)
  }

  find(view: View, condition: Condition): StoryRow | undefined {
    const from = fromView(view)
    return this.#database.get<StoryRow>(
      `SELECT s.*, v.version, v.content ${from.sql} WHERE ${condition.sql} ORDER BY s.id LIMIT 1`,
      ...from.values,
      ...condition.values,
    )
  }

  /** Finds the ids of stories by their UUIDs, in the order of the ids. */
  idsByUuids(uuids: Iterable<string>): number[] {
    const ids = [...uuids].flatMap(
      (uuid) => this.#database.get<{ id: number }>('SELECT id FROM stories WHERE uuid = ?', uuid)?.id ?? [],
    )
    return ids.toSorted((a, b) => a - b)
  }

  /** Counts the stories of each tag, by the tag's name. */
  countTags(view: View, condition: Condition): { name: string; taggings_count: number }[] {
    const from = fromView(view)
    return this.#database.all(
      `SELECT tag.value AS name, count(*) AS taggings_count ${from.sql}, json_each(s.tag_list) AS tag
       WHERE ${condition.sql} GROUP BY tag.value ORDER BY tag.value`,
      ...from.values,
      ...condition.values,
    )
  }

  /** Lists the stories that a view holds, and all folders. */
  findLinks(view: View, condition: Condition): StoryEntry[] {
    const versions = view.map(() => '?').join(', ')
    return this.#database.all<StoryEntry>(
      `SELECT s.* FROM stories s
       WHERE (s.is_folder = 1 OR EXISTS (SELECT 1 FROM versions WHERE story_id = s.id AND version IN (${versions})))
         AND ${condition.sql} ORDER BY s.id`,
      ...view,
      ...condition.values,
    )
  }

  /** Finds the other stories of a story's group. */
  findAlternates({ id, group_id: groupId }: Pick<StoryEntry, 'id' | 'group_id'>): StoryEntry[] {
    return this.#database.all('SELECT * FROM stories WHERE group_id = ? AND id <> ? ORDER BY id', groupId, id)
  }

  /** Finds stories and folders, whatever their versions. */
  findEntries(condition: Condition, order: Condition): StoryEntry[] {
    const sql = `SELECT s.* FROM stories s LEFT JOIN versions v ON v.story_id = s.id AND v.version = 'draft'
      WHERE ${condition.sql} ORDER BY ${order.sql}`
    return this.#database.all(sql, ...condition.values, ...order.values)
  }

  get(id: number): StoryEntry | undefined {
    return this.#database.get('SELECT * FROM stories WHERE id = ?', id)
  }

  getBySlug(fullSlug: string): StoryEntry | undefined {
    return this.#database.get('SELECT * FROM stories WHERE full_slug = ?', fullSlug)
  }

  /** The content of one version, as JSON. */
  content(id: number, version: StoredVersion): string | undefined {
    return this.#database.get<{ content: string }>(
      'SELECT content FROM versions WHERE story_id = ? AND version = ?',
      id,
      version,
    )?.content
  }

  count(version: StoredVersion): number {
    const row = this.#database.get<{ total: number }>(
      'SELECT count(*) AS total FROM versions WHERE version = ?',
      version,
    )
    return row?.total ?? 0
  }

  /** The highest id that a story ever had, 0 when there was none. */
  get highestId(): number {
    return this.#database.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'stories'")?.seq ?? 0
  }

  /** Adds a story or folder with the content of its versions. */
  seed(story: ContentStory): void {
    this.insert({
      id: story.id,
      uuid: story.uuid,
      name: story.name,
      slug: story.slug,
      full_slug: story.fullSlug,
      parent_id: story.parentId,
      is_folder: Number(story.isFolder),
      is_startpage: Number(story.isStartpage),
      position: story.position,
      group_id: story.groupId,
      tag_list: JSON.stringify(story.tags),
      sort_by_date: story.sortByDate,
      path: story.path,
      created_at: story.createdAt,
      updated_at: story.updatedAt,
      published_at: story.publishedAt,
      first_published_at: story.firstPublishedAt,
      translated_slugs: story.translatedSlugs && JSON.stringify(story.translatedSlugs),
      workflow_stage_id: null,
      settings: '{}',
    })
    if (story.draft) this.writeContent(story.id, 'draft', story.draft)
    if (story.published) this.writeContent(story.id, 'published', story.published)
  }

  insert(entry: StoryEntry): void {
    this.#database.run(insertSql, ...valuesOf(entry))
  }

  update(entry: StoryEntry): void {
    this.#database.run(updateSql, ...valuesOf(entry), entry.id)
  }

  /** @throws {RangeError} When the content is nested too deeply for the database to look into. */
  writeContent(id: number, version: StoredVersion, content: StoredBlok): void {
    if (isTooDeep(content))
      throw new RangeError(`[keyblok] The content of story ${id} has more than ${deepest} levels.`)
    this.#database.run(
      'INSERT OR REPLACE INTO versions (story_id, version, component, content) VALUES (?, ?, ?, ?)',
      id,
      version,
      content.component,
      JSON.stringify(content),
    )
  }

  deleteContent(id: number, version: StoredVersion): void {
    this.#database.run('DELETE FROM versions WHERE story_id = ? AND version = ?', id, version)
  }

  /** Makes one version of every story, or of those named, the content of another. */
  copyVersions(from: StoredVersion, to: StoredVersion, ids?: readonly number[]): void {
    this.#database.run(
      `INSERT OR REPLACE INTO versions (story_id, version, component, content)
       SELECT story_id, ?1, component, content FROM versions
       WHERE version = ?2 AND (?3 IS NULL OR story_id IN (SELECT value FROM json_each(?3)))`,
      to,
      from,
      ids ? JSON.stringify(ids) : null,
    )
  }

  /** The stories that have a version. */
  idsOf(version: StoredVersion): number[] {
    return this.#database
      .all<{ story_id: number }>('SELECT story_id FROM versions WHERE version = ? ORDER BY story_id', version)
      .map((row) => row.story_id)
  }

  deleteVersion(version: StoredVersion): void {
    this.#database.run('DELETE FROM versions WHERE version = ?', version)
  }

  /** Gives what lies in a folder the slug that the folder has now. */
  moveDescendants(oldSlug: string, newSlug: string): void {
    this.#database.run(
      `UPDATE stories SET full_slug = ?1 || substr(full_slug, ?2) WHERE substr(full_slug, 1, ?2) = ?3 || '/'`,
      newSlug,
      [...oldSlug].length + 1,
      oldSlug,
    )
  }

  /** Deletes a story, or a folder with all that lies in it. */
  delete({ id, full_slug: fullSlug, is_folder: isFolder }: StoryEntry): void {
    if (isFolder) {
      const inside = startsWith(`${fullSlug}/`)
      this.#database.run(`DELETE FROM stories AS s WHERE ${inside.sql}`, ...inside.values)
    }
    this.#database.run('DELETE FROM stories WHERE id = ?', id)
  }
}

function valuesOf(entry: StoryEntry): SQLInputValue[] {
  return columns.map((column) => entry[column])
}
