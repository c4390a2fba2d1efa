import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import type { ContentDatasource, ContentStory, SpaceContent, StoredBlok } from '../content/types.js'
import { migration, schema } from './schema.js'

export type Version = 'draft' | 'published'

/** What a delivery token may do: Storyblok's API calls a preview token `private`. */
export type TokenAccess = 'public' | 'private' | 'asset' | 'release'

export interface SpaceRow {
  id: number
  name: string
  domain: string
  cv: number
  /** JSON. */
  languages: string
}

/** A story of the same group: the same page in another folder, often in another language. */
export interface Alternate {
  id: number
  name: string
  slug: string
  published: boolean
  full_slug: string
  is_folder: boolean
  parent_id: number
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
  /** JSON. */
  translated_slugs: string | null
  content: string
}

/** A datasource as it is delivered. */
export interface DatasourceRow {
  id: number
  name: string
  slug: string
  dimensions: { id: number; name: string; entry_value: string; datasource_id: number }[]
}

export interface DatasourceEntryRow {
  id: number
  name: string
  value: string
  /** Values by a dimension's `entry_value`. */
  dimensions: Record<string, string>
}

/** A `WHERE` clause with its values, in the order of its question marks. */
export interface Condition {
  sql: string
  values: readonly SQLInputValue[]
}

/** The data of one local space, in one SQLite database. */
export class Store {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  /** @param path - A file's path, or `:memory:`. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path)
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;')
    this.#migrate()
    this.#database.exec(schema)
  }

  #migrate(): void {
    const columns = this.#prepare("SELECT name FROM pragma_table_info('stories')").all()
    if (columns.length === 0 || columns.some(({ name }) => name === 'translated_slugs')) return
    this.#transaction(() => this.#database.exec(migration))
  }

  close(): void {
    this.#database.close()
  }

  get isEmpty(): boolean {
    return this.#prepare('SELECT 1 FROM space').get() === undefined
  }

  seed(content: SpaceContent, cv: number): void {
    this.#transaction(() => {
      this.#run('INSERT INTO space (id, name, domain, cv, languages) VALUES (?, ?, ?, ?, ?)', [
        content.spaceId,
        content.name,
        '',
        cv,
        JSON.stringify(content.languages),
      ])
      for (const component of content.components)
        this.#run('INSERT OR REPLACE INTO components (name, data) VALUES (?, ?)', [
          component.name,
          JSON.stringify(component),
        ])
      for (const story of content.stories) this.#insertStory(story)
      for (const { id, path, file } of content.assets)
        this.#run('INSERT INTO assets (id, path, file) VALUES (?, ?, ?)', [id, path, file])
      for (const datasource of content.datasources) this.#insertDatasource(datasource)
    })
  }

  get space(): SpaceRow {
    return this.#prepare('SELECT * FROM space').get() as unknown as SpaceRow
  }

  get spaceId(): number {
    return this.space.id
  }

  /** The codes of the space's languages beside the default one. */
  get languages(): string[] {
    return JSON.parse(this.space.languages) as string[]
  }

  addToken(token: string, access: TokenAccess): void {
    this.#run('INSERT OR REPLACE INTO tokens (token, access) VALUES (?, ?)', [token, access])
  }

  tokenAccess(token: string): TokenAccess | undefined {
    const row = this.#prepare('SELECT access FROM tokens WHERE token = ?').get(token)
    return row?.['access'] as TokenAccess | undefined
  }

  firstToken(access: TokenAccess): string | undefined {
    const row = this.#prepare('SELECT token FROM tokens WHERE access = ? ORDER BY rowid').get(access)
    return row?.['token'] as string | undefined
  }

  addPersonalToken(token: string): void {
    this.#run('INSERT OR IGNORE INTO personal_access_tokens (token) VALUES (?)', [token])
  }

  get personalToken(): string | undefined {
    const row = this.#prepare('SELECT token FROM personal_access_tokens ORDER BY rowid').get()
    return row?.['token'] as string | undefined
  }

  isPersonalToken(token: string): boolean {
    return this.#prepare('SELECT 1 FROM personal_access_tokens WHERE token = ?').get(token) !== undefined
  }

  /** The components, as the Management API answers them. */
  get components(): unknown[] {
    const rows = this.#prepare('SELECT data FROM components ORDER BY rowid').all()
    return rows.map((row) => JSON.parse(row['data'] as string) as unknown)
  }

  assetFile(path: string): string | undefined {
    const row = this.#prepare('SELECT file FROM assets WHERE path = ?').get(path)
    return row?.['file'] as string | undefined
  }

  countStories(version: Version, condition: Condition): number {
    const row = this.#prepare(
      `SELECT count(*) AS total FROM stories s JOIN versions v ON v.story_id = s.id AND v.version = ? WHERE ${condition.sql}`,
    ).get(version, ...condition.values)
    return Number(row?.['total'])
  }

  findStories(
    version: Version,
    condition: Condition,
    order: Condition,
    page: { limit: number; offset: number },
  ): StoryRow[] {
    // Sorting ids alone spares carrying every story's content through the sort.
    const ids = this.#prepare(
      `SELECT s.id FROM stories s JOIN versions v ON v.story_id = s.id AND v.version = ?
         WHERE ${condition.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`,
    ).all(version, ...condition.values, ...order.values, page.limit, page.offset)
    const story = this.#prepare(
      'SELECT s.*, v.content FROM stories s JOIN versions v ON v.story_id = s.id AND v.version = ? WHERE s.id = ?',
    )
    return ids.map(({ id }) => story.get(version, id as number) as unknown as StoryRow)
  }

  findStory(version: Version, condition: Condition): StoryRow | undefined {
    return this.findStories(version, condition, { sql: 's.id', values: [] }, { limit: 1, offset: 0 })[0]
  }

  findByUuids(version: Version, uuids: readonly string[]): StoryRow[] {
    return this.findStories(version, uuidCondition(uuids), { sql: 's.id', values: [] }, { limit: -1, offset: 0 })
  }

  /** Finds the other stories of a story's group. */
  findAlternates({ id, group_id: groupId }: Pick<StoryRow, 'id' | 'group_id'>): Alternate[] {
    const rows = this.#prepare('SELECT * FROM stories WHERE group_id = ? AND id <> ? ORDER BY id').all(groupId, id)
    return (rows as unknown as StoryRow[]).map((row) => ({
      id: row.id,
      name: row.name,
      slug: row.slug,
      published: row.published_at !== null,
      full_slug: row.full_slug,
      is_folder: row.is_folder === 1,
      parent_id: row.parent_id,
    }))
  }

  release(id: number): { id: number; public: boolean } | undefined {
    const row = this.#prepare('SELECT id, public FROM releases WHERE id = ?').get(id)
    return row && { id: Number(row['id']), public: row['public'] === 1 }
  }

  /** Adds a release with the contents that it changes, by full slug. */
  addRelease(id: number, isPublic: boolean, stories: Readonly<Record<string, StoredBlok>>): void {
    this.#transaction(() => {
      this.#run('INSERT INTO releases (id, public) VALUES (?, ?)', [id, Number(isPublic)])
      for (const [fullSlug, content] of Object.entries(stories)) {
        this.#run(
          `INSERT INTO release_contents (release_id, story_id, content)
           SELECT ?, id, ? FROM stories WHERE full_slug = ?`,
          [id, JSON.stringify(content), fullSlug],
        )
      }
    })
  }

  /** Gives what a release makes of a story, as JSON. */
  releaseContent(release: number, storyId: number): string | undefined {
    const row = this.#prepare('SELECT content FROM release_contents WHERE release_id = ? AND story_id = ?').get(
      release,
      storyId,
    )
    return row?.['content'] as string | undefined
  }

  /** Lists stories that have the version, and all folders, without content. */
  findLinks(version: Version, startsWith: string): Omit<StoryRow, 'content'>[] {
    return this.#prepare(
      `SELECT s.* FROM stories s LEFT JOIN versions v ON v.story_id = s.id AND v.version = ?
         WHERE (s.is_folder = 1 OR v.story_id IS NOT NULL) AND substr(s.full_slug, 1, ?) = ? ORDER BY s.id`,
    ).all(version, startsWith.length, startsWith) as unknown as StoryRow[]
  }

  /** Finds a story that has the version, or a folder, without content. */
  findLink(version: Version, uuid: string): Omit<StoryRow, 'content'> | undefined {
    return this.#prepare(
      `SELECT s.* FROM stories s LEFT JOIN versions v ON v.story_id = s.id AND v.version = ?
       WHERE (s.is_folder = 1 OR v.story_id IS NOT NULL) AND s.uuid = ?`,
    ).get(version, uuid) as unknown as StoryRow | undefined
  }

  /** Counts the stories of each tag, by the tag's name. */
  countTags(version: Version, condition: Condition): { name: string; taggings_count: number }[] {
    const rows = this.#prepare(
      `SELECT tag.value AS name, count(*) AS total
       FROM stories s JOIN versions v ON v.story_id = s.id AND v.version = ?, json_each(s.tag_list) AS tag
       WHERE ${condition.sql} GROUP BY tag.value ORDER BY tag.value`,
    ).all(version, ...condition.values)
    return rows.map((row) => ({ name: String(row['name']), taggings_count: Number(row['total']) }))
  }

  datasources(): DatasourceRow[] {
    return this.#prepare('SELECT * FROM datasources ORDER BY id')
      .all()
      .map((row) => ({ ...row, dimensions: JSON.parse(String(row['dimensions'])) }) as unknown as DatasourceRow)
  }

  /** Lists the entries of a datasource, or of all. */
  datasourceEntries(datasourceId: number | null = null): DatasourceEntryRow[] {
    return this.#prepare('SELECT * FROM datasource_entries WHERE ?1 IS NULL OR datasource_id = ?1 ORDER BY rowid')
      .all(datasourceId)
      .map((row) => ({ ...row, dimensions: JSON.parse(String(row['dimensions'])) }) as unknown as DatasourceEntryRow)
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

  delete(fullSlug: string): boolean {
    return this.#change(fullSlug, (id) => this.#run('DELETE FROM stories WHERE id = ?', [id]))
  }

  /** Gives a story another full slug, in the folder that the slug names. */
  move(fullSlug: string, newFullSlug: string): boolean {
    const steps = newFullSlug.split('/')
    const slug = steps.pop() ?? newFullSlug
    return this.#change(fullSlug, (id) =>
      this.#run(
        `UPDATE stories SET full_slug = ?, slug = ?,
           parent_id = coalesce((SELECT id FROM stories WHERE is_folder = 1 AND full_slug = ?), 0) WHERE id = ?`,
        [newFullSlug, slug, steps.join('/'), id],
      ),
    )
  }

  /** Replaces the draft of a story; what is published stays, and so does the cache version. */
  saveDraft(fullSlug: string, content: StoredBlok, now: string): boolean {
    const row = this.#prepare('SELECT id FROM stories WHERE full_slug = ? AND is_folder = 0').get(fullSlug)
    if (row === undefined) return false
    const id = Number(row['id'])
    this.#transaction(() => {
      this.#run("DELETE FROM versions WHERE story_id = ? AND version = 'draft'", [id])
      this.#insertVersion(id, 'draft', content)
      this.#run('UPDATE stories SET updated_at = ? WHERE id = ?', [now, id])
    })
    return true
  }

  #change(fullSlug: string, change: (id: number) => void): boolean {
    const row = this.#prepare('SELECT id FROM stories WHERE full_slug = ? AND is_folder = 0').get(fullSlug)
    if (row === undefined) return false
    this.#transaction(() => {
      change(Number(row['id']))
      // Strictly increasing, so that two changes within a second are two cache versions.
      this.#run('UPDATE space SET cv = max(cv + 1, ?)', [Math.floor(Date.now() / 1000)])
    })
    return true
  }

  /** Adds stories, in one go, and raises the cache version. */
  addStories(stories: readonly ContentStory[]): void {
    this.#transaction(() => {
      for (const story of stories) this.#insertStory(story)
      this.#run('UPDATE space SET cv = max(cv + 1, ?)', [Math.floor(Date.now() / 1000)])
    })
  }

  /** The highest id of a story, 0 when there is none. */
  get highestStoryId(): number {
    return Number(this.#prepare('SELECT coalesce(max(id), 0) AS id FROM stories').get()?.['id'])
  }

  #insertStory(story: ContentStory): void {
    this.#run(
      `INSERT INTO stories (id, uuid, name, slug, full_slug, parent_id, is_folder, is_startpage, position, group_id,
         tag_list, sort_by_date, path, created_at, updated_at, published_at, first_published_at, translated_slugs)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
        story.translatedSlugs && JSON.stringify(story.translatedSlugs),
      ],
    )
    this.#insertVersion(story.id, 'draft', story.draft)
    this.#insertVersion(story.id, 'published', story.published)
  }

  #insertDatasource({ id, name, slug, dimensions, entries }: ContentDatasource): void {
    const delivered = dimensions.map((dimension) => ({
      id: dimension.id,
      name: dimension.name,
      entry_value: dimension.entryValue,
      datasource_id: id,
    }))
    this.#run('INSERT INTO datasources (id, name, slug, dimensions) VALUES (?, ?, ?, ?)', [
      id,
      name,
      slug,
      JSON.stringify(delivered),
    ])
    for (const entry of entries) {
      this.#run('INSERT INTO datasource_entries (id, datasource_id, name, value, dimensions) VALUES (?, ?, ?, ?, ?)', [
        entry.id,
        id,
        entry.name,
        entry.value,
        JSON.stringify(entry.dimensionValues),
      ])
    }
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

  /** Keeps prepared statements; when there are many different ones it starts again. */
  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= 200) this.#statements.clear()
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #run(sql: string, values: readonly SQLInputValue[]): void {
    this.#prepare(sql).run(...values)
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
