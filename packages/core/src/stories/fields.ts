import type { WireBlok, WireLinkedStory } from '../delivery/wire.js'

// What fields hold, as the Content Delivery API delivers it. Generated types are made of these.

/** What every blok has, whatever its component. */
export interface Blok<Component extends string = string> {
  component: Component
  _uid: string
  /** The editor's mark; drafts alone carry it. */
  _editable?: string
}

/** An asset. An asset field that was emptied is an asset without `filename`. */
export interface Asset {
  id: number | null
  /** The URL of the file; empty or `null` when no file is chosen. */
  filename: string | null
  alt?: string | null
  title?: string | null
  name?: string
  copyright?: string | null
  source?: string | null
  /** The part that stays visible when an image is cropped, as `left x top : right x bottom` in pixels; or empty. */
  focus?: string | null
  is_private?: boolean
  is_external_url?: boolean
  meta_data?: Record<string, unknown>
  fieldtype?: 'asset'
}

/** The kinds of target that a link can have. */
export type LinkType = 'story' | 'url' | 'email' | 'asset'

/** A link. One that was never filled is a link without `url`, `cached_url` and `id`. */
export interface Multilink<Type extends LinkType = LinkType> {
  linktype: Type
  /** The target's UUID, where it is a story. */
  id: string
  url: string
  /** The target as it was when the link was saved. */
  cached_url: string
  email?: string
  anchor?: string | null
  target?: string | null
  rel?: string
  title?: string
  fieldtype?: 'multilink'
  /** The story that the link points to, where the space resolves links. */
  story?: WireLinkedStory
}

/** A table: a row of heads, and rows of cells. */
export interface Table {
  thead: { value: string }[]
  tbody: { body: { value: string }[] }[]
  fieldtype?: 'table'
}

/** Values of field plugins by the plugin's name. Sites augment it through their adapter's `stories` entry. */
export interface FieldPlugins {}

/** The value of a plugin's field: what {@link FieldPlugins} says, else `unknown`. */
export type Plugin<Name extends string> = Name extends keyof FieldPlugins ? FieldPlugins[Name] : unknown

/** A rich text field: the document of Storyblok's editor, with the bloks that may stand in it. */
export interface RichText<out Nested = WireBlok> {
  type: 'doc'
  content?: RichTextNode<Nested>[]
}

/** A node of a rich text; `type` tells what it is. */
export type RichTextNode<Nested = WireBlok> = RichTextElement<Nested> | RichTextText | RichTextBloks<Nested>

/** A node that holds others. */
export interface RichTextElement<out Nested = WireBlok> {
  type:
    | 'paragraph'
    | 'heading'
    | 'blockquote'
    | 'bullet_list'
    | 'ordered_list'
    | 'list_item'
    | 'code_block'
    | 'hard_break'
    | 'horizontal_rule'
    | 'image'
    | 'emoji'
    | 'table'
    | 'tableRow'
    | 'tableCell'
    | 'tableHeader'
  attrs?: Record<string, unknown>
  content?: RichTextNode<Nested>[]
}

/** A run of text. */
export interface RichTextText {
  type: 'text'
  text: string
  marks?: RichTextMark[]
}

/** Bloks inside a rich text. */
export interface RichTextBloks<out Nested = WireBlok> {
  type: 'blok'
  attrs: { id?: string; body?: Nested[] }
}

/** What a run of text is marked as, such as `bold` or `link`. */
export interface RichTextMark {
  type: string
  attrs?: {
    href?: string | null
    linktype?: LinkType | null
    target?: string | null
    anchor?: string | null
    uuid?: string | null
    [attribute: string]: unknown
  }
}
