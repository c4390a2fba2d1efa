import type { WireBlok } from '../delivery/wire.js'
import { KeyblokError } from '../errors.js'
import type { RichText, RichTextBloks, RichTextElement, RichTextMark } from '../stories/fields.js'
import { elementRules, inlineTypes, markTypes, nodeTypes } from './elements.js'
import type { ElementRule } from './elements.js'
import { finishElement, runsOf } from './finish-element.js'
import { HeadingIds } from './heading-ids.js'
import { isPreparedRichText } from './prepared-rich-text.js'
import type { ElementType, HtmlAttributes, RenderedElement, RenderedPart, RichTextOptions } from './types.js'
import { textOf, wireOf } from './values.js'
import type { Wire } from './values.js'

/** Browsers nest elements 512 deep at most, and a node may be two. */
const deepest = 256

/**
 * Makes a rich text into what is rendered: text, elements with checked attributes, and bloks. Neighbours that share a
 * mark are in one element. Nodes that are not known keep what is in them; marks that are not known are left out, and so
 * are links and images without an address that a page may show.
 *
 * @param doc - The field, whatever it holds; one that is empty gives nothing.
 * @param options - The space and the language, for links.
 * @throws {KeyblokError} `KB_CONTENT_INVALID` for a document that is nested more than 256 deep, `KB_PARAMETER_INVALID` for
 * one that a load made ready to show.
 *
 * @example
 * ```ts
 * import { defineSpace, richTextTree } from '@keyblok/core'
 *
 * const text = { type: 'text', text: 'Hello' } as const
 * richTextTree({ type: 'doc', content: [{ type: 'paragraph', content: [text] }] }, { space: defineSpace() })
 * // [{ type: 'paragraph', tag: 'p', children: ['Hello'], … }]
 * ```
 */
export function richTextTree<Nested = WireBlok>(
  doc: RichText<Nested> | null | undefined,
  options: RichTextOptions,
): RenderedPart<Nested>[] {
  if (isPreparedRichText(doc)) {
    throw new KeyblokError('KB_PARAMETER_INVALID', 'This rich text is HTML already, as pages are sent it.', {
      hint: 'Ask for the tree where the story was read, on the server.',
    })
  }
  return new TreeBuilder<Nested>(options).build(doc)
}

class TreeBuilder<Nested> {
  readonly #options: RichTextOptions
  /** Ids that editors gave. */
  readonly #ids = new Set<string>()
  readonly #headings: RenderedElement<Nested>[] = []

  constructor(options: RichTextOptions) {
    this.#options = options
  }

  build(doc: unknown): RenderedPart<Nested>[] {
    const tree = this.#children(Array.isArray(doc) ? doc : [doc], 0)
    if (this.#options.headingIds ?? true) this.#nameHeadings()
    return tree
  }

  /** Last, when all ids are known that editors gave. */
  #nameHeadings(): void {
    const ids = new HeadingIds(this.#ids)
    for (const heading of this.#headings) {
      const id = ids.idOf(runsOf(heading))
      heading.props = { ...heading.props, id }
      heading.attributes = { ...heading.attributes, id }
    }
  }

  #children(nodes: unknown, depth: number): RenderedPart<Nested>[] {
    if (depth > deepest) {
      throw new KeyblokError('KB_CONTENT_INVALID', `A rich text is nested more than ${deepest} deep.`)
    }
    const parts: RenderedPart<Nested>[] = []
    let open: RenderedElement<Nested>[] = []
    for (const node of Array.isArray(nodes) ? nodes : []) {
      if (typeof node !== 'object' || node === null) continue
      const made = this.#parts(node, depth)
      if (made.length === 0) continue
      open = this.#openMarks(node, open, parts)
      const into = open.at(-1)?.children ?? parts
      for (const part of made) append(into, part)
    }
    return parts
  }

  /** Goes on with the marks that the node shares with the one before, and opens the others. */
  #openMarks(
    node: Wire,
    open: readonly RenderedElement<Nested>[],
    parts: RenderedPart<Nested>[],
  ): RenderedElement<Nested>[] {
    const marks = this.#marksOf(node)
    const end = marks.findIndex((mark, index) => !isSameMark(mark, open[index]))
    const shared = open.slice(0, end === -1 ? marks.length : end)
    for (const mark of marks.slice(shared.length)) {
      append(shared.at(-1)?.children ?? parts, mark)
      shared.push(mark)
      if (typeof mark.attributes['id'] === 'string') this.#ids.add(mark.attributes['id'])
    }
    return shared
  }

  /** The node's marks, as elements without content, from the outermost on. */
  #marksOf({ type, marks }: Wire): RenderedElement<Nested>[] {
    if (!inlineTypes.has(type) || !Array.isArray(marks)) return []
    const byType = new Map(marks.map((mark) => [wireOf(mark)['type'], wireOf(mark)]))
    return markTypes
      .map((type) => {
        const mark = byType.get(type)
        return mark && this.#element(type, mark)
      })
      .filter((mark) => mark !== undefined)
  }

  #parts(node: Wire, depth: number): readonly RenderedPart<Nested>[] {
    const { type, text, attrs, content } = node
    if (type === 'text') return [textOf(text)].filter((run) => run !== undefined)
    if (type === 'blok') {
      const { body } = wireOf(attrs)
      const bloks: readonly Nested[] = Array.isArray(body) ? body : []
      return [{ type, props: { bloks }, node: node as unknown as RichTextBloks<Nested> }]
    }
    const children = this.#children(content, depth + 1)
    const element = nodeTypes.has(type) ? this.#element(type as ElementType, node) : undefined
    if (!element) return children
    element.children = children
    if (type === 'heading') this.#headings.push(element)
    finishElement(element)
    return [element]
  }

  #element(type: ElementType, wire: Wire): RenderedElement<Nested> | undefined {
    // Each type's rule takes the type's own properties.
    const rule = elementRules[type] as ElementRule<object>
    const props = rule.read(wireOf(wire['attrs']), this.#options)
    if (!props) return undefined
    const tag = typeof rule.tag === 'string' ? rule.tag : rule.tag(props)
    const node = wire as unknown as RichTextElement<Nested> | RichTextMark
    return { type, tag, attributes: rule.attributes?.(props) ?? {}, props, node, children: [] }
  }
}

/** Adds a part; a run of text goes on with the run before. */
function append<Nested>(parts: RenderedPart<Nested>[], part: RenderedPart<Nested>): void {
  const last = parts.at(-1)
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
  else parts.push(part)
}

function isSameMark<Nested>(mark: RenderedElement<Nested>, other: RenderedElement<Nested> | undefined): boolean {
  return other !== undefined && mark.type === other.type && isSame(mark.attributes, other.attributes)
}

function isSame(a: HtmlAttributes, b: HtmlAttributes): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
