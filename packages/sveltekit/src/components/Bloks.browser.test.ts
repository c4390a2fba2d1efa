import { defineSpace, prepareRichText } from '@keyblok/core'
import { describe, expect, it } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Bloks from './Bloks.svelte'
import RichText from './RichText.svelte'
import StoryblokImage from './StoryblokImage.svelte'

const field = (uid: string, label: string) => ({ _uid: uid, component: 'field', label })

describe('in a browser', () => {
  it('bloks that an editor moves and changes keep what is open, written and in focus', async () => {
    const [one, two] = [field('1', 'One'), field('2', 'Two')]
    const { rerender, getByText, getByLabelText } = await render(Bloks, { bloks: [one, two] })
    await getByText('Two', { exact: true }).click()
    const input = getByLabelText('Two field')
    await input.fill('kept')
    await rerender({ bloks: [field('0', 'New'), { ...one, label: 'Changed' }, two] })
    await expect.element(getByText('Changed', { exact: true })).toBeVisible()
    await expect.element(input).toBeVisible()
    await expect.element(input).toHaveValue('kept')
    await expect.element(input).toHaveFocus()
  })

  it('rich text is text: nothing in it runs', async () => {
    const text = { type: 'text', text: '<img src=x onerror="document.title = 1">' }
    const doc = { type: 'doc', content: [{ type: 'paragraph', content: [text] }] }
    const ready = prepareRichText(doc as never, { space: defineSpace() })
    const { container } = await render(RichText, { doc: ready as never })
    await expect.element(container.querySelector('p')).toHaveTextContent(text.text)
    expect(container.querySelector('img')).toBeNull()
  })

  it('a picture takes its place before it is loaded', async () => {
    const asset = { id: 1, filename: 'https://a.storyblok.com/f/1/800x400/abc/hut.jpg', alt: 'A hut' }
    const { container } = await render(StoryblokImage, { asset, width: 400, style: 'height: auto' })
    const { width, height } = container.querySelector('img')!.getBoundingClientRect()
    expect([width, height]).toEqual([400, 200])
  })
})
