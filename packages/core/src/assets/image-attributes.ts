import { findImageFile } from './image-file.js'
import type { ImageFile, ImageSource } from './image-file.js'
import { imageUrl, invalidOption, largestMade } from './image-url.js'
import type { ImageFilters, ImageLook } from './image-url.js'

/**
 * How a picture takes its place: `constrained` as wide as `width` and narrower where there is less room, `full-width` as
 * wide as the window, `fixed` always as wide as `width`.
 */
export type ImageLayout = 'constrained' | 'full-width' | 'fixed'

export interface ImageOptions extends ImageLook {
  /** How wide the picture is shown, in pixels of the page; as wide as the file by default. */
  width?: number | undefined
  /** How high it is shown. With a width too the picture is cropped to that shape. */
  height?: number | undefined
  /** Width by height, such as `16 / 9`, to crop to where not both sides are given. A file that cannot be cropped keeps its shape. */
  aspectRatio?: number | undefined
  /** The widths to offer, in place of those that the layout chooses. */
  widths?: readonly number[] | undefined
  /** How wide the picture is shown in windows of different widths. */
  sizes?: string | undefined
  layout?: ImageLayout | undefined
  /** Loads the picture at once and first: for the largest one that is seen when the page opens. */
  priority?: boolean | undefined
  /** What the picture shows, in place of the asset's own text. */
  alt?: string | null | undefined
  filters?: Omit<ImageFilters, 'rotate' | 'fill'> | undefined
}

/** The attributes of an `<img>`. */
export interface ImageAttributes {
  src: string
  srcset?: string
  sizes?: string
  width?: number
  height?: number
  alt: string
  loading: 'eager' | 'lazy'
  decoding: 'async' | 'sync'
  fetchpriority?: 'high'
}

interface Box {
  width?: number | undefined
  height?: number | undefined
}

const layouts: ReadonlySet<ImageLayout> = new Set(['constrained', 'full-width', 'fixed'])

/** The widths of windows and screens that are common, in pixels. */
const commonWidths = [320, 480, 640, 828, 1080, 1280, 1600, 1920, 2560, 3200, 3840]

/** The widest picture for browsers that cannot choose. */
const widestFallback = 1920

/**
 * Makes the attributes of an `<img>` that shows an asset: in the sizes that browsers choose from, and with a width and
 * height, so that the page does not move when it loads.
 *
 * @param image - The asset, or its URL.
 * @returns The attributes; `undefined` where no file is chosen, and of private assets without the option `privateAssets`.
 * @throws {KeyblokError} `KB_PARAMETER_INVALID` when a value is none that an image can have.
 *
 * @example
 * ```ts
 * import { imageAttributes } from '@keyblok/core'
 * import type { Asset } from '@keyblok/core'
 *
 * export const cover = (image: Asset) => imageAttributes(image, { width: 1200, aspectRatio: 16 / 9, priority: true })
 * ```
 */
export function imageAttributes(image: ImageSource, options: ImageOptions = {}): ImageAttributes | undefined {
  checkOptions(options)
  const { layout = 'constrained', priority = false, sizes, widths, alt, aspectRatio, ...others } = options
  const { width: _width, height: _height, ...look } = others
  const file = findImageFile(image)
  const original = imageUrl(image, others)
  if (!file || original === undefined) return undefined

  const box = boxOf(file, options)
  const isCropped = aspectRatio !== undefined || (options.width !== undefined && options.height !== undefined)
  const ratio = isCropped && box.width && box.height ? box.width / box.height : undefined
  const most = widest(file, ratio)
  const urlOf = (width: number): string =>
    imageUrl(image, { ...look, width, height: ratio && Math.max(1, Math.round(width / ratio)) }) ?? original
  const offered = file.isTransformable ? offeredWidths(layout, box.width, most, widths) : []
  const shown = Math.min(box.width ?? most, layout === 'fixed' ? most : widestFallback)
  const fallback = offered.findLast((width) => width <= shown) ?? offered[0]

  return {
    src: fallback === undefined ? original : urlOf(fallback),
    ...(offered.length > 1 && {
      srcset: offered.map((width) => `${urlOf(width)} ${descriptor(layout, width, box.width)}`).join(', '),
      ...sizesOf(layout, sizes, box.width),
    }),
    ...(box.width !== undefined && { width: box.width }),
    ...(box.height !== undefined && { height: box.height }),
    alt: alt ?? file.alt,
    loading: priority ? 'eager' : 'lazy',
    decoding: priority ? 'sync' : 'async',
    ...(priority && { fetchpriority: 'high' as const }),
  }
}

/** Finds the size to show a picture in. */
function boxOf({ asset, isTransformable }: ImageFile, { width, height, aspectRatio }: ImageOptions): Box {
  if (width !== undefined && height !== undefined) return { width, height }
  const source = asset?.width && asset.height ? { width: asset.width, height: asset.height } : undefined
  const own = source && source.width / source.height
  const ratio = isTransformable ? (aspectRatio ?? own) : (own ?? aspectRatio)
  if (ratio === undefined) return { width, height }
  if (width !== undefined) return { width, height: atLeastOne(width / ratio) }
  if (height !== undefined) return { width: atLeastOne(height * ratio), height }
  if (!source) return {}
  const whole = Math.min(source.width, atLeastOne(source.height * ratio))
  return { width: whole, height: Math.min(source.height, atLeastOne(whole / ratio)) }
}

/** The widest picture that the file has enough pixels for, in a shape. */
function widest({ asset }: ImageFile, ratio: number | undefined): number {
  const { width = largestMade, height = largestMade } = asset ?? {}
  const side = Math.min(width, largestMade)
  return ratio === undefined ? side : Math.max(1, Math.min(side, Math.floor(Math.min(height, largestMade) * ratio)))
}

/** Chooses the widths to offer, from narrow to wide, none of them twice or wider than the file. */
function offeredWidths(
  layout: ImageLayout,
  width: number | undefined,
  most: number,
  widths: readonly number[] | undefined,
): number[] {
  const wanted = widths ?? wantedWidths(layout, width, most)
  return [...new Set(wanted.map((wide) => Math.min(wide, most)))].toSorted((a, b) => a - b)
}

function wantedWidths(layout: ImageLayout, width: number | undefined, most: number): number[] {
  if (layout === 'full-width') return [...commonWidths, most].filter((wide) => wide <= most)
  if (width === undefined) return []
  if (layout === 'fixed') return [width, width * 2]
  return [width, width * 2, ...commonWidths.filter((wide) => wide < width * 2)]
}

function descriptor(layout: ImageLayout, width: number, shown: number | undefined): string {
  return layout === 'fixed' && shown ? `${Number((width / shown).toFixed(3))}x` : `${width}w`
}

function sizesOf(layout: ImageLayout, sizes: string | undefined, width: number | undefined): { sizes?: string } {
  if (layout === 'fixed' && width !== undefined) return {}
  const constrained = layout === 'constrained' && width !== undefined
  return { sizes: sizes ?? (constrained ? `(min-width: ${width}px) ${width}px, 100vw` : '100vw') }
}

function atLeastOne(side: number): number {
  return Math.max(1, Math.round(side))
}

function checkOptions({ aspectRatio, widths, layout }: ImageOptions): void {
  const isRatio = aspectRatio === undefined || (aspectRatio >= 1 / 100 && aspectRatio <= 100)
  if (!isRatio) throw invalidOption('aspectRatio', aspectRatio)
  const areWidths = widths?.every((width) => Number.isSafeInteger(width) && width > 0) ?? true
  if (!areWidths) throw invalidOption('widths', widths)
  if (layout !== undefined && !layouts.has(layout)) throw invalidOption('layout', layout)
}
