/** A rectangle in pixels of the original. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export type ImageFormat = 'avif' | 'jpeg' | 'png' | 'webp'

/** A transformation that the path of an image URL asks for, behind `/m/`. */
export interface ImageRequest {
  crop?: Box
  /** The size in pixels; 0 follows from the other side. */
  width: number
  height: number
  isFlippedHorizontally: boolean
  isFlippedVertically: boolean
  /** Whether the whole picture stays, inside the size. */
  isFitIn: boolean
  isSmart: boolean
  blur?: number
  quality?: number
  /** From -100 to 100. */
  brightness?: number
  /** The colour behind a picture that is smaller than its size. */
  fill?: string
  format?: ImageFormat
  isGrayscale: boolean
  rotate: 0 | 90 | 180 | 270
  isNeverEnlarged: boolean
  roundCorner?: { radius: number; color: string; isTransparent: boolean }
  focal?: Box
}

/** The largest side that is made, in pixels. */
const largestSide = 4000

const formats: Record<string, ImageFormat> = { avif: 'avif', jpeg: 'jpeg', jpg: 'jpeg', png: 'png', webp: 'webp' }

/**
 * Reads what stands behind `/m/` in an image URL.
 *
 * @returns The transformation, or `undefined` when the path is none, or asks for too much.
 */
export function parseImageRequest(path: string): ImageRequest | undefined {
  const request: ImageRequest = {
    width: 0,
    height: 0,
    isFlippedHorizontally: false,
    isFlippedVertically: false,
    isFitIn: false,
    isSmart: false,
    isGrayscale: false,
    rotate: 0,
    isNeverEnlarged: false,
  }
  const isKnown = path
    .split('/')
    .filter((segment) => segment !== '')
    .every((segment) => readSegment(segment, request))
  return isKnown && Math.max(request.width, request.height) <= largestSide ? request : undefined
}

function readSegment(segment: string, request: ImageRequest): boolean {
  if (segment === 'fit-in') return (request.isFitIn = true)
  if (segment === 'smart') return (request.isSmart = true)
  const size = /^(-?)(\d{0,5})x(-?)(\d{0,5})$/.exec(segment)
  if (size) {
    request.width = Number(size[2])
    request.height = Number(size[4])
    request.isFlippedHorizontally = size[1] === '-'
    request.isFlippedVertically = size[3] === '-'
    return true
  }
  if (segment.startsWith('filters:')) return readFilters(segment.slice('filters:'.length), request)
  request.crop = parseBox(segment)
  return request.crop !== undefined
}

/** Reads `name(arguments)` filters; colons stand between them, and inside a focal point. */
function readFilters(text: string, request: ImageRequest): boolean {
  const found = [...text.matchAll(/(\w+)\(([^)]*)\)(?::|$)/g)]
  if (found.reduce((length, [whole]) => length + whole.length, 0) !== text.length) return false
  return found.every(([, name = '', args = '']) => {
    const read = Object.hasOwn(filters, name) ? filters[name] : undefined
    return read?.(request, args) ?? false
  })
}

/** What each filter does with its arguments; whether it can. */
const filters: Record<string, (request: ImageRequest, args: string) => boolean> = {
  blur: (request, args) => {
    const [radius, sigma] = args.split(',').map((value) => numberBetween(value, 0, 150))
    request.blur = sigma ?? (radius === undefined ? undefined : radius / 2)
    return request.blur !== undefined
  },
  quality: (request, args) => (request.quality = numberBetween(args, 0, 100)) !== undefined,
  brightness: (request, args) => (request.brightness = numberBetween(args, -100, 100)) !== undefined,
  fill: (request, args) => {
    if (/^#?([\da-f]{3}|[\da-f]{6})$/i.test(args)) request.fill = `#${args.replace('#', '')}`
    else if (args === 'transparent') request.fill = '#00000000'
    return request.fill !== undefined
  },
  format: (request, args) => (request.format = formats[args]) !== undefined,
  grayscale: (request) => (request.isGrayscale = true),
  rotate: (request, args) => {
    const angle = Number(args)
    if (angle !== 0 && angle !== 90 && angle !== 180 && angle !== 270) return false
    request.rotate = angle
    return true
  },
  no_upscale: (request) => (request.isNeverEnlarged = true),
  round_corner: (request, args) => {
    const [radius = '', ...color] = args.split(',')
    const value = numberBetween(radius.split('|')[0] ?? '', 0, largestSide)
    const channels = color.slice(0, 3).map((channel) => numberBetween(channel, 0, 255))
    if (value === undefined || channels.length !== 3 || channels.includes(undefined)) return false
    request.roundCorner = { radius: value, color: `rgb(${channels.join()})`, isTransparent: color[3] === '1' }
    return true
  },
  focal: (request, args) => (request.focal = parseBox(args)) !== undefined,
}

/** Reads `left x top : right x bottom`. */
function parseBox(text: string): Box | undefined {
  const match = /^(\d{1,6})x(\d{1,6}):(\d{1,6})x(\d{1,6})$/.exec(text)
  if (!match) return undefined
  const [left, top, right, bottom] = match.slice(1).map(Number) as [number, number, number, number]
  return right > left && bottom > top ? { left, top, right, bottom } : undefined
}

function numberBetween(text: string, least: number, most: number): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return value >= least && value <= most ? value : undefined
}
