import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineSpace } from '../stories/space.js'
import type { RichText } from '../stories/fields.js'
import { prepareRichText } from './prepare-rich-text.js'
import { groupRichText } from './prepared-rich-text.js'
import type { RichTextGroup } from './prepared-rich-text.js'
import { renderRichText } from './render-rich-text.js'
import { richTextTree } from './rich-text-tree.js'
import { richTextToText } from './rich-text-to-text.js'
import { doc, hostileDocs, link, node, text } from './test-support.js'
import type { HtmlAttributes } from './types.js'
import { closeTag, openTag } from './write-html.js'

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
/** Writes what a framework shows, without bloks. */
function write(groups: readonly RichTextGroup<unknown>[]): string {
  return groups
    .map((group) => {
      if (typeof group === 'string') return group
      if ('bloks' in group) return ''
      return openTag(group.tag, group.props as HtmlAttributes) + write(group.children) + closeTag(group.tag)
    })
    .join('')
}

/** As it comes from a server. */
const sent = (document: RichText) => structuredClone(prepareRichText(document, options))

describe('a rich text that is ready to show', () => {
  it('shows what the rich text does', () => {
    expect(renderRichText(sent(whole), options)).toBe(renderRichText(whole, options))
    expect(richTextToText(sent(whole))).toBe(richTextToText(whole))
  })

  it('shows what the rich text does, whatever that holds', () => {
    fc.assert(
      fc.property(hostileDocs, (document) => {
        expect(renderRichText(sent(document), options)).toBe(renderRichText(document, options))
        expect(write(groupRichText(sent(document).parts, () => false))).toBe(renderRichText(document, options))
      }),
    )
  })

  it.each([
    { type: 'doc', parts: [['script', ['alert(1)']]] },
    { type: 'doc', content: null, parts: [['img', [], { src: 'x', onerror: 'alert(1)' }]] },
    { type: 'doc', content: [], parts: [['a', ['x'], { href: 'javascript:alert(1)' }]] },
  ])('cannot be made by whoever writes content: %j', (forged) => {
    const delivered = JSON.parse(JSON.stringify(forged)) as RichText
    expect(renderRichText(delivered, options)).toBe('')
    expect(prepareRichText(delivered, options).parts).toEqual([])
  })

  it('would be shown as it is otherwise', () => {
    const made = { type: 'doc', content: undefined, parts: [['b', ['as it is']]] } as never
    expect(renderRichText(made, options)).toBe('<b>as it is</b>')
  })

  it('gives components what the rich text does, without the nodes that it was made of', () => {
    const plain = (tree: unknown) =>
      JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'node' ? undefined : value)))
    expect(plain(richTextTree(sent(whole), options))).toEqual(plain(richTextTree(whole, options)))
  })

  it('is shorter', () => {
    expect(JSON.stringify(sent(whole)).length).toBeLessThan(JSON.stringify(whole).length * 0.7)
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
  const { parts } = prepareRichText(whole, options)

  it('is one piece of HTML up to the first blok, and one behind it', () => {
    const groups = groupRichText(parts, () => false)
    expect(groups).toEqual([expect.any(String), { bloks: [{ _uid: '1', component: 'quote' }] }, expect.any(String)])
    expect(groups.filter((group) => typeof group === 'string').join('')).toBe(renderRichText(whole, options))
  })

  it('has what a component shows, with its props, and the elements around it', () => {
    const groups = groupRichText(parts, (type) => type === 'link')
    expect(groups[1]).toEqual({
      tag: 'p',
      type: undefined,
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
    })
  })
})
