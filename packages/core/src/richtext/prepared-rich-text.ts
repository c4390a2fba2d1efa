import type { WireBlok } from '../delivery/wire.js'
import type { HtmlAttributes, RichTextType } from './types.js'
import { closeTag, escapeHtml, openTag } from './write-html.js'

// Browsers load this module for pages that show rich text: it knows how to show one, and nothing of how one is read.

/** A rich text that is ready to show: read and checked on the server, and as short as it goes. */
export interface PreparedRichText<out Nested = WireBlok> {
  type: 'doc'
  /** There, and `undefined`: JSON has no such thing, so whoever writes content can't make this, with unchecked parts. */
  content: undefined
  parts: PreparedPart<Nested>[]
}

/** A part of a prepared rich text: a run of text, an element, or the bloks at one place. */
export type PreparedPart<Nested = WireBlok> = string | PreparedElement<Nested> | { bloks: readonly Nested[] }

/**
 * An element: its tag, what is in it, and its attributes. The type of its node or mark follows where the tag does not
 * tell it, empty for an element that HTML adds; and what a component gets in its place where that is not the attributes.
 */
export type PreparedElement<Nested = WireBlok> = [
  tag: string,
  children?: PreparedPart<Nested>[],
  attributes?: HtmlAttributes | 0,
  type?: RichTextType | '' | 0,
  props?: object,
]

/** A part of a rich text as a framework shows it: HTML, bloks, or an element around such a part. */
export type RichTextGroup<Nested = WireBlok> =
  | string
  | { bloks: readonly Nested[] }
  | {
      tag: string
      /** The type that a component shows; without it HTML's element stands there. */
      type: RichTextType | undefined
      /** The element's attributes, or what the component gets. */
      props: object
      children: RichTextGroup<Nested>[]
    }

/** What a tag stands for unless the element says otherwise. */
const types: Readonly<Record<string, RichTextType>> = {
  p: 'paragraph',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  blockquote: 'blockquote',
  ul: 'bullet_list',
  ol: 'ordered_list',
  li: 'list_item',
  pre: 'code_block',
  br: 'hard_break',
  hr: 'horizontal_rule',
  img: 'image',
  table: 'table',
  tr: 'tableRow',
  th: 'tableHeader',
  td: 'tableCell',
  a: 'link',
  mark: 'highlight',
  strong: 'bold',
  em: 'italic',
  u: 'underline',
  s: 'strike',
  sup: 'superscript',
  sub: 'subscript',
  code: 'code',
}

/** Gives the type that an element has by its tag. */
export function typeOfTag(tag: string): RichTextType | undefined {
  return types[tag]
}

/** Tells a prepared rich text from one as Storyblok delivers it. */
export function isPreparedRichText(value: unknown): value is PreparedRichText<unknown> {
  const { parts, content } = (value ?? {}) as { parts?: unknown; content?: unknown }
  return Array.isArray(parts) && content === undefined && Object.hasOwn(value as object, 'content')
}

/** Gives the type of an element; one that HTML adds has none. */
export function typeOf([tag, , , type]: PreparedElement<unknown>): RichTextType | undefined {
  return type === '' ? undefined : type || typeOfTag(tag)
}

/** Gives what a component gets in an element's place. */
export function propsOf(element: PreparedElement<unknown>): object {
  const [tag, children = [], attributes, , props] = element
  const own = props ?? { ...(attributes || undefined) }
  const type = typeOf(element)
  if (type === 'code_block') return { ...own, code: textOf(children) }
  return type === 'heading' ? { ...own, level: Number(tag[1]) } : own
}

function textOf(parts: readonly PreparedPart<unknown>[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : Array.isArray(part) ? textOf(part[1] ?? []) : ''))
    .join('')
}

/**
 * Writes a prepared rich text as HTML, as far as no component shows a part of it.
 *
 * @param isReplaced - Tells of a type whether a component shows it.
 */
export function groupRichText<Nested>(
  parts: readonly PreparedPart<Nested>[],
  isReplaced: (type: RichTextType) => boolean,
): RichTextGroup<Nested>[] {
  const groups: RichTextGroup<Nested>[] = []
  for (const part of parts) {
    const group = groupOf(part, isReplaced)
    const last = groups.at(-1)
    if (typeof group === 'string' && typeof last === 'string') groups[groups.length - 1] = last + group
    else groups.push(group)
  }
  return groups
}

function groupOf<Nested>(
  part: PreparedPart<Nested>,
  isReplaced: (type: RichTextType) => boolean,
): RichTextGroup<Nested> {
  if (typeof part === 'string') return escapeHtml(part)
  if (!Array.isArray(part)) return part
  const [tag, parts = [], attributes] = part
  const type = typeOf(part)
  const children = groupRichText(parts, isReplaced)
  if (type && isReplaced(type)) return { tag, type, props: propsOf(part), children }
  if (!children.every((child) => typeof child === 'string')) {
    return { tag, type: undefined, props: attributes || {}, children }
  }
  return openTag(tag, attributes || {}) + children.join('') + closeTag(tag)
}
