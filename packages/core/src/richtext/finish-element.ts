import type { HtmlAttributes, RenderedElement, RenderedPart } from './types.js'

/** Completes an element by what depends on its content. */
export function finishElement<Nested>(element: RenderedElement<Nested>): void {
  if (element.type === 'table') arrangeRows(element)
  if (element.type === 'code_block') wrapCode(element)
  if (element.type === 'emoji') fillEmoji(element)
}

/** The text that is in an element, without its bloks. */
export function runsOf<Nested>({ children }: RenderedElement<Nested>): string {
  return children.map((part) => (typeof part === 'string' ? part : 'children' in part ? runsOf(part) : '')).join('')
}

/** Puts a table's first rows of headers into a head, and the others into a body. */
function arrangeRows<Nested>(table: RenderedElement<Nested>): void {
  const end = table.children.findIndex((row) => !isHeaderRow(row))
  const head = end === -1 ? table.children : table.children.slice(0, end)
  const body = table.children.slice(head.length)
  for (const cell of head.flatMap((row) => childrenOf(row))) {
    if (typeof cell !== 'string' && 'tag' in cell) setScope(cell)
  }
  table.children = [
    ...(head.length > 0 ? [structure('thead', head)] : []),
    ...(body.length > 0 ? [structure('tbody', body)] : []),
  ]
}

function isHeaderRow<Nested>(row: RenderedPart<Nested>): boolean {
  const cells = childrenOf(row)
  return cells.length > 0 && cells.every((cell) => typeof cell !== 'string' && cell.type === 'tableHeader')
}

function childrenOf<Nested>(part: RenderedPart<Nested>): readonly RenderedPart<Nested>[] {
  return typeof part !== 'string' && 'children' in part ? part.children : []
}

function setScope<Nested>(cell: RenderedElement<Nested>): void {
  cell.props = { ...cell.props, scope: 'col' }
  cell.attributes = { ...cell.attributes, scope: 'col' }
}

function wrapCode<Nested>(block: RenderedElement<Nested>): void {
  const { language } = block.props as { language?: string }
  const code = structure('code', block.children, { class: language && `language-${language}` })
  block.props = { ...block.props, code: runsOf(block) }
  block.children = [code]
}

function fillEmoji<Nested>(element: RenderedElement<Nested>): void {
  const { name, emoji, src } = element.props as { name: string; emoji?: string; src?: string }
  element.children = src === undefined ? [emoji ?? `:${name}:`] : []
}

/** Makes an element that HTML asks for, and rich text does not name. */
function structure<Nested>(
  tag: string,
  children: RenderedPart<Nested>[],
  attributes: HtmlAttributes = {},
): RenderedElement<Nested> {
  return { tag, attributes, props: {}, children }
}
