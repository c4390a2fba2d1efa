import type { FormatEnum, Sharp, SharpOptions } from 'sharp'
import type { Box, ImageFormat, ImageRequest } from './image-request.js'

type SharpModule = (input: Uint8Array, options?: SharpOptions) => Sharp

/** The most pixels of an original that is transformed. */
const mostPixels = 50_000_000

/** How long one transformation may take, in seconds. */
const timeout = 10

/** The most pixels of a picture that is made in another size. */
const mostOutputPixels = 16_000_000

/** How much work AVIF is packed with, of 9: more takes many seconds for a large picture. */
const avifEffort = 1

/** How many may wait for their turn. */
const longestQueue = 20

let sharp: Promise<SharpModule | undefined> | undefined

/** Loads sharp, which is an optional dependency: it has no build for every platform. */
async function loadSharp(): Promise<SharpModule | undefined> {
  try {
    return (await import('sharp')).default
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** A picture that was made. */
export interface TransformedImage {
  body: Uint8Array
  contentType: string
}

let turn: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * Transforms a picture, one at a time.
 *
 * @returns The picture; `unavailable` without sharp, `busy` when too many wait, `invalid` when it cannot be read.
 */
export function transformImage(
  original: Uint8Array,
  request: ImageRequest,
  format: ImageFormat | undefined,
): Promise<TransformedImage | 'unavailable' | 'busy' | 'invalid'> {
  if (waiting >= longestQueue) return Promise.resolve('busy')
  waiting++
  const result = turn.then(async () => {
    sharp ??= loadSharp()
    const load = await sharp
    if (!load) return 'unavailable' as const
    const deadline = performance.now() + timeout * 1000
    // Each step has the limits, and the time that those before it left.
    const create: SharpModule = (input) => {
      const seconds = Math.max(1, Math.ceil((deadline - performance.now()) / 1000))
      return load(input, { limitInputPixels: mostPixels }).timeout({ seconds })
    }
    try {
      return await render(create, original, request, format)
    } catch {
      // sharp throws plain errors for what is no picture, too large or too slow.
      return 'invalid' as const
    }
  })
  turn = result.catch(() => undefined).finally(() => waiting--)
  return result
}

async function render(
  create: SharpModule,
  original: Uint8Array,
  request: ImageRequest,
  wanted: ImageFormat | undefined,
): Promise<TransformedImage> {
  let image = create(original).autoOrient()
  const { width, height, format } = await image.metadata()
  const source = { width, height }
  if (request.crop) {
    const crop = clampBox(request.crop, source)
    image = image.extract(crop)
    Object.assign(source, { width: crop.width, height: crop.height })
  }
  if (outputPixels(request, source) > mostOutputPixels) throw new RangeError('The picture would be too large.')
  image = resize(image, request, source)
  if (request.isFlippedHorizontally) image = image.flop()
  if (request.isFlippedVertically) image = image.flip()
  if (request.isGrayscale) image = image.grayscale()
  if (request.brightness !== undefined) image = image.modulate({ brightness: 1 + request.brightness / 100 })
  if (request.blur !== undefined && request.blur >= 0.3) image = image.blur(request.blur)
  if (request.rotate !== 0) image = create(await image.png().toBuffer()).rotate(request.rotate)
  if (request.roundCorner) image = await roundCorners(create, image, request.roundCorner)

  const output = wanted ?? outputFormats[format as keyof FormatEnum] ?? 'png'
  const quality = request.quality === undefined ? undefined : Math.max(1, Math.round(request.quality))
  const options = { quality, ...(output === 'avif' && { effort: avifEffort }) }
  const { data, info } = await image.toFormat(output, options).toBuffer({ resolveWithObject: true })
  return { body: data, contentType: `image/${info.format === 'heif' ? 'avif' : info.format}` }
}

/** What a picture stays when no other format is asked for; others become PNG. */
const outputFormats: Partial<Record<keyof FormatEnum, ImageFormat>> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  heif: 'avif',
}

/** How large a picture is made; a side that is not asked for follows from the other one. */
function outputPixels({ width, height }: ImageRequest, source: { width: number; height: number }): number {
  // A picture that keeps its size is within the limit of originals.
  if (width === 0 && height === 0) return 0
  return (width || (height * source.width) / source.height) * (height || (width * source.height) / source.width)
}

function resize(image: Sharp, request: ImageRequest, source: { width: number; height: number }): Sharp {
  const { width, height, isFitIn, isSmart, isNeverEnlarged, fill, focal } = request
  if (width === 0 && height === 0) return image
  const size = { width: width || undefined, height: height || undefined }
  if (isFitIn) {
    // Without a colour to fill with, a picture that fits keeps its own shape, and is not made larger.
    const options = fill === undefined ? { fit: 'inside' as const, withoutEnlargement: true } : containOptions(fill)
    return image.resize({ ...size, ...options })
  }
  if (focal && width > 0 && height > 0) return cropAround(image, focal, { width, height }, source)
  return image.resize({
    ...size,
    fit: 'cover',
    position: isSmart ? 'attention' : 'centre',
    withoutEnlargement: isNeverEnlarged,
  })
}

function containOptions(background: string): { fit: 'contain'; background: string } {
  return { fit: 'contain', background }
}

interface Size {
  width: number
  height: number
}

/** Covers a size with the part of the picture around a focal point. */
function cropAround(image: Sharp, focal: Box, target: Size, source: Size): Sharp {
  const scale = Math.max(target.width / source.width, target.height / source.height)
  const scaled = {
    width: Math.max(target.width, Math.round(source.width * scale)),
    height: Math.max(target.height, Math.round(source.height * scale)),
  }
  if (scaled.width * scaled.height > mostPixels) throw new RangeError('The picture would be too large.')
  const start = (from: number, to: number, side: number, whole: number): number =>
    Math.min(Math.max(0, Math.round(((from + to) / 2) * scale - side / 2)), whole - side)
  return image.resize({ ...scaled, fit: 'fill' }).extract({
    left: start(focal.left, focal.right, target.width, scaled.width),
    top: start(focal.top, focal.bottom, target.height, scaled.height),
    ...target,
  })
}

function clampBox(box: Box, { width, height }: Size): { left: number; top: number; width: number; height: number } {
  const left = Math.min(box.left, width - 1)
  const top = Math.min(box.top, height - 1)
  return {
    left,
    top,
    width: Math.max(1, Math.min(box.right, width) - left),
    height: Math.max(1, Math.min(box.bottom, height) - top),
  }
}

async function roundCorners(
  create: SharpModule,
  image: Sharp,
  { radius, color, isTransparent }: NonNullable<ImageRequest['roundCorner']>,
): Promise<Sharp> {
  const { data, info } = await image.ensureAlpha().png().toBuffer({ resolveWithObject: true })
  const mask = `<svg width="${info.width}" height="${info.height}"><rect width="100%" height="100%" rx="${radius}"/></svg>`
  const rounded = await create(data)
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer()
  return isTransparent ? create(rounded) : create(rounded).flatten({ background: color })
}
