import type { WireBlok } from '../delivery/wire.js'
import type { RichText } from '../stories/fields.js'
import { isPreparedRichText } from './prepared-rich-text.js'
import type { PreparedPart, PreparedRichText } from './prepared-rich-text.js'
import { richTextTree } from './rich-text-tree.js'
import type { RenderedPart, RichTextOptions, RichTextType } from './types.js'
import { closeTag, escapeHtml, openTag } from './write-html.js'

/** How a rich text is made ready. */
export interface PrepareOptions extends RichTextOptions {
  /** The types of nodes and marks that components show; all others are written as HTML. */
  components?: readonly RichTextType[] | undefined
}

/**
 * Makes a rich text ready to show, so that a browser needs nothing but to show it: as HTML, escaped and checked, between
 * bloks and what components show.
 *
 * @param doc - The field; one that is ready already is given back.
 * @param options - The space and the language, for links; and the types that components show.
 * @throws {KeyblokError} `KB_CONTENT_INVALID` for a document that is nested more than 256 deep.
 */
export function prepareRichText<Nested = WireBlok>(
  doc: RichText<Nested> | PreparedRichText<Nested> | null | undefined,
  { components = [], ...options }: PrepareOptions,
): PreparedRichText<Nested> {
  if (isPreparedRichText(doc)) return doc as PreparedRichText<Nested>
  const tree = richTextTree(doc as RichText<Nested>, options)
  return { type: 'doc', content: undefined, parts: prepareAll(tree, components) }
}

/** Neighbours that are HTML are one piece of it. */
function prepareAll<Nested>(
  parts: readonly RenderedPart<Nested>[],
  components: readonly RichTextType[],
): PreparedPart<Nested>[] {
  const prepared: PreparedPart<Nested>[] = []
  for (const part of parts) {
    const next = prepare(part, components)
    const last = prepared.at(-1)
    if (typeof next === 'string' && typeof last === 'string') prepared[prepared.length - 1] = last + next
    else prepared.push(next)
  }
  return prepared
}

function prepare<Nested>(part: RenderedPart<Nested>, components: readonly RichTextType[]): PreparedPart<Nested> {
  if (typeof part === 'string') return escapeHtml(part)
  if (part.type === 'blok') return { bloks: part.props.bloks }
  const { tag, type, attributes } = part
  const children = prepareAll(part.children, components)
  if (type && components.includes(type)) return { tag, type, props: defined(part.props), children }
  if (children.every((child) => typeof child === 'string')) {
    return openTag(tag, attributes) + children.join('') + closeTag(tag)
  }
  return { tag, props: defined(attributes), children }
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}
