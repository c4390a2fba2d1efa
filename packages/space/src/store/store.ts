import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import type { ContentStory, SpaceContent, StoredBlok } from '../content/types.js'
import { schema } from './schema.js'

export type Version = 'draft' | 'published'

/** What a delivery token may do: Storyblok's API calls a preview token `private`. */
export type TokenAccess = 'public' | 'private'

export interface SpaceRow {
  id: number
  name: string
  domain: string
  cv: number
}

/** A story in one version, as stored: `content` is JSON. */
export interface StoryRow {
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
  tag_list: string
  sort_by_date: string | null
  path: string | null
  created_at: string
  updated_at: string
  published_at: string | null
  first_published_at: string | null
  content: string
}

/** A `WHERE` clause with its values, in the order of its question marks. */
export interface Condition {
  sql: string
  values: readonly SQLInputValue[]
}

/** The data of one local space, in one SQLite database. */
export class Store {
  readonly #database: DatabaseSync

  /** @param path - A file's path, or `:memory:`. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path)
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;')
    this.#database.exec(schema)
  }

  close(): void {
    this.#database.close()
  }

  get isEmpty(): boolean {
    return this.#database.prepare('SELECT 1 FROM space').get() === undefined
  }

  seed(content: SpaceContent, cv: number): void {
    this.#transaction(() => {
      this.#run('INSERT INTO space (id, name, domain, cv) VALUES (?, ?, ?, ?)', [content.spaceId, content.name, '', cv])
      for (const story of content.stories) this.#insertStory(story)
      for (const { id, path, file } of content.assets)
        this.#run('INSERT INTO assets (id, path, file) VALUES (?, ?, ?)', [id, path, file])
    })
  }

  get space(): SpaceRow {
    return this.#database.prepare('SELECT * FROM space').get() as unknown as SpaceRow
  }

  addToken(token: string, access: TokenAccess): void {
    this.#run('INSERT OR REPLACE INTO tokens (token, access) VALUES (?, ?)', [token, access])
  }

  tokenAccess(token: string): TokenAccess | undefined {
    const row = this.#database.prepare('SELECT access FROM tokens WHERE token = ?').get(token)
    return row?.['access'] as TokenAccess | undefined
  }

  firstToken(access: TokenAccess): string | undefined {
    const row = this.#database.prepare('SELECT token FROM tokens WHERE access = ? ORDER BY rowid').get(access)
    return row?.['token'] as string | undefined
  }

  assetFile(path: string): string | undefined {
    const row = this.#database.prepare('SELECT file FROM assets WHERE path = ?').get(path)
    return row?.['file'] as string | undefined
  }

  countStories(version: Version, condition: Condition): number {
    const row = this.#database
      .prepare(
        `SELECT count(*) AS total FROM stories s JOIN versions v ON v.story_id = s.id AND v.version = ? WHERE ${condition.sql}`,
      )
      .get(version, ...condition.values)
    return Number(row?.['total'])
  }

  findStories(
    version: Version,
    condition: Condition,
    order: Condition,
    page: { limit: number; offset: number },
  ): StoryRow[] {
    return this.#database
      .prepare(
        `SELECT s.*, v.content FROM stories s JOIN versions v ON v.story_id = s.id AND v.version = ?
         WHERE ${condition.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
      )
      .all(version, ...condition.values, ...order.values, page.limit, page.offset) as unknown as StoryRow[]
  }

  findStory(version: Version, condition: Condition): StoryRow | undefined {
    return this.findStories(version, condition, { sql: 's.id', values: [] }, { limit: 1, offset: 0 })[0]
  }

  findByUuids(version: Version, uuids: readonly string[]): StoryRow[] {
    return this.findStories(version, uuidCondition(uuids), { sql: 's.id', values: [] }, { limit: -1, offset: 0 })
  }

  /** Lists stories that have the version, and all folders, without content. */
  findLinks(version: Version, startsWith: string): Omit<StoryRow, 'content'>[] {
    return this.#database
      .prepare(
        `SELECT s.* FROM stories s LEFT JOIN versions v ON v.story_id = s.id AND v.version = ?
         WHERE (s.is_folder = 1 OR v.story_id IS NOT NULL) AND substr(s.full_slug, 1, ?) = ? ORDER BY s.id`,
      )
      .all(version, startsWith.length, startsWith) as unknown as StoryRow[]
  }

  /** Makes the draft of a story its published version. */
  publish(fullSlug: string, now: string): boolean {
    return this.#change(fullSlug, (id) => {
      this.#run(
        `INSERT OR REPLACE INTO versions (story_id, version, component, content)
         SELECT story_id, 'published', component, content FROM versions WHERE story_id = ? AND version = 'draft'`,
        [id],
      )
      this.#run(
        'UPDATE stories SET published_at = ?, first_published_at = coalesce(first_published_at, ?) WHERE id = ?',
        [now, now, id],
      )
    })
  }

  /** Takes the published version of a story away. */
  unpublish(fullSlug: string): boolean {
    return this.#change(fullSlug, (id) => {
      this.#run("DELETE FROM versions WHERE story_id = ? AND version = 'published'", [id])
      this.#run('UPDATE stories SET published_at = NULL WHERE id = ?', [id])
    })
  }

  #change(fullSlug: string, change: (id: number) => void): boolean {
    const row = this.#database.prepare('SELECT id FROM stories WHERE full_slug = ? AND is_folder = 0').get(fullSlug)
    if (row === undefined) return false
    this.#transaction(() => {
      change(Number(row['id']))
      // Strictly increasing, so that two changes within a second are two cache versions.
      this.#run('UPDATE space SET cv = max(cv + 1, ?)', [Math.floor(Date.now() / 1000)])
    })
    return true
  }

  #insertStory(story: ContentStory): void {
    this.#run(
      `INSERT INTO stories (id, uuid, name, slug, full_slug, parent_id, is_folder, is_startpage, position, group_id,
         tag_list, sort_by_date, path, created_at, updated_at, published_at, first_published_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        story.id,
        story.uuid,
        story.name,
        story.slug,
        story.fullSlug,
        story.parentId,
        Number(story.isFolder),
        Number(story.isStartpage),
        story.position,
        story.groupId,
        JSON.stringify(story.tags),
        story.sortByDate,
        story.path,
        story.createdAt,
        story.updatedAt,
        story.publishedAt,
        story.firstPublishedAt,
      ],
    )
    this.#insertVersion(story.id, 'draft', story.draft)
    this.#insertVersion(story.id, 'published', story.published)
  }

  #insertVersion(id: number, version: Version, content: StoredBlok | null): void {
    if (content === null) return
    this.#run('INSERT INTO versions (story_id, version, component, content) VALUES (?, ?, ?, ?)', [
      id,
      version,
      content.component,
      JSON.stringify(content),
    ])
  }

  #run(sql: string, values: readonly SQLInputValue[]): void {
    this.#database.prepare(sql).run(...values)
  }

  #transaction(work: () => void): void {
    this.#database.exec('BEGIN')
    try {
      work()
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }
}

/** Matches any of the UUIDs, however many, in one parameter. */
export function uuidCondition(uuids: readonly string[]): Condition {
  return { sql: 's.uuid IN (SELECT value FROM json_each(?))', values: [JSON.stringify(uuids)] }
}
