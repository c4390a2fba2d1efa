import type { Asset } from '@keyblok/core'
import { render, screen } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import StoryblokImage from './StoryblokImage.svelte'

const asset: Asset = {
  id: 1,
  filename: 'https://a.storyblok.com/f/100001/1600x1000/7841d61923/hut.jpg',
  alt: 'A hut',
  focus: '400x300:401x301',
}

describe('StoryblokImage', () => {
  it('shows the asset in sizes to choose from, cropped around its focus, and late', () => {
    render(StoryblokImage, { asset, width: 800, aspectRatio: 2, class: 'cover' })
    const image = screen.getByRole<HTMLImageElement>('img', { name: 'A hut' })
    expect(image.getAttribute('srcset')).toContain('/m/800x400/filters:focal(400x300:401x301) 800w')
    expect([image.width, image.height, image.getAttribute('loading'), image.className]).toEqual([
      800,
      400,
      'lazy',
      'cover',
    ])
  })

  it('takes another text, and what an image takes', () => {
    render(StoryblokImage, { asset, alt: 'Another', id: 'hut', priority: true })
    const image = screen.getByRole<HTMLImageElement>('img', { name: 'Another' })
    expect([image.id, image.getAttribute('loading'), image.getAttribute('fetchpriority')]).toEqual([
      'hut',
      'eager',
      'high',
    ])
  })

  it('shows a private asset by the endpoint of the app', () => {
    render(StoryblokImage, { asset: { ...asset, is_private: true } })
    expect(screen.getByRole('img').getAttribute('src')).toBe('/assets/f/100001/1600x1000/7841d61923/hut.jpg')
  })

  it('shows what changed, and nothing of what was before', async () => {
    const { rerender } = render(StoryblokImage, { asset, width: 800, class: 'cover' })
    await rerender({ asset: { id: 2, filename: 'https://site.test/a.svg', alt: 'Another' }, class: undefined })
    const image = screen.getByRole('img', { name: 'Another' })
    expect(image.getAttribute('src')).toBe('https://site.test/a.svg')
    expect([image.getAttribute('srcset'), image.getAttribute('class')]).toEqual([null, null])
  })

  it('runs no script that is written as an address', () => {
    const { container } = render(StoryblokImage, { asset: { id: 1, filename: 'javascript:alert(1)' } })
    expect(container.querySelector('[src]')).toBeNull()
  })

  it.each([null, undefined, '', { id: null, filename: '' }])('shows nothing for %j', (empty) => {
    const { container } = render(StoryblokImage, { asset: empty })
    expect(container.querySelector('img')).toBeNull()
  })

  it('refuses what no image can have, in dev', () => {
    expect(() => render(StoryblokImage, { asset, width: -1 })).toThrow(/KB_PARAMETER_INVALID.*“width” is -1/)
  })
})
