import type { RichText } from '../stories/fields.js'
import { defineSpace } from '../stories/space.js'
import { isPreparedRichText } from './prepared-rich-text.js'
import type { PreparedRichText } from './prepared-rich-text.js'
import { renderRichText } from './render-rich-text.js'
import { richTextTree } from './rich-text-tree.js'
import type { RenderedPart } from './types.js'

const space = defineSpace()

/** What stands on lines of its own. */
const blockTags: ReadonlySet<string> = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote ul ol li pre hr table tr th td'.split(' '),
)

/**
 * Gives the words of a rich text, for descriptions and for search: each block on a line, without images and bloks.
 *
 * @param doc - The field; one that is empty gives an empty text.
 * @throws {KeyblokError} `KB_CONTENT_INVALID` for a document that is nested more than 256 deep.
 *
 * @example
 * ```ts
 * import { richTextToText } from '@keyblok/core'
 * import type { RichText } from '@keyblok/core'
 *
 * declare const body: RichText
 * const description = richTextToText(body).slice(0, 160)
 * ```
 */
export function richTextToText(doc: RichText<unknown> | PreparedRichText<unknown> | null | undefined): string {
  const lines: string[] = []
  let line: string[] = []
  const endLine = (): void => {
    const text = line.join('').trim()
    if (text !== '') lines.push(text)
    line = []
  }
  const write = (part: RenderedPart<unknown>): void => {
    if (typeof part === 'string') return void line.push(part)
    if (part.type === 'blok' || part.tag === 'br') return endLine()
    const isBlock = blockTags.has(part.tag)
    if (isBlock) endLine()
    part.children.forEach(write)
    if (isBlock) endLine()
    return undefined
  }
  if (isPreparedRichText(doc)) return textOfHtml(renderRichText(doc, { space }))
  richTextTree(doc, { space, headingIds: false }).forEach(write)
  endLine()
  return lines.join('\n')
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** Gives the words of HTML that we wrote: in it, each `<` begins a tag, and each `>` in an attribute is written otherwise. */
function textOfHtml(html: string): string {
  return html
    .replace(/<\/?([a-z\d]+)[^>]*>/g, (_tag, name: string) => (blockTags.has(name) || name === 'br' ? '\n' : ''))
    .split('\n')
    .map((line) => line.replace(/&\w+;/g, (entity) => entities[entity] ?? entity).trim())
    .filter(Boolean)
    .join('\n')
}
