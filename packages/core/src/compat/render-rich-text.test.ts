import { expect, it, onTestFinished, vi } from 'vitest'
import { defineSpace } from '../stories/space.js'
import { renderRichText } from './render-rich-text.js'

const text = (content: string, href?: string): object => ({
  type: 'text',
  text: content,
  ...(href && { marks: [{ type: 'link', attrs: { href, linktype: 'url' } }] }),
})
const doc = (...content: object[]): object => ({ type: 'doc', content })

it('is escaped, and has no link that could run code', () => {
  const attack = doc({ type: 'paragraph', content: [text('<b>', 'javascript:alert(1)')] })
  expect(renderRichText(attack, { space: defineSpace() })).toBe('<p>&lt;b&gt;</p>')
})

it('has headings without ids, unless they are asked for', () => {
  const heading = doc({ type: 'heading', attrs: { level: 2 }, content: [text('Gear')] })
  expect(renderRichText(heading, { space: defineSpace() })).toBe('<h2>Gear</h2>')
  expect(renderRichText(heading, { space: defineSpace() }, { headingIds: true })).toBe('<h2 id="gear">Gear</h2>')
})

it('says once that an option of Storyblok’s own renderer does nothing', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => warn.mockRestore())
  for (const _ of [1, 2]) renderRichText(undefined, { space: defineSpace() }, { resolver: () => '' })
  expect(warn.mock.calls).toEqual([[expect.stringContaining('no option “resolver”')]])
})
