import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { richTextToText } from './rich-text-to-text.js'
import { doc, hostileDocs, link, node, text } from './test-support.js'

describe('the words of a rich text', () => {
  it('are those that are shown, each block on a line', () => {
    const item = (words: string) => node('list_item', [node('paragraph', [text(words)])])
    const words = richTextToText(
      doc(
        node('heading', [text('Title')]),
        node('paragraph', [text('One '), text('two', 'bold'), text(', three.', link('/x'))]),
        node('paragraph'),
        node('bullet_list', [item('a'), item('b')]),
        node('paragraph', [text('c'), node('hard_break'), text('d '), node('emoji', [], { name: 'x', emoji: '😄' })]),
        { type: 'blok', attrs: { body: [{ component: 'hidden', _uid: '1' }] } },
        node('table', [node('tableRow', [node('tableCell', [text('e')]), node('tableCell', [text('f')])])]),
      ),
    )
    expect(words).toBe('Title\nOne two, three.\na\nb\nc\nd 😄\ne\nf')
  })

  it('are not markup: brackets are words', () => {
    expect(richTextToText(doc(node('paragraph', [text('a < b & c')])))).toBe('a < b & c')
  })

  it.each([null, undefined, 'words', 3, {}])('are none for %j', (value) => {
    expect(richTextToText(value as never)).toBe('')
  })

  it('never fail, and hold no control character', () => {
    fc.assert(
      fc.property(hostileDocs, (value) => {
        // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
        expect(richTextToText(value)).not.toMatch(/[\u0000-\u0008\u000e-\u001f]/)
      }),
    )
  })
})
