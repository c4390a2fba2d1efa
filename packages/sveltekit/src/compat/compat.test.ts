import { render, screen } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import * as browser from './browser.js'

const { StoryblokComponent, storyblokEditable, useStoryblokApi, useStoryblokBridge } = browser
const mark = '<!--#storyblok#{"name":"teaser","space":"1","uid":"a","id":"5"}-->'
const teaser = { _uid: '1', component: 'teaser', headline: 'Hello' }

describe('StoryblokComponent', () => {
  it('shows a blok by its component, and hands on what else it is given', () => {
    render(StoryblokComponent, { blok: teaser })
    expect(screen.getByRole('heading').textContent).toBe('Hello')
    render(StoryblokComponent, { blok: { component: 'labelled' }, label: 'Given' })
    expect(screen.getByText('Given')).toBeTruthy()
  })

  it('tells an editor of a blok without a component', () => {
    render(StoryblokComponent, { blok: { component: 'map', _editable: mark } })
    expect(screen.getByText(/No component is mapped to the blok “map”/)).toBeTruthy()
  })
})

describe('storyblokEditable', () => {
  it('marks an element for editors, and takes the mark away with it', () => {
    const node = document.createElement('div')
    const { update } = storyblokEditable(node, { ...teaser, _editable: mark })
    expect(node.dataset['blokUid']).toBe('5-a')
    update?.(teaser)
    expect(node.attributes).toHaveLength(0)
  })
})

describe('useStoryblokBridge', () => {
  const write = (id: number, headline: string): boolean =>
    document.dispatchEvent(
      new CustomEvent('keyblok:before-update', { detail: { story: { id, content: { headline } } } }),
    )

  it('hears of its story only, until it ends', () => {
    const heard: unknown[] = []
    const stop = useStoryblokBridge<{ headline: string }>(5, ({ content }) => heard.push(content.headline))
    write(5, 'one')
    write(6, 'of another story')
    document.dispatchEvent(new CustomEvent('keyblok:before-update', { detail: { event: { storyId: 5 } } }))
    stop()
    write(5, 'too late')
    expect(heard).toEqual(['one'])
  })

  it('hears no message by itself: only what passed the guard', () => {
    const heard: unknown[] = []
    const stop = useStoryblokBridge(5, (story) => heard.push(story))
    const data = { action: 'input', story: { id: 5, content: {} } }
    window.dispatchEvent(new MessageEvent('message', { data, origin: 'https://app.storyblok.com' }))
    stop()
    expect(heard).toEqual([])
  })
})

describe('in the browser', () => {
  it('the client is refused, whoever gets hold of it', () => {
    expect(() => useStoryblokApi()).toThrow('KB_SERVER_ONLY')
    expect(() => browser.getStoryblokApi()).toThrow('KB_SERVER_ONLY')
  })
})
