import { describe, expect, it } from 'vitest'
import { defineSpace } from '../stories/space.js'
import { richTextTree } from './rich-text-tree.js'
import { doc, node, text } from './test-support.js'
import type { RenderedElement, RichTextOptions } from './types.js'

const options: RichTextOptions = { space: defineSpace() }
const first = (...content: readonly unknown[]) => richTextTree(doc(...content), options)[0] as RenderedElement

describe('what components get', () => {
  it('is what is known of the node, checked, and the node', () => {
    const heading = node('heading', [text('Hello')], { level: 9, textAlign: 'center', onclick: 'alert(1)' })
    expect(first(heading)).toMatchObject({ type: 'heading', tag: 'h6', children: ['Hello'], node: heading })
    expect(first(heading).props).toEqual({ level: 6, align: 'center', dir: undefined, id: 'hello' })
  })

  it('is the text of code, as it stands, and its language', () => {
    const block = first(node('code_block', [text('a < b\n'), text('c')], { class: 'language-c++' }))
    expect(block.props).toEqual({ code: 'a < b\nc', language: 'c++' })
  })

  it('is the embedded bloks, which are nobody’s to change', () => {
    const body = [{ _uid: '1', component: 'quote' }]
    expect(richTextTree(doc({ type: 'blok', attrs: { id: 'x', body } }), options)).toMatchObject([
      { type: 'blok', props: { bloks: body } },
    ])
  })

  it('is whether a table’s header is one of a column or of a row', () => {
    const row = (...types: readonly string[]) =>
      node(
        'tableRow',
        types.map((type) => node(type, [text('x')])),
      )
    const table = first(node('table', [row('tableHeader', 'tableHeader'), row('tableHeader', 'tableCell')]))
    const [head, body] = table.children as RenderedElement[]
    const partWith = (scope: string) => [{ children: [{ props: { scope } }, {}] }]
    expect(head).toMatchObject({ tag: 'thead', children: partWith('col') })
    expect(body).toMatchObject({ tag: 'tbody', children: partWith('row') })
  })
})

describe('a document that is none', () => {
  it.each([
    null,
    undefined,
    '',
    'words',
    7,
    true,
    [],
    {},
    { type: 'doc' },
    { content: 'x' },
    { type: 'doc', content: [null, 'x', 1] },
  ])('gives nothing for %j', (value) => {
    expect(richTextTree(value as never, options)).toEqual([])
  })

  it('may be a node, or a list of them', () => {
    expect(richTextTree(text('one') as never, options)).toEqual(['one'])
    expect(richTextTree([text('one'), text(' two')] as never, options)).toEqual(['one two'])
  })
})

describe('a document of any size', () => {
  const nest = (depth: number): unknown => {
    let inner: unknown = text('deep')
    for (let level = 0; level < depth; level++) inner = node('blockquote', [inner])
    return inner
  }

  it('is followed 200 deep', () => {
    expect(JSON.stringify(first(nest(200)).children)).toContain('deep')
  })

  it('is refused with a reason when it is nested 10,000 deep', () => {
    expect(() => first(nest(10_000))).toThrowErrorMatchingInlineSnapshot(
      `[KeyblokError: [keyblok] Storyblok answered content that Keyblok cannot use (KB_CONTENT_INVALID). A rich text is nested more than 256 deep.]`,
    )
  })

  it('may have 50,000 headings of the same words', () => {
    const headings = Array.from({ length: 50_000 }, () => node('heading', [text('Again')]))
    const ids = richTextTree(doc(...headings), options).map((part) => (part as RenderedElement).attributes['id'])
    expect([new Set(ids).size, ids.at(-1)]).toEqual([50_000, 'again-50000'])
  })

  it('may be 10 MB of marked text', () => {
    const runs = Array.from({ length: 100_000 }, (_, index) => text('x'.repeat(100), ...(index % 2 ? ['bold'] : [])))
    expect(first(node('paragraph', runs)).children).toHaveLength(100_000)
  })
})
