import { randomBytes } from 'node:crypto'
import type { SpaceContent } from '../content/types.js'
import { ApiKeys } from './api-keys.js'
import { Assets } from './assets.js'
import { Credentials } from './credentials.js'
import { Database } from './database.js'
import { DatasourceEntries } from './datasource-entries.js'
import { Records } from './records.js'
import type { RecordKind } from './records.js'
import { Stories } from './stories.js'

/** A language of the space beside the default one. */
interface SpaceLanguage {
  code: string
  name: string
}

/** A place where the space's site runs. `location` is a URL that a story's path is put behind. */
interface SpaceEnvironment {
  name: string
  location: string
}

/** What the Management API knows of the space itself. */
export interface SpaceData {
  name: string
  domain: string
  languages: SpaceLanguage[]
  environments: SpaceEnvironment[]
  created_at: string
  /** The key that signs uploads and private assets; never answered. */
  secret: string
  /** The personal access token that the space made for itself, so that it is the same after a restart. */
  ownPersonalToken?: string
  [field: string]: unknown
}

/** The data of one local space, in one SQLite database. */
export class Store {
  readonly apiKeys: ApiKeys
  readonly assets: Assets
  readonly credentials: Credentials
  readonly datasourceEntries: DatasourceEntries
  readonly stories: Stories
  readonly #database: Database
  #space: { revision: string; id: number; cv: number; data: SpaceData } | undefined

  /** @param path - A file's path, or `:memory:`. */
  constructor(path: string) {
    this.#database = new Database(path)
    this.apiKeys = new ApiKeys(this.#database)
    this.assets = new Assets(this.#database)
    this.credentials = new Credentials(this.#database)
    this.datasourceEntries = new DatasourceEntries(this.#database)
    this.stories = new Stories(this.#database)
  }

  close(): void {
    this.#database.close()
  }

  /** Runs all of the work or none of it, while no other process writes. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  /** Does something once the transaction that runs is committed, not at all when it fails, and at once without one. */
  afterCommit(work: () => void): void {
    this.#database.afterCommit(work)
  }

  /** Changes whenever the data may have changed, by another process too. */
  get revision(): string {
    return this.#database.revision
  }

  /** The records of one kind. */
  records(kind: RecordKind): Records {
    return new Records(this.#database, kind)
  }

  get isEmpty(): boolean {
    return this.#database.get('SELECT 1 FROM space') === undefined
  }

  get spaceId(): number {
    return this.#readSpace().id
  }

  /** The space's cache version. */
  get cv(): number {
    return this.#readSpace().cv
  }

  get space(): SpaceData {
    return this.#readSpace().data
  }

  updateSpace(changes: Partial<SpaceData>): void {
    this.transaction(() => {
      this.#database.run('UPDATE space SET data = ?', JSON.stringify({ ...this.space, ...changes }))
    })
  }

  /**
   * Raises the cache version to the time, strictly, so that two changes within a second are two versions.
   *
   * @param now - Milliseconds since 1970.
   */
  raiseCacheVersion(now: number): void {
    this.#database.run('UPDATE space SET cv = max(cv + 1, ?)', Math.floor(now / 1000))
  }

  /**
   * Fills an empty store. Of two processes that start on one file, the first does.
   *
   * @param now - Milliseconds since 1970.
   * @throws Whatever going through the stories throws; then nothing is stored.
   */
  seed(content: SpaceContent, now: number): void {
    this.transaction(() => {
      if (!this.isEmpty) return
      const data: SpaceData = {
        name: content.name,
        domain: content.domain,
        languages: content.languages,
        environments: [],
        created_at: new Date(now).toISOString(),
        secret: randomBytes(32).toString('hex'),
      }
      this.#database.run(
        'INSERT INTO space (id, cv, data) VALUES (?, ?, ?)',
        content.spaceId,
        Math.floor(now / 1000),
        JSON.stringify(data),
      )
      for (const [kind, records] of Object.entries(content.records)) {
        for (const record of records) this.records(kind as RecordKind).insert(record)
      }
      for (const story of content.stories) this.stories.seed(story)
      for (const asset of content.assets) this.assets.seed(asset)
      for (const { id, entries } of content.datasources) {
        for (const entry of entries) this.datasourceEntries.insert({ ...entry, datasource_id: id })
      }
      for (const { id, stories } of content.releases) this.writeRelease(id, stories)
    })
  }

  /** Writes what a release makes of stories, by full slug; a story that is not there is left out. */
  writeRelease(id: number, stories: SpaceContent['releases'][number]['stories']): void {
    for (const { fullSlug, content } of stories) {
      const entry = this.stories.getBySlug(fullSlug)
      if (entry) this.stories.writeContent(entry.id, `release:${id}`, content)
    }
  }

  #readSpace(): { id: number; cv: number; data: SpaceData } {
    const { revision } = this
    if (this.#space?.revision !== revision) {
      const row = this.#database.get<{ id: number; cv: number; data: string }>('SELECT * FROM space')
      if (!row) throw new Error('The store was not seeded.')
      this.#space = { revision, id: row.id, cv: row.cv, data: JSON.parse(row.data) as SpaceData }
    }
    return this.#space
  }
}
