import type { WireBlok } from '../delivery/wire.js'
import type { RichText } from '../stories/fields.js'
import { isPreparedRichText } from './prepared-rich-text.js'
import type { PreparedPart, PreparedRichText } from './prepared-rich-text.js'
import { richTextTree } from './rich-text-tree.js'
import type {
  ElementType,
  HtmlAttributes,
  RenderedBloks,
  RenderedElement,
  RenderedPart,
  RichTextOptions,
  RichTextType,
} from './types.js'
import { closeTag, escapeHtml, openTag } from './write-html.js'

/** A part that is not written as HTML: bloks, or what a component shows in an element's place. */
type ReplacedPart<Nested = WireBlok> = (RenderedElement<Nested> & { type: ElementType }) | RenderedBloks<Nested>

/**
 * HTML, or a part in between with what is in it. An element around such a part begins in one segment and ends in another.
 */
export type RichTextSegment<Nested = WireBlok> =
  | string
  | { part: ReplacedPart<Nested>; children: RichTextSegment<Nested>[] }

/**
 * Writes a rich text as HTML, escaped, without its bloks: for feeds and mails. Pages show it by the adapter's component.
 *
 * @param doc - The field; one that is empty gives an empty text.
 * @param options - The space and the language, for links; `site` for full addresses.
 * @throws {KeyblokError} `KB_CONTENT_INVALID` for a document that is nested more than 256 deep.
 *
 * @example
 * ```ts
 * import { defineSpace, renderRichText } from '@keyblok/core'
 * import type { RichText } from '@keyblok/core'
 *
 * declare const body: RichText
 * renderRichText(body, { space: defineSpace(), site: 'https://example.com', headingIds: false })
 * ```
 */
export function renderRichText(
  doc: RichText<unknown> | PreparedRichText<unknown> | null | undefined,
  options: RichTextOptions,
): string {
  if (isPreparedRichText(doc)) return htmlOf(doc.parts)
  const segments = richTextSegments(richTextTree(doc, options), () => false)
  return segments.filter((segment) => typeof segment === 'string').join('')
}

/** Writes what a page was sent; what a component would show is its element. */
function htmlOf(parts: readonly PreparedPart<unknown>[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('bloks' in part) return ''
      const attributes = part.type === undefined ? (part.props as HtmlAttributes) : {}
      return openTag(part.tag, attributes) + htmlOf(part.children) + closeTag(part.tag)
    })
    .join('')
}

/**
 * Writes a rendered rich text as HTML, apart from its bloks and from what a component shows in an element's place.
 *
 * @param isReplaced - Tells of a type whether a component shows it.
 */
export function richTextSegments<Nested>(
  tree: readonly RenderedPart<Nested>[],
  isReplaced: (type: RichTextType) => boolean,
): RichTextSegment<Nested>[] {
  const segments: RichTextSegment<Nested>[] = []
  let html = ''
  const flush = (): void => {
    if (html !== '') segments.push(html)
    html = ''
  }
  const isApart = (part: Exclude<RenderedPart<Nested>, string>): part is ReplacedPart<Nested> =>
    part.type === 'blok' || (part.type !== undefined && isReplaced(part.type))
  const write = (part: RenderedPart<Nested>): void => {
    if (typeof part === 'string') {
      html += escapeHtml(part)
    } else if (isApart(part)) {
      flush()
      segments.push({ part, children: 'children' in part ? richTextSegments(part.children, isReplaced) : [] })
    } else {
      html += openTag(part.tag, part.attributes)
      part.children.forEach(write)
      html += closeTag(part.tag)
    }
  }
  tree.forEach(write)
  flush()
  return segments
}
