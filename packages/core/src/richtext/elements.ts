import { readLink } from './link.js'
import type {
  CellAttributes,
  ElementType,
  HtmlAttributes,
  RichTextAttributes,
  RichTextOptions,
  TextBlockAttributes,
} from './types.js'
import { choiceOf, classOf, colorOf, countOf, idOf, imageUrlOf, styleOf, textOf, wireOf } from './values.js'
import type { Wire } from './values.js'

/** How a node or a mark becomes an element. */
export interface ElementRule<Props> {
  tag: string | ((props: Props) => string)
  /** Reads what is delivered; `undefined` leaves the element out, and keeps what is in it. */
  read(attrs: Wire, options: RichTextOptions): Props | undefined
  /** Gives the element's attributes; without it there are none. */
  attributes?(props: Props): HtmlAttributes
}

function plain(tag: string): ElementRule<Record<never, never>> {
  return { tag, read: () => ({}) }
}

/** All nodes and marks that are elements. */
export const elementRules: { readonly [Type in ElementType]: ElementRule<RichTextAttributes[Type]> } = {
  paragraph: { tag: 'p', read: readTextBlock, attributes: textBlockAttributes },
  heading: {
    tag: ({ level }) => `h${level}`,
    read: (attrs) => ({ level: levelOf(attrs['level']), ...readTextBlock(attrs) }),
    attributes: ({ id, ...block }) => ({ id, ...textBlockAttributes(block) }),
  },
  blockquote: plain('blockquote'),
  bullet_list: plain('ul'),
  ordered_list: {
    tag: 'ol',
    read: (attrs) => ({ start: startOf(attrs['order']) }),
    attributes: ({ start }) => ({ start }),
  },
  list_item: plain('li'),
  code_block: { tag: 'pre', read: (attrs) => ({ code: '', language: codeLanguageOf(attrs['class']) }) },
  hard_break: plain('br'),
  horizontal_rule: plain('hr'),
  image: { tag: 'img', read: readImage, attributes: (props) => ({ ...props }) },
  emoji: {
    tag: ({ emoji, src }) => (emoji === undefined && src !== undefined ? 'img' : 'span'),
    read: readEmoji,
    attributes: ({ name, emoji, src }) =>
      emoji === undefined && src !== undefined ? { src, alt: name, width: 20, height: 20 } : { 'data-emoji': name },
  },
  table: plain('table'),
  tableRow: plain('tr'),
  tableHeader: {
    tag: 'th',
    read: (attrs) => ({ scope: 'row', ...readCell(attrs) }),
    attributes: ({ scope, ...cell }) => ({ scope, ...cellAttributes(cell) }),
  },
  tableCell: { tag: 'td', read: readCell, attributes: cellAttributes },
  link: { tag: 'a', read: readLink, attributes: (props) => ({ ...props }) },
  anchor: { tag: 'span', read: readAnchor, attributes: ({ id }) => ({ id }) },
  styled: { tag: 'span', read: readStyled, attributes: (props) => ({ class: props.class }) },
  textStyle: {
    tag: 'span',
    read: readTextStyle,
    attributes: ({ color, id, class: names }) => ({ id, class: names, style: styleOf({ color }) }),
  },
  highlight: {
    tag: 'mark',
    read: (attrs) => ({ color: colorOf(attrs['color']) }),
    attributes: ({ color }) => ({ style: styleOf({ 'background-color': color }) }),
  },
  bold: plain('strong'),
  italic: plain('em'),
  underline: plain('u'),
  strike: plain('s'),
  superscript: plain('sup'),
  subscript: plain('sub'),
  code: plain('code'),
}

/** The marks, from the outermost element to the innermost: a link is one, whatever is marked inside of it. */
export const markTypes: readonly ElementType[] = [
  'link',
  'anchor',
  'styled',
  'textStyle',
  'highlight',
  'bold',
  'italic',
  'underline',
  'strike',
  'superscript',
  'subscript',
  'code',
]

/** The nodes that stand in a line of text, so that marks can go around them. */
export const inlineTypes: ReadonlySet<unknown> = new Set(['text', 'image', 'emoji', 'hard_break'])

/** The types of nodes that are elements. */
export const nodeTypes: ReadonlySet<unknown> = new Set(
  Object.keys(elementRules).filter((type) => !markTypes.includes(type as ElementType)),
)

function readTextBlock(attrs: Wire): TextBlockAttributes {
  return {
    align: choiceOf(attrs['textAlign'], ['left', 'center', 'right', 'justify', 'start', 'end']),
    dir: choiceOf(attrs['dir'], ['ltr', 'rtl', 'auto']),
  }
}

function textBlockAttributes({ align, dir }: TextBlockAttributes): HtmlAttributes {
  return { dir, style: styleOf({ 'text-align': align }) }
}

function levelOf(value: unknown): RichTextAttributes['heading']['level'] {
  const level = Math.trunc(Number(value)) || 1
  return Math.min(6, Math.max(1, level)) as RichTextAttributes['heading']['level']
}

/** Gives where a list starts, unless it is at 1. */
function startOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && value !== 1 ? (value as number) : undefined
}

/** Editors choose a language, which is delivered as a class such as `language-js`. */
function codeLanguageOf(value: unknown): string | undefined {
  const language = typeof value === 'string' ? value.replace(/^language-/, '') : ''
  return /^[\w+#.-]{1,40}$/.test(language) ? language : undefined
}

function readImage(attrs: Wire): RichTextAttributes['image'] | undefined {
  const src = imageUrlOf(attrs['src'])
  if (src === undefined) return undefined
  const [, width, height] = /\/f\/\d+\/(\d+)x(\d+)\//.exec(src) ?? []
  return {
    src,
    alt: textOf(attrs['alt']) ?? textOf(wireOf(attrs['meta_data'])['alt']) ?? '',
    title: textOf(attrs['title']),
    width: countOf(attrs['width'] ?? width, 100_000),
    height: countOf(attrs['height'] ?? height, 100_000),
  }
}

function readEmoji(attrs: Wire): RichTextAttributes['emoji'] | undefined {
  const emoji = textOf(attrs['emoji'])
  const src = emoji === undefined ? imageUrlOf(attrs['fallbackImage']) : undefined
  const name = textOf(attrs['name']) ?? emoji
  return name === undefined ? undefined : { name, emoji, src }
}

function readCell(attrs: Wire): CellAttributes {
  const { colwidth } = attrs
  const widths = (Array.isArray(colwidth) ? colwidth.slice(0, 1000) : [colwidth])
    .map((width) => countOf(width, 10_000))
    .filter((width) => width !== undefined)
  const colspan = countOf(attrs['colspan'], 1000)
  const rowspan = countOf(attrs['rowspan'], 65_534)
  return {
    colspan: colspan === 1 ? undefined : colspan,
    rowspan: rowspan === 1 ? undefined : rowspan,
    colwidth: widths.length > 0 ? widths : undefined,
    backgroundColor: colorOf(attrs['backgroundColor']),
  }
}

function cellAttributes({ colspan, rowspan, colwidth, backgroundColor }: CellAttributes): HtmlAttributes {
  const width = colwidth && `${colwidth.reduce((sum, one) => sum + one, 0)}px`
  return { colspan, rowspan, style: styleOf({ width, 'background-color': backgroundColor }) }
}

function readAnchor(attrs: Wire): RichTextAttributes['anchor'] | undefined {
  const id = idOf(attrs['id'])
  return id === undefined ? undefined : { id }
}

function readStyled(attrs: Wire): RichTextAttributes['styled'] | undefined {
  const names = classOf(attrs['class'])
  return names === undefined ? undefined : { class: names }
}

function readTextStyle(attrs: Wire): RichTextAttributes['textStyle'] | undefined {
  const props = { color: colorOf(attrs['color']), id: idOf(attrs['id']), class: classOf(attrs['class']) }
  return Object.values(props).some((value) => value !== undefined) ? props : undefined
}
