import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineSpace } from '../stories/space.js'
import type { RichText } from '../stories/fields.js'
import { prepareRichText } from './prepare-rich-text.js'
import type { PreparedPart } from './prepared-rich-text.js'
import { renderRichText } from './render-rich-text.js'
import { richTextTree } from './rich-text-tree.js'
import { richTextToText } from './rich-text-to-text.js'
import { doc, hostileDocs, link, node, text } from './test-support.js'

const options = { space: defineSpace() }
const about = link('/about', { target: '_blank' })
const image = 'https://a.storyblok.com/f/1/800x600/abc/hut.jpg'
const row = (type: string) => node('tableRow', [node(type, [node('paragraph', [text('a & b')])], { colspan: 2 })])
const whole = doc(
  node('heading', [text('A "heading"')], { level: 2, textAlign: 'center' }),
  node('paragraph', [text('See '), text('this', about, 'bold'), text(' & <that>', about)]),
  node('bullet_list', [node('list_item', [node('paragraph', [text('x')])])]),
  node('ordered_list', [node('list_item', [node('paragraph', [text('y')])])], { order: 3 }),
  node('code_block', [text('a < b\n')], { class: 'language-ts' }),
  node('table', [row('tableHeader'), row('tableCell')]),
  { type: 'horizontal_rule' },
  { type: 'image', attrs: { src: image, alt: 'A hut' } },
  { type: 'emoji', attrs: { name: 'smile', emoji: '🙂' } },
  { type: 'blok', attrs: { id: 'b', body: [{ _uid: '1', component: 'quote' }] } },
  node('paragraph', [text('red', { type: 'textStyle', attrs: { color: '#f00' } })]),
  node('paragraph', [text('here', { type: 'anchor', attrs: { id: 'here' } })]),
)
/** As it comes from a server. */
const sent = (document: RichText) => structuredClone(prepareRichText(document, options))
const html = (document: RichText) => renderRichText(document, options)

describe('a rich text that is ready to show', () => {
  it('shows what the rich text does', () => {
    expect(renderRichText(sent(whole), options)).toBe(renderRichText(whole, options))
    expect(richTextToText(sent(whole))).toBe(richTextToText(whole))
  })

  it('shows what the rich text does, whatever that holds', () => {
    fc.assert(
      fc.property(hostileDocs, fc.boolean(), (document, hasComponents) => {
        expect(renderRichText(sent(document), options)).toBe(html(document))
        const components = hasComponents ? (['link', 'paragraph', 'table'] as const) : []
        const { parts } = prepareRichText(document, { ...options, components })
        expect(textIn(parts)).toBe(textIn(prepareRichText(document, options).parts))
      }),
    )
  })

  it.each([
    { type: 'doc', parts: ['<script>alert(1)</script>'] },
    { type: 'doc', content: null, parts: ['<img src=x onerror=alert(1)>'] },
    { type: 'doc', content: [], parts: ['<a href=javascript:alert(1)>x</a>'] },
  ])('cannot be made by whoever writes content: %j', (forged) => {
    const delivered = JSON.parse(JSON.stringify(forged)) as RichText
    expect(renderRichText(delivered, options)).toBe('')
    expect(prepareRichText(delivered, options).parts).toEqual([])
  })

  it('would be shown as it is otherwise', () => {
    const made = { type: 'doc', content: undefined, parts: ['<b>as it is</b>'] } as never
    expect(renderRichText(made, options)).toBe('<b>as it is</b>')
  })

  it('is no tree any more', () => {
    expect(() => richTextTree(sent(whole) as never, options)).toThrow('KB_PARAMETER_INVALID')
  })

  it('stays what it is when it is made ready again', () => {
    const once = prepareRichText(whole, options)
    expect(prepareRichText(once, options)).toBe(once)
  })

  it.each([null, undefined, '', [], { type: 'doc' }, 5])('is empty for %j', (value) => {
    expect(prepareRichText(value as never, options)).toEqual({ type: 'doc', content: undefined, parts: [] })
  })
})

describe('what a framework shows', () => {
  it('is one piece of HTML up to the first blok, and one behind it', () => {
    const { parts } = prepareRichText(whole, options)
    expect(parts).toEqual([expect.any(String), { bloks: [{ _uid: '1', component: 'quote' }] }, expect.any(String)])
    expect(parts.filter((part) => typeof part === 'string').join('')).toBe(html(whole))
  })

  it('has what a component shows, with its props, and the elements around it', () => {
    const { parts } = prepareRichText(whole, { ...options, components: ['link', 'heading'] })
    expect(parts.slice(0, 2)).toEqual([
      {
        tag: 'h2',
        type: 'heading',
        props: { level: 2, align: 'center', id: 'a-heading' },
        children: ['A &quot;heading&quot;'],
      },
      {
        tag: 'p',
        props: {},
        children: [
          'See ',
          {
            tag: 'a',
            type: 'link',
            props: { href: '/about', target: '_blank', rel: 'noopener' },
            children: ['<strong>this</strong> &amp; &lt;that&gt;'],
          },
        ],
      },
    ])
  })
})

/** The HTML of all parts, without what components show. */
function textIn(parts: readonly PreparedPart<unknown>[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      return 'bloks' in part ? '' : textIn(part.children)
    })
    .join('')
    .replace(/<[^>]*>/g, '')
}
