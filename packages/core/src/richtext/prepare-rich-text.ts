import type { WireBlok } from '../delivery/wire.js'
import type { RichText } from '../stories/fields.js'
import { isPreparedRichText, typeOfTag } from './prepared-rich-text.js'
import type { PreparedElement, PreparedPart, PreparedRichText } from './prepared-rich-text.js'
import { richTextTree } from './rich-text-tree.js'
import type { RenderedElement, RenderedPart, RichTextOptions } from './types.js'

/**
 * Makes a rich text ready to show, so that a browser needs nothing but to show it.
 *
 * @param doc - The field; one that is ready already is given back.
 * @param options - The space and the language, for links.
 * @throws {KeyblokError} `KB_CONTENT_INVALID` for a document that is nested more than 256 deep.
 */
export function prepareRichText<Nested = WireBlok>(
  doc: RichText<Nested> | PreparedRichText<Nested> | null | undefined,
  options: RichTextOptions,
): PreparedRichText<Nested> {
  if (isPreparedRichText(doc)) return doc as PreparedRichText<Nested>
  return { type: 'doc', content: undefined, parts: richTextTree(doc, options).map(prepare) }
}

function prepare<Nested>(part: RenderedPart<Nested>): PreparedPart<Nested> {
  if (typeof part === 'string') return part
  if (part.type === 'blok') return { bloks: part.props.bloks }
  return prepareElement(part)
}

function prepareElement<Nested>({
  tag,
  children,
  type = undefined,
  ...element
}: RenderedElement<Nested>): PreparedElement<Nested> {
  const attributes = defined(element.attributes)
  // A block's code stands in it, and the level of a heading in its tag.
  const { code: _code, level: _level, ...props } = defined(element.props) as { code?: unknown; level?: unknown }
  const own = type === typeOfTag(tag) ? 0 : (type ?? '')
  const isTold = JSON.stringify(props) === JSON.stringify(attributes)
  const parts = [
    tag,
    children.map(prepare),
    Object.keys(attributes).length === 0 ? 0 : attributes,
    own,
    isTold ? undefined : props,
  ] as const
  return withoutEnd(parts) as unknown as PreparedElement<Nested>
}

/** Leaves out what is empty at the end. */
function withoutEnd(parts: readonly unknown[]): readonly unknown[] {
  const end = parts.findLastIndex((part) => (Array.isArray(part) ? part.length > 0 : part || part === ''))
  return parts.slice(0, end + 1)
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
