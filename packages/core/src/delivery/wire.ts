/** A blok as delivered: a component's name, its own id and its fields. Drafts carry the editor's mark. */
export interface WireBlok {
  _uid: string
  component: string
  _editable?: string
  [field: string]: unknown
}

/** A story as Storyblok's Content Delivery API, version 2, answers it. Times are ISO 8601 in UTC. */
export interface WireStory {
  id: number
  uuid: string
  name: string
  slug: string
  /** The path in the space; a folder's start page ends with a slash. */
  full_slug: string
  content: WireBlok
  created_at: string
  updated_at?: string
  published_at: string | null
  first_published_at: string | null
  sort_by_date: string | null
  position: number
  tag_list: string[]
  is_startpage: boolean
  /** The folder's id; 0 at the root. */
  parent_id: number | null
  group_id: string
  /** The language that was asked for, or `default`. */
  lang: string
  path: string | null
  /** The same story in other folders, where a folder is a language. */
  alternates?: WireAlternate[]
  /** The slug in the default language, where slugs are translated. */
  default_full_slug?: string | null
  translated_slugs?: WireTranslatedSlug[] | null
  /** The release that the content is of. */
  release_id?: number | null
}

/** The story of another folder that shares this one's group. */
export interface WireAlternate {
  id: number
  name: string
  slug: string
  full_slug: string
  published: boolean | null
  is_folder: boolean
  parent_id: number | null
}

/** A story's slug in one language. */
export interface WireTranslatedSlug {
  path: string
  name: string | null
  lang: string
  published?: boolean | string | null
}

/** What stands beside stories: past Storyblok's limits `rels` and `links` are empty and the UUIDs are given instead. */
export interface Sideloaded {
  rels: WireStory[]
  rel_uuids?: string[]
  links?: WireLinkedStory[]
  link_uuids?: string[]
}

/** A story that a link points to, as far as it was asked for. */
export interface WireLinkedStory {
  id: number
  uuid: string
  name: string
  slug: string
  full_slug: string
}

/** What the endpoints of stories answer. */
export interface StoryAnswer extends Sideloaded {
  story: WireStory
  cv?: number
}

export interface StoriesAnswer extends Sideloaded {
  stories: WireStory[]
  cv?: number
  /** All stories that match, from the `Total` header. */
  total: number
}

/** A story or folder without its content. */
export interface WireLink {
  id: number
  uuid: string
  /** The full slug. */
  slug: string
  path: string | null
  real_path: string
  name: string
  published: boolean
  parent_id: number | null
  is_folder: boolean
  is_startpage: boolean
  position: number
  alternates?: { path: string; name: string | null; lang: string; published: boolean | null; translated_slug: string }[]
  /** The times are given where they were asked for. */
  created_at?: string
  updated_at?: string
  published_at?: string | null
}

export interface LinksAnswer {
  links: WireLink[]
  total: number
}

/** What the space says of itself. */
export interface SpaceInfo {
  id: number
  name: string
  domain: string
  /** The cache version, in Unix seconds. */
  version: number
  language_codes: string[]
}

/** A list of values that editors keep. */
export interface Datasource {
  id: number
  name: string
  slug: string
  dimensions: { id: number; name: string; entry_value: string; datasource_id: number }[]
}

export interface DatasourcesAnswer {
  datasources: Datasource[]
  total: number
}

/** One value of a datasource. */
export interface DatasourceEntry<Value extends string = string> {
  id: number
  /** What editors read when they choose. */
  name: string
  /** What fields hold. */
  value: Value
  /** The value in the dimension that was asked for; `null` where it has none. */
  dimension_value: string | null
}

export interface DatasourceEntriesAnswer {
  entries: DatasourceEntry[]
  total: number
}

/** A tag, and how many stories have it. */
export interface Tag {
  name: string
  taggings_count: number
}

/** A private asset, with a URL that opens it for a while. */
export interface PrivateAsset {
  filename: string
  /** The URL to redirect or proxy to; it holds its own proof and its own end. */
  signed_url: string
  content_type?: string
  content_length?: number
  alt?: string | null
  title?: string | null
}
