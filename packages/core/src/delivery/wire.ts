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
  lang: string
  path: string | null
}

/** What the endpoints answer. `rels` is left empty, and `rel_uuids` given, past Storyblok's limit of relations. */
export interface StoryAnswer {
  story: WireStory
  rels: WireStory[]
  rel_uuids?: string[]
}

export interface StoriesAnswer {
  stories: WireStory[]
  rels: WireStory[]
  rel_uuids?: string[]
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
