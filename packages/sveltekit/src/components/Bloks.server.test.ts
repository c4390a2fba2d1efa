import { render } from 'svelte/server'
import { describe, expect, it } from 'vitest'
import Bloks from './Bloks.svelte'
import { loadBloks } from './lazy-bloks.svelte.js'
import RichText from './RichText.svelte'
import StoryblokImage from './StoryblokImage.svelte'

const mark = '<!--#storyblok#{"name":"teaser","space":"1","uid":"1","id":"5"}-->'

describe('a server', () => {
  it('writes bloks, with the editor’s marks where they are drafts', () => {
    const bloks = [{ _uid: '1', component: 'teaser', headline: 'Hello', _editable: mark }]
    const { body } = render(Bloks, { props: { bloks } })
    expect(body).toMatch(/<h2 data-blok-c="{&quot;name&quot;.*" data-blok-uid="5-1">Hello<\/h2>/)
  })

  it('writes what is imported late once that is loaded, and names it for the browser', async () => {
    const bloks = [{ _uid: '1', component: 'quote', text: 'Late' }]
    await loadBloks()
    expect(render(Bloks, { props: { bloks } }).body).toMatch(/<!--blok:quote-->.*<blockquote>Late<\/blockquote>/s)
  })

  it('writes a rich text that no load made ready', () => {
    const doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a < b' }] }] } as const
    expect(render(RichText, { props: { doc: doc as never } }).body).toContain('<p>a &lt; b</p>')
  })

  it('writes pictures', () => {
    const asset = { id: 1, filename: 'https://a.storyblok.com/f/1/800x600/abc/hut.jpg', alt: 'A hut' }
    const { body } = render(StoryblokImage, { props: { asset, width: 400, class: 'cover' } })
    expect(body).toContain('alt="A hut"')
    expect(body).toContain('src="https://a.storyblok.com/f/1/800x600/abc/hut.jpg/m/400x0"')
    // A content policy refuses scripts in attributes.
    expect(body).not.toMatch(/ on\w+=/)
  })
})
