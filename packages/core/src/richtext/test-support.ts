import fc from 'fast-check'
import type { RichText, RichTextMark } from '../stories/fields.js'

type Loose = Readonly<Record<string, unknown>>

/** Makes a document of anything: what is delivered need not be what the types promise. */
export function doc(...content: readonly unknown[]): RichText {
  return { type: 'doc', content } as RichText
}

export function node(type: string, content: readonly unknown[] = [], attrs: Loose = {}): Loose {
  return { type, attrs, content }
}

export function text(words: string, ...marks: readonly (string | RichTextMark)[]): Loose {
  return { type: 'text', text: words, marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark)) }
}

export function link(href: string, attrs: Loose = {}): RichTextMark {
  return { type: 'link', attrs: { href, linktype: 'url', ...attrs } }
}

const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  'JaVa\tScRiPt:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '//evil.example/"',
  'https://example.com/?a="><b>',
  'red; background: url(javascript:alert(1))',
  'url(https://evil.example)',
  'expression(alert(1))',
  '\ud800',
  '\0',
  '&lt;',
  '',
]

const names = [
  ...'doc text paragraph heading blockquote bullet_list ordered_list list_item code_block hard_break'.split(' '),
  ...'horizontal_rule image emoji table tableRow tableHeader tableCell blok unknown constructor __proto__'.split(' '),
]
const markNames = 'link anchor styled textStyle highlight bold italic code unknown toString __proto__'.split(' ')
const attributeNames = [
  ...'href linktype url anchor target rel title custom story src alt width level textAlign dir order class id'.split(
    ' ',
  ),
  ...'color backgroundColor colspan rowspan colwidth emoji name fallbackImage body meta_data style onclick'.split(' '),
  ...'data-track data-x aria-label download hreflang full_slug translated_slugs'.split(' '),
]

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...hostileTexts) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>('url', 'story', 'email', 'asset', '_blank', 'center', null, 2, -1) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)
const values = fc.dictionary(fc.constantFrom(...attributeNames), value, { maxKeys: 8 })
const attributes = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(values, values).map(([own, custom]): unknown => ({ custom, story: custom, ...own })),
  },
  { weight: 1, arbitrary: value },
)
const marks = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.array(fc.record({ type: fc.constantFrom(...markNames), attrs: attributes }), { maxLength: 4 }),
  },
  { weight: 1, arbitrary: value },
)

/** Documents in every shape, with hostile values in every place. */
export const hostileDocs: fc.Arbitrary<RichText> = fc
  .letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      { weight: 1, arbitrary: value },
      { weight: 4, arbitrary: fc.record({ type: fc.constant('text'), text: value, marks }) },
      {
        weight: 6,
        arbitrary: fc.record({
          type: fc.constantFrom(...names),
          attrs: attributes,
          marks,
          content: fc.oneof(
            { weight: 6, arbitrary: fc.array(tie('node'), { maxLength: 5 }) },
            { weight: 1, arbitrary: value },
          ),
        }),
      },
    ),
  }))
  .node.map((content) => content as RichText)
