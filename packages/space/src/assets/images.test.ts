import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LocalSpace } from '../local-space.js'
import { createFolder, createSpace, storyFile } from '../test-support.js'

/** A picture whose left half is red and whose right half is blue, 200 by 100 pixels. */
let picture: Buffer
/** A photograph of a large camera, as far as its size goes. */
let large: Buffer
/** More pixels than are transformed. */
let enormous: Buffer

beforeAll(async () => {
  const half = { create: { width: 100, height: 100, channels: 3 as const, background: 'blue' } }
  const whole = { create: { width: 200, height: 100, channels: 3 as const, background: 'red' } }
  const blue = await sharp(half).png().toBuffer()
  picture = await sharp(whole)
    .composite([{ input: blue, left: 100, top: 0 }])
    .png()
    .toBuffer()
  large = await sharp({ create: { width: 6000, height: 4000, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
  enormous = await sharp({ create: { width: 10_000, height: 5100, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
})

const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

function createGallery(): LocalSpace {
  const files: Record<string, Buffer | string> = {
    'halves.png': picture,
    'enormous.png': enormous,
    'large.jpg': large,
    'drawing.svg': drawing,
    'broken.jpg': 'no picture',
  }
  const assets = Object.entries(files).flatMap(([name, body], index) => [
    [`assets/7/${name}`, body],
    [
      `assets/7/${name.replace(/\.\w+$/, '.json')}`,
      { id: index + 1, filename: `https://a.storyblok.com/f/7/x/${name}` },
    ],
  ])
  const content = { 'components/7/components.json': [], 'stories/7/a.json': storyFile(), ...Object.fromEntries(assets) }
  return createSpace({ content: createFolder(content) })
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return createGallery().fetch(new Request(`http://space.test/f/7/x/${path}`, { headers }))
}

async function open(path: string, headers?: Record<string, string>) {
  const response = await get(path, headers)
  expect(response.status).toBe(200)
  const body = Buffer.from(await response.arrayBuffer())
  const { data, info } = await sharp(body).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const pixel = (x: number, y: number): number[] => [
    ...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4),
  ]
  return { size: [info.width, info.height], pixel, bytes: body.length, type: response.headers.get('content-type') }
}

const red = [255, 0, 0, 255]
const blue = [0, 0, 255, 255]

describe('a picture', () => {
  it('is served as it is, for ever', async () => {
    const response = await get('halves.png')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(picture)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000')
  })

  it.each([
    ['100x0', [100, 50]],
    ['0x50', [100, 50]],
    ['60x60', [60, 60]],
    ['60x60/smart', [60, 60]],
    ['fit-in/60x60', [60, 30]],
    ['fit-in/900x900', [200, 100]],
    ['fit-in/60x60/filters:fill(00ff00)', [60, 60]],
    ['400x0', [400, 200]],
    ['400x0/filters:no_upscale()', [200, 100]],
    ['0x0:50x40', [50, 40]],
    ['0x0:50x40/25x0', [25, 20]],
    ['filters:rotate(90)', [100, 200]],
    ['filters:rotate(180):quality(50)', [200, 100]],
    ['', [200, 100]],
  ])('has the size that /m/%s asks for', async (request, size) => {
    expect((await open(`halves.png/m/${request}`)).size).toEqual(size)
  })

  it.each([
    ['40x40/filters:focal(0x0:10x10)', red],
    ['40x40/filters:focal(190x0:200x10)', blue],
    ['-40x20', blue],
    ['0x0:90x90', red],
    ['110x0:190x90', blue],
    ['fit-in/60x60/filters:fill(00ff00)', [0, 255, 0, 255]],
    ['60x60/filters:round_corner(30,0,255,0)', [0, 255, 0, 255]],
    ['60x60/filters:round_corner(30,0,255,0,1):format(png)', [0, 0, 0, 0]],
    ['filters:rotate(180)', blue],
  ])('shows in its corner what /m/%s asks for', async (request, color) => {
    const pixel = (await open(`halves.png/m/${request}`)).pixel(0, 0)
    const distances = pixel.map((channel, index) => Math.abs(channel - (color[index] ?? 0)))
    expect(Math.max(...distances)).toBeLessThan(30)
  })

  it('loses its colours, is blurred and brightened on request', async () => {
    const [r, g, b] = (await open('halves.png/m/filters:grayscale()')).pixel(0, 0)
    expect([g, b]).toEqual([r, r])
    expect((await open('halves.png/m/filters:blur(20)')).pixel(97, 50)).not.toEqual(red)
    expect((await open('halves.png/m/filters:brightness(-80)')).pixel(0, 0)).not.toEqual(red)
  })

  it('may be as large as cameras make them', async () => {
    expect((await open('large.jpg/m/filters:quality(60)')).size).toEqual([6000, 4000])
    expect((await open('large.jpg/m/600x0')).size).toEqual([600, 400])
  })

  it.each([
    ['webp', 'image/webp'],
    ['avif', 'image/avif'],
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
  ])('becomes %s', async (format, type) => {
    expect((await get(`halves.png/m/100x0/filters:format(${format})`)).headers.get('content-type')).toBe(type)
  })

  it('takes the format that the browser likes, where none is asked for', async () => {
    expect((await open('halves.png/m/', { Accept: 'image/avif,image/webp,*/*' })).type).toBe('image/webp')
    expect((await open('halves.png/m/', { Accept: 'image/png' })).type).toBe('image/png')
  })

  it('is smaller at a lower quality', async () => {
    const bytes = async (quality: number) => (await open(`halves.png/m/filters:format(jpeg):quality(${quality})`)).bytes
    expect(await bytes(10)).toBeLessThan(await bytes(95))
  })

  it.each(['99999x1', '4001x0', 'filters:format(exe)', 'filters:blur(200)', 'filters:rotate(45)', 'left', '5x5:1x1'])(
    'refuses /m/%s',
    async (request) => {
      expect((await get(`halves.png/m/${request}`)).status).toBe(400)
    },
  )

  it('is not read when it has too many pixels, or is none', async () => {
    expect((await get('enormous.png/m/10x10')).status).toBe(422)
    expect((await get('broken.jpg/m/10x10')).status).toBe(422)
    expect((await get('none.png/m/10x10')).status).toBe(404)
  })

  it('is not made with too many pixels, however they are asked for', async () => {
    expect((await get('halves.png/m/0x4000')).status).toBe(422)
    expect((await get('halves.png/m/4000x10/filters:focal(0x0:10x10)')).status).toBe(200)
  })
})

describe('a drawing', () => {
  it('is served as it is, and runs no script here', async () => {
    const response = await get('drawing.svg/m/10x10')
    expect(await response.text()).toBe(drawing)
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
  })
})
