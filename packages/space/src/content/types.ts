import type { RecordKind } from '../store/records.js'

/** A blok as stored: a component's name, its own id and its fields. */
export interface StoredBlok {
  _uid: string
  component: string
  [field: string]: unknown
}

/** A story's path and name in one language. */
export interface TranslatedSlug {
  path: string
  name: string | null
  lang: string
  published: boolean
}

/** A story or folder as a content folder describes it. Times are ISO 8601 in UTC. */
export interface ContentStory {
  id: number
  uuid: string
  name: string
  slug: string
  fullSlug: string
  parentId: number
  isFolder: boolean
  isStartpage: boolean
  position: number
  groupId: string
  tags: string[]
  sortByDate: string | null
  path: string | null
  translatedSlugs: TranslatedSlug[] | null
  createdAt: string
  updatedAt: string
  publishedAt: string | null
  firstPublishedAt: string | null
  /** The content that editors see; `null` for folders. */
  draft: StoredBlok | null
  /** The content that visitors see; `null` when the story is not published. */
  published: StoredBlok | null
}

/** A file of the asset library, as a content folder describes it. */
export interface ContentAsset {
  id: number
  /** The path of the asset's URL, such as `/f/100001/800x600/0f3a/ridge.svg`. */
  path: string
  /** The absolute path of the file on disk. */
  file: string
  isPrivate: boolean
  /** The asset's other fields. */
  data: Record<string, unknown>
}

/** A second value that a datasource's entries may have, such as one per language. */
interface ContentDimension {
  id: number
  name: string
  entry_value: string
  datasource_id: number
}

interface ContentDatasourceEntry {
  id: number
  name: string
  value: string
  /** Values by a dimension's `entry_value`. */
  dimensions: Record<string, string>
}

export interface ContentDatasource {
  id: number
  name: string
  slug: string
  dimensions: ContentDimension[]
  entries: ContentDatasourceEntry[]
}

/** A release, and what it makes of stories. */
export interface ContentRelease {
  id: number
  /** The release as the Management API answers it. */
  data: Record<string, unknown>
  stories: { fullSlug: string; content: StoredBlok }[]
}

/** Everything a content folder holds. */
export interface SpaceContent {
  spaceId: number
  name: string
  domain: string
  /** The languages beside the default one. */
  languages: { code: string; name: string }[]
  /** What the Management API knows beside stories, as it answers it. */
  records: Partial<Record<RecordKind, Record<string, unknown>[]>>
  /** Goes once through the stories; see `readContent` for what it throws. */
  stories: Iterable<ContentStory>
  assets: ContentAsset[]
  datasources: ContentDatasource[]
  releases: ContentRelease[]
}

/** A space without anything. */
export const emptyContent: SpaceContent = {
  spaceId: 100_001,
  name: 'Local space',
  domain: '',
  languages: [],
  records: {},
  stories: [],
  assets: [],
  datasources: [],
  releases: [],
}
