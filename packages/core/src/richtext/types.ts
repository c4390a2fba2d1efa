import type { WireBlok } from '../delivery/wire.js'
import type { RichTextBloks, RichTextElement, RichTextMark } from '../stories/fields.js'
import type { Space } from '../stories/space.js'

export type TextAlignment = 'left' | 'center' | 'right' | 'justify' | 'start' | 'end'

/** What blocks of text have in common. */
export interface TextBlockAttributes {
  align?: TextAlignment
  dir?: 'ltr' | 'rtl' | 'auto'
}

/** A cell of a table. */
export interface CellAttributes {
  colspan?: number
  rowspan?: number
  /** The width of each column that the cell spans, in pixels. */
  colwidth?: readonly number[]
  /** A colour of CSS. */
  backgroundColor?: string
}

/** Attributes that editors may add to a link. The site names those that begin with `data-` or `aria-`. */
export type CustomLinkAttribute = `data-${string}` | `aria-${string}`

/** A link whose address a page may link to. Each of these is the attribute of HTML of the same name. */
export interface LinkAttributes {
  href: string
  target?: '_blank' | '_parent' | '_top'
  rel?: string
  title?: string
  hreflang?: string
  lang?: string
  dir?: string
  download?: string
  class?: string
  [custom: CustomLinkAttribute]: string | undefined
}

/** An image, with its size where the file's address tells it. */
export interface RichTextImageAttributes {
  src: string
  alt: string
  title?: string
  width?: number
  height?: number
}

type None = Record<never, never>

/** What is known of a node or a mark of rich text, by its type. Everything is checked: it can be shown as it is. */
export interface RichTextAttributes<Nested = WireBlok> {
  paragraph: TextBlockAttributes
  heading: TextBlockAttributes & { level: 1 | 2 | 3 | 4 | 5 | 6; id?: string }
  blockquote: None
  bullet_list: None
  ordered_list: { start?: number }
  list_item: None
  /** The text as it stands, and the language that the editor chose for it. */
  code_block: { code: string; language?: string }
  hard_break: None
  horizontal_rule: None
  image: RichTextImageAttributes
  /** The character, or for one that has none the address of its picture. */
  emoji: { name: string; emoji?: string; src?: string }
  table: None
  tableRow: None
  tableHeader: CellAttributes & { scope: 'col' | 'row' }
  tableCell: CellAttributes
  blok: { bloks: readonly Nested[] }
  link: LinkAttributes
  anchor: { id: string }
  styled: { class: string }
  textStyle: { color?: string; id?: string; class?: string }
  highlight: { color?: string }
  bold: None
  italic: None
  underline: None
  strike: None
  superscript: None
  subscript: None
  code: None
}

/** The type of a node or a mark that can be shown by a component. */
export type RichTextType = keyof RichTextAttributes

/** What a component of a node or a mark gets, beside what is inside of it. */
export type RichTextProps<Type extends RichTextType, Nested = WireBlok> = RichTextAttributes<Nested>[Type] & {
  /** The node or the mark as Storyblok delivers it. */
  node: WireNode<Type, Nested>
}

type WireNode<Type, Nested> = Type extends 'blok'
  ? RichTextBloks<Nested>
  : Type extends RichTextElement['type']
    ? RichTextElement<Nested>
    : RichTextMark

/** Attributes of HTML. */
export type HtmlAttributes = Readonly<Record<string, string | number | undefined>>

/** The types that are elements of HTML. */
export type ElementType = Exclude<RichTextType, 'blok'>

/** An element of a rendered rich text. */
export interface RenderedElement<Nested = WireBlok> {
  /** Which node or mark it is. Elements that HTML adds, such as `tbody`, have no type. */
  type?: ElementType
  tag: string
  /** What the element has in HTML. */
  attributes: HtmlAttributes
  /** What a component gets in its place. */
  props: object
  /** The node or the mark as delivered; of a mark over several runs of text, that of the first. */
  node?: RichTextElement<Nested> | RichTextMark
  children: RenderedPart<Nested>[]
}

/** The bloks at one place of a rendered rich text. */
export interface RenderedBloks<Nested = WireBlok> {
  type: 'blok'
  props: RichTextAttributes<Nested>['blok']
  node: RichTextBloks<Nested>
}

/** A part of a rendered rich text: a run of text, an element, or bloks. */
export type RenderedPart<Nested = WireBlok> = string | RenderedElement<Nested> | RenderedBloks<Nested>

/** How a rich text is rendered. */
export interface RichTextOptions {
  /** The space, by whose languages and routing links to stories are written. */
  space: Space
  /** The language of the page; by default the space's first. */
  language?: string | undefined
  /** Whether headings have ids, made of their text; they have by default. */
  headingIds?: boolean | undefined
  /** The `data-` and `aria-` attributes that editors may give links, such as `data-campaign`. */
  linkAttributes?: readonly CustomLinkAttribute[] | undefined
  /** The site's address, to write full addresses, as feeds need them. */
  site?: string | URL | undefined
}
