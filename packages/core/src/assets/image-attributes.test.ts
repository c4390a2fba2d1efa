import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageAttributes } from './image-attributes.js'
import type { ImageOptions } from './image-options.js'

const hut = 'https://a.storyblok.com/f/100001/1600x1000/7841d61923/hut.jpg'
const asset = { id: 1, filename: hut, alt: 'A hut', focus: '1010x420:1011x421' }

/** The candidates of a `srcset`, without the file’s own URL. */
const candidates = (options: ImageOptions, image: Parameters<typeof imageAttributes>[0] = asset) =>
  (imageAttributes(image, options)?.srcset ?? '').replaceAll(`${hut}/m/`, '').split(', ')

describe('imageAttributes', () => {
  it('shows a picture as wide as its file, or narrower', () => {
    expect(imageAttributes(asset, { width: 600 })).toEqual({
      src: `${hut}/m/600x0`,
      srcset: [320, 480, 600, 640, 828, 1080, 1200].map((width) => `${hut}/m/${width}x0 ${width}w`).join(', '),
      sizes: '(min-width: 600px) 600px, 100vw',
      width: 600,
      height: 375,
      alt: 'A hut',
      loading: 'lazy',
      decoding: 'async',
    })
    expect(imageAttributes(asset)).toMatchObject({ width: 1600, height: 1000, src: `${hut}/m/1600x0` })
  })

  it('offers nothing that is wider than the file, and nothing twice', () => {
    expect(candidates({ width: 1280 })).toEqual(
      [320, 480, 640, 828, 1080, 1280, 1600].map((width) => `${width}x0 ${width}w`),
    )
  })

  it('offers a fixed picture for plain and for dense screens', () => {
    const image = imageAttributes(asset, { layout: 'fixed', width: 200 })
    expect(image).toMatchObject({
      src: `${hut}/m/200x0`,
      srcset: `${hut}/m/200x0 1x, ${hut}/m/400x0 2x`,
      width: 200,
      height: 125,
    })
    expect(image).not.toHaveProperty('sizes')
    expect(candidates({ layout: 'fixed', width: 1000 })).toEqual(['1000x0 1x', '1600x0 1.6x'])
    expect(imageAttributes(asset, { layout: 'fixed', width: 1600 })).not.toHaveProperty('srcset')
  })

  it('offers a picture as wide as the window in the widths of windows', () => {
    const image = imageAttributes(asset, { layout: 'full-width' })
    expect(image).toMatchObject({ src: `${hut}/m/1600x0`, sizes: '100vw', width: 1600, height: 1000 })
    expect(candidates({ layout: 'full-width' }).at(-1)).toBe('1600x0 1600w')
  })

  it('crops to a shape around the focus', () => {
    const focal = 'filters:focal(1010x420:1011x421)'
    expect(imageAttributes(asset, { width: 400, aspectRatio: 1 })).toMatchObject({
      src: `${hut}/m/400x400/${focal}`,
      height: 400,
    })
    expect(imageAttributes(asset, { width: 400, height: 200 })).toMatchObject({
      src: `${hut}/m/400x200/${focal}`,
      height: 200,
    })
    expect(imageAttributes(asset, { height: 200, aspectRatio: 2 })).toMatchObject({
      src: `${hut}/m/400x200/${focal}`,
      width: 400,
    })
    expect(imageAttributes(asset, { aspectRatio: 1 })).toMatchObject({ width: 1000, height: 1000 })
    // The file is 1000 pixels high, so no square is wider.
    expect(candidates({ width: 800, aspectRatio: 1 }).at(-1)).toBe(`1000x1000/${focal} 1000w`)
  })

  it('gives browsers that cannot choose a picture of a common size', () => {
    const large = hut.replace('1600x1000', '6000x4000')
    expect(imageAttributes(large)).toMatchObject({ src: `${large}/m/1920x0`, width: 6000, height: 4000 })
    expect(imageAttributes(large)?.srcset).toMatch(/4000x0 4000w$/)
  })

  it('takes the widths and sizes that are given', () => {
    expect(candidates({ widths: [3000, 400, 400, 800] })).toEqual(['400x0 400w', '800x0 800w', '1600x0 1600w'])
    expect(imageAttributes(asset, { sizes: '50vw' })?.sizes).toBe('50vw')
  })

  it('loads the first picture of a page at once', () => {
    expect(imageAttributes(asset, { priority: true })).toMatchObject({
      loading: 'eager',
      fetchpriority: 'high',
      decoding: 'sync',
    })
  })

  it('has a text always, an empty one when the asset has none', () => {
    expect(imageAttributes({ ...asset, alt: null })?.alt).toBe('')
    expect(imageAttributes(asset, { alt: '' })?.alt).toBe('')
    expect(imageAttributes(asset, { alt: 'Ours' })?.alt).toBe('Ours')
  })

  it('shows what cannot be transformed in its own shape, and once', () => {
    const svg = hut.replace('.jpg', '.svg')
    const image = imageAttributes(svg, { width: 800, aspectRatio: 1 })
    expect(image).toMatchObject({ src: svg, width: 800, height: 500 })
    expect(image).not.toHaveProperty('srcset')
    expect(imageAttributes('https://img.example/a.jpg', { width: 800, aspectRatio: 2 })).toMatchObject({
      width: 800,
      height: 400,
    })
    expect(imageAttributes('https://img.example/a.jpg')).not.toHaveProperty('width')
  })

  it('shows a file of unknown size', () => {
    const unknown = hut.replace('1600x1000', 'x')
    expect(imageAttributes(unknown)).toMatchObject({ src: `${unknown}/m/` })
    expect(imageAttributes(unknown, { width: 300 })).toMatchObject({
      src: `${unknown}/m/300x0/filters:no_upscale()`,
      width: 300,
    })
  })

  it.each([undefined, null, '', { filename: null }, { filename: '' }])('has none for %j', (image) => {
    expect(imageAttributes(image, { width: 300 })).toBeUndefined()
  })

  it('shows a private asset from the endpoint of the site, untransformed, or not at all', () => {
    const image = { ...asset, is_private: true }
    expect(imageAttributes(image, { width: 300 })).toBeUndefined()
    const shown = imageAttributes(image, { width: 300, privateAssets: '/assets' })
    expect(shown).toMatchObject({ src: '/assets/f/100001/1600x1000/7841d61923/hut.jpg', width: 300, height: 188 })
    expect(shown).not.toHaveProperty('srcset')
  })

  it.each([
    { width: 0 },
    { aspectRatio: 0 },
    { aspectRatio: '16/9' },
    { aspectRatio: Number.NaN },
    { widths: [1.5] },
    { widths: [-1] },
    { layout: 'wide' },
  ])('refuses %j', (options) => {
    const call = () => imageAttributes(asset, options as ImageOptions)
    expect(call).toThrow(expect.objectContaining({ code: 'KB_PARAMETER_INVALID' }))
  })

  it('never moves the page or asks for too much, whatever the file and the place', () => {
    const side = fc.integer({ min: 1, max: 6000 })
    const layout = fc.constantFrom('constrained' as const, 'full-width' as const, 'fixed' as const)
    const place = fc.record(
      { layout, width: side, aspectRatio: fc.double({ min: 0.02, max: 50, noNaN: true }) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(side, side, place, (w, h, options) => {
        const image = imageAttributes(`https://a.storyblok.com/f/1/${w}x${h}/ab12/a.jpg`, options)
        expect(image?.width).toBeGreaterThan(0)
        expect(image?.height).toBeGreaterThan(0)
        const urls = [image?.src ?? '', ...(image?.srcset?.split(', ') ?? [])]
        const sizes = urls.map((url) => /\/m\/(\d+)x(\d+)/.exec(url)?.slice(1).map(Number) as [number, number])
        expect(sizes.every(([x, y]) => x <= w && y <= h)).toBe(true)
        const widths = sizes.slice(1).map(([x]) => x)
        expect(widths).toEqual([...new Set(widths)].toSorted((a, b) => a - b))
      }),
    )
  })
})
