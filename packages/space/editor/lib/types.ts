/** A blok as the Management API gives it. */
export interface Blok {
  _uid: string
  component: string
  [field: string]: unknown
}

/** What a component's schema says of a field; the parts that the form needs. */
export interface SchemaField {
  type: string
  pos?: number
  display_name?: string
  description?: string
  required?: boolean
  translatable?: boolean
  default_value?: unknown
  options?: { name: string; value: string }[]
  source?: string
  datasource_slug?: string
  filter_content_type?: string[] | string
  component_whitelist?: string[]
  restrict_components?: boolean
  restrict_type?: string
  component_group_whitelist?: string[]
  component_tag_whitelist?: number[]
  maximum?: number
  max_length?: number
}

export interface Component {
  name: string
  display_name: string | null
  is_root: boolean
  is_nestable: boolean
  component_group_uuid: string | null
  internal_tag_ids: (number | string)[]
  schema: Record<string, SchemaField>
}

/** A story or folder; lists have no content. */
export interface Story {
  id: number
  uuid: string
  name: string
  slug: string
  full_slug: string
  is_folder: boolean
  is_startpage: boolean
  published: boolean
  unpublished_changes: boolean
  updated_at: string
  content?: Blok
}

export interface AssetItem {
  id: number
  filename: string
  short_filename: string
  alt: string | null
}

export interface Session {
  space: { id: number; name: string }
  languages: { code: string; name: string }[]
  releases: { id: number; name: string }[]
  environments: { name: string; location: string }[]
}

/** What the page's bridge was made with. */
export interface BridgeConfig {
  resolveRelations?: string[] | null
}

/** Where a blok lies: in a field of another one, at a place. */
export interface BlokPlace {
  blok: Blok
  parent?: Blok
  field?: string
  list?: Blok[]
  index: number
  /** The bloks around it, the root first, itself last. */
  trail: BlokPlace[]
}
