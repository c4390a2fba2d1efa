import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSpace } from '../test-support.js'
import type { ImageSource } from './image-file.js'
import { imageSize } from './image-size.js'
import { imageUrl } from './image-url.js'
import type { ImageUrlOptions } from './image-options.js'

const hut = 'https://a.storyblok.com/f/100001/1600x1000/7841d61923/hut.jpg'
const asset = { id: 1, filename: hut, focus: '1010x420:1011x421' }

/** What is asked of the image service. */
const asked = (options: ImageUrlOptions, image: ImageSource = hut) => imageUrl(image, options)?.split('/m/')[1]

describe('imageUrl', () => {
  it.each<[ImageUrlOptions, string]>([
    [{}, ''],
    [{ width: 800 }, '800x0'],
    [{ height: 500 }, '0x500'],
    [{ width: 400, height: 400 }, '400x400'],
    [{ width: 400, height: 400, fit: 'in' }, 'fit-in/400x400'],
    [{ width: 400, height: 400, fit: 'in', filters: { fill: '#fff' } }, 'fit-in/400x400/filters:fill(fff)'],
    [{ width: 400, height: 400, smart: true }, '400x400/smart'],
    [{ width: 400, smart: true }, '400x0'],
    [{ quality: 60, format: 'avif' }, 'filters:quality(60):format(avif)'],
    [
      { width: 9, filters: { blur: 5, brightness: -10, grayscale: true, rotate: 90 } },
      '9x0/filters:blur(5):brightness(-10):grayscale():rotate(90)',
    ],
  ])('asks the image service for %j', (options, path) => {
    expect(asked(options)).toBe(path)
  })

  it.each<[ImageUrlOptions, string]>([
    [{ width: 3200 }, '1600x0'],
    [{ height: 2000 }, '0x1000'],
    [{ width: 3000, height: 1500 }, '1600x800'],
    [{ width: 2000, height: 2000 }, '1000x1000'],
    [{ width: 2000, height: 2000, fit: 'in' }, 'fit-in/1600x1600'],
  ])('never asks for more pixels than the file has: %j', (options, path) => {
    expect(asked(options)).toBe(path)
  })

  it('asks the service not to enlarge a file of unknown size', () => {
    expect(asked({ width: 800 }, hut.replace('1600x1000', 'x'))).toBe('800x0/filters:no_upscale()')
    expect(asked({ width: 8000 }, hut.replace('1600x1000', '9000x9000'))).toBe('4000x0')
  })

  it('crops around the focus that an editor set', () => {
    const size = { width: 400, height: 400 }
    expect(asked(size, asset)).toBe('400x400/filters:focal(1010x420:1011x421)')
    expect(asked({ ...size, smart: true }, asset)).toBe('400x400/filters:focal(1010x420:1011x421)')
    expect(asked({ ...size, focal: '1x1:2x2' }, asset)).toBe('400x400/filters:focal(1x1:2x2)')
    expect(asked({ ...size, focal: false }, asset)).toBe('400x400')
    expect(asked({ width: 400 }, asset)).toBe('400x0')
  })

  it.each(['', null, 'middle', '10x10:5x5', '1x1:2x2)/../..', '1000x999:1700x1001'])(
    'takes no focus from %j',
    (focus) => {
      expect(asked({ width: 400, height: 400 }, { ...asset, focus })).toBe('400x400')
    },
  )

  it.each(['a2', 'a-us', 'a2-us', 'a-ca', 'a-ap', 'a2-ap'])('knows the host %s.storyblok.com', (host) => {
    expect(asked({ width: 9 }, hut.replace('a.', `${host}.`))).toBe('9x0')
  })

  it('knows China, local spaces, domains of a library, and addresses of earlier years', () => {
    const path = '/f/100001/1600x1000/7841d61923/hut.jpg'
    expect(imageUrl(`https://a.storyblokchina.cn${path}`)).toBe(`https://a.storyblokchina.cn${path}/m/`)
    expect(imageUrl(`http://127.0.0.1:4110${path}`)).toBe(`http://127.0.0.1:4110${path}/m/`)
    expect(imageUrl({ id: 7, filename: `https://img.example${path}` })).toBe(`https://img.example${path}/m/`)
    expect(imageUrl(`//a.storyblok.com${path}`)).toBe(`${hut}/m/`)
    expect(imageUrl(`http://a.storyblok.com${path}?x#y`)).toBe(`${hut}/m/`)
    expect(imageUrl('https://a.storyblok.com/f/606/e5990a3595/hut.jpg')).toMatch(/hut\.jpg\/m\/$/)
  })

  it('begins anew with a URL that asks for something already', () => {
    expect(imageUrl(`${hut}/m/10x10/filters:blur(9)`, { width: 800 })).toBe(`${hut}/m/800x0`)
  })

  it.each([
    'https://img.example/f/100001/1600x1000/7841d61923/hut.jpg',
    'https://a.storyblok.com.evil.example/f/100001/1600x1000/7841d61923/hut.jpg',
    'https://a.storyblok.com:8443/f/100001/1600x1000/7841d61923/hut.jpg',
    'https://a.storyblok.com/hut.jpg',
    '/f/100001/1600x1000/7841d61923/hut.jpg',
    hut.replace('.jpg', '.svg'),
    hut.replace('.jpg', '.gif'),
    hut.replace('.jpg', '.pdf'),
  ])('leaves %s as it is', (url) => {
    expect(imageUrl(url, { width: 800, format: 'webp' })).toBe(url)
  })

  it('leaves a file alone that an asset field calls external', () => {
    expect(imageUrl({ ...asset, is_external_url: true }, { width: 800 })).toBe(hut)
  })

  it.each([
    undefined,
    null,
    '',
    { filename: '' },
    { filename: null },
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'https://',
  ])('has no URL for %j', (image) => {
    expect(imageUrl(image)).toBeUndefined()
  })

  it('sends private assets to the endpoint of the site, or nowhere', () => {
    const image = { ...asset, is_private: true }
    expect(imageUrl(image, { width: 800 })).toBeUndefined()
    expect(imageUrl(image, { width: 800, privateAssets: '/assets/' })).toBe(
      '/assets/f/100001/1600x1000/7841d61923/hut.jpg',
    )
    const elsewhere = { ...image, filename: 'https://img.example/hut.jpg' }
    expect(imageUrl(elsewhere, { privateAssets: '/assets' })).toBeUndefined()
  })

  it.each([
    { width: 0 },
    { width: -1 },
    { width: 1.5 },
    { width: Number.NaN },
    { width: Infinity },
    { width: '800' },
    { width: '1x1/../..' },
    { height: 100_000 },
    { fit: 'fill' },
    { focal: '1x1:2x2)/smart' },
    { quality: 101 },
    { quality: '60):blur(9' },
    { format: 'svg' },
    { format: 'webp)/..' },
    { filters: { blur: 151 } },
    { filters: { brightness: 1.5 } },
    { filters: { rotate: 45 } },
    { filters: { fill: 'red' } },
    { privateAssets: '//evil.example' },
    { privateAssets: '/\\evil.example' },
    { privateAssets: 'https://evil.example' },
  ])('refuses %j', (options) => {
    const call = () => imageUrl(hut, options as ImageUrlOptions)
    expect(call).toThrow(expect.objectContaining({ code: 'KB_PARAMETER_INVALID' }))
  })

  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '..',
          '.',
          '/',
          '\\',
          '%2e',
          '%2f',
          '/m/',
          '?',
          '#',
          '(',
          ')',
          ':',
          ',',
          ' ',
          '"',
          '<',
          '\0',
          '💥',
        ),
      )
      .map((parts) => parts.join('')),
  )
  const options = fc.record(
    {
      width: fc.integer({ min: 1, max: 20_000 }),
      height: fc.integer({ min: 1, max: 20_000 }),
      fit: fc.constantFrom('cover' as const, 'in' as const),
      smart: fc.boolean(),
      quality: fc.integer({ min: 0, max: 100 }),
      format: fc.constantFrom('avif' as const, 'webp' as const),
    },
    { requiredKeys: [] },
  )
  const grammar =
    /^https:\/\/a\.storyblok\.com\/f\/\d+\/(?:\d*x\d*\/)?[\w-]+\/[^/?#\s"<>\\]+\/m\/(?:(?:fit-in\/)?\d{1,4}x\d{1,4}(?:\/smart)?)?(?:\/?filters:[a-z_]+\([\w:]*\)(?::[a-z_]+\([\w:]*\))*)?$/

  it('stays within the grammar of the image service, whatever a file is called', () => {
    fc.assert(
      fc.property(name, name, options, (before, focus, look) => {
        const filename = `https://a.storyblok.com/f/1/900x700/ab12/${before}.jpg`
        const url = imageUrl({ id: 1, filename, focus }, look)
        const { origin, pathname } = new URL(filename)
        // The file itself asks the service for nothing; its own path may have a part that is called `m`.
        if (!url?.includes('/m/') || url === filename || url === `${origin}${pathname}`) return
        expect(url).toMatch(grammar)
        expect(new URL(url).href).toBe(url)
      }),
      { examples: [['../m/:#', '', {}]] },
    )
  })

  it('keeps the shape that is asked for, within the pixels of the file', () => {
    const side = fc.integer({ min: 1, max: 5000 })
    fc.assert(
      fc.property(side, side, side, side, (w, h, width, height) => {
        const url = asked({ width, height }, `https://a.storyblok.com/f/1/${w}x${h}/ab12/a.png`) ?? ''
        const [x, y] = url.split('x').map(Number) as [number, number]
        expect([x <= Math.min(w, width, 4000), y <= Math.min(h, height, 4000)]).toEqual([true, true])
        // Half a pixel of each side may be lost by rounding.
        const scale = Math.min(x / width, y / height)
        expect(Math.abs(width * scale - x) <= 1 + width / height || x === 1 || y === 1).toBe(true)
      }),
    )
  })
})

describe('imageSize', () => {
  it('reads the size from the URL', () => {
    expect(imageSize(asset)).toEqual({ width: 1600, height: 1000 })
    expect(imageSize(`${hut}/m/10x10`)).toEqual({ width: 1600, height: 1000 })
  })

  it.each([
    undefined,
    { filename: null },
    hut.replace('1600x1000', 'x'),
    hut.replace('1600x1000', '0x0'),
    'https://img.example/hut.jpg',
  ])('knows none of %j', (image) => {
    expect(imageSize(image)).toBeUndefined()
  })
})

describe('the image service of a local space', () => {
  const file = 'https://a.storyblok.com/f/100001/1600x1000/7841d61923/storm-front.jpg'

  it.each<ImageUrlOptions>([
    {},
    { width: 320 },
    { width: 320, height: 320, focal: '1010x420:1011x421' },
    { width: 320, height: 320, smart: true },
    { width: 320, height: 320, fit: 'in', filters: { fill: 'transparent' }, format: 'png' },
    { width: 64, quality: 40, format: 'webp', filters: { blur: 4, brightness: 20, grayscale: true, rotate: 180 } },
  ])('takes %j', async (options) => {
    const response = await createSpace().fetch(new Request(imageUrl(file, options) ?? ''))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^image\//)
  })

  it('takes no other words, so the cases above prove something', async () => {
    expect((await createSpace().fetch(new Request(`${file}/m/320x0/filters:sepia()`))).status).toBe(400)
  })
})
