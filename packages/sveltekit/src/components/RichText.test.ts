import { defineSpace, prepareRichText } from '@keyblok/core'
import type { RichText as Doc } from '@keyblok/core'
import { render, screen } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'
import Headings from '../../test/fixtures/Headings.svelte'
import Link from '../../test/fixtures/Link.svelte'
import RichText from './RichText.svelte'

const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, marks })
const about = { type: 'link', attrs: { linktype: 'story', href: 'about' } }
const raw = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [text('Why <chalk>')] },
    { type: 'paragraph', content: [text('See '), text('this', about, { type: 'bold' }), text('.')] },
    { type: 'blok', attrs: { body: [{ _uid: '1', component: 'teaser', headline: 'Inside' }] } },
    { type: 'paragraph', content: [text('End')] },
  ],
} as unknown as Doc
const doc = prepareRichText(raw, {
  space: defineSpace(),
  components: ['heading', 'link', 'blok'],
}) as unknown as Doc

describe('RichText', () => {
  it('shows text, elements and bloks', () => {
    const { container } = render(RichText, { doc })
    expect(screen.getByRole('heading', { name: 'Why <chalk>' }).id).toBe('why-chalk')
    expect(screen.getByRole('link', { name: 'this' }).getAttribute('href')).toBe('/about')
    expect(screen.getByRole('heading', { name: 'Inside' })).toBeTruthy()
    expect(container.textContent?.replaceAll(/\s+/g, ' ')).toBe('Why <chalk>See this.InsideEnd')
  })

  it('shows a node by a component, within the elements around it', () => {
    const { container } = render(RichText, { doc, components: { link: Link } })
    const link = screen.getByRole('link', { name: 'this' })
    expect(link.className).toBe('own')
    expect(link.parentElement?.outerHTML.replaceAll(/<!--.*?-->/g, '')).toMatch(
      /^<p>See <a [^>]*><strong>this<\/strong><\/a>\.<\/p>$/,
    )
    expect(container.querySelectorAll('a')).toHaveLength(1)
  })

  it('shows nodes and bloks by snippets', () => {
    render(Headings, { doc })
    const { level, id } = screen.getByRole('heading', { name: 'Why <chalk>' }).dataset
    expect([level, id]).toEqual(['2', 'why-chalk'])
    expect(screen.getByText('1 bloks')).toBeTruthy()
  })

  it('shows a rich text that no load made ready, and says so in dev', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    render(RichText, { doc: raw })
    expect(screen.getByRole('link', { name: 'this' }).getAttribute('href')).toBe('/about')
    expect(warn.mock.calls[0]?.[0]).toContain('toPageData()')
    warn.mockRestore()
  })

  it('refuses a component for what the plugin does not know of, and says what to do', () => {
    const show = () => render(RichText, { doc, components: { bold: Link as never } })
    expect(show).toThrow(/has a component for bold, which its plugin does not know of/)
  })

  it.each([null, undefined, { type: 'doc' } as Doc, '' as unknown as Doc])('shows nothing for %j', (empty) => {
    const { container } = render(RichText, { doc: empty })
    expect(container.textContent).toBe('')
  })

  it('shows no script that somebody wrote into the content', () => {
    const forged = { type: 'doc', parts: ['<img src=x onerror=alert(1)>'] } as unknown as Doc
    const { container } = render(RichText, { doc: forged })
    expect(container.querySelector('img')).toBeNull()
  })
})
