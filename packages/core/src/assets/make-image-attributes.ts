import { findImageFile } from './image-file.js'
import type { ImageFile, ImageSource } from './image-file.js'
import { largestMade, makeImageUrl } from './make-image-url.js'
import type { ImageAttributes, ImageLayout, ImageOptions } from './image-options.js'

// Browsers load this module for pages that show pictures. What the options may be is checked elsewhere.

interface Box {
  width?: number | undefined
  height?: number | undefined
}

/** The widths of windows and screens that are common, in pixels. */
const commonWidths = [320, 480, 640, 828, 1080, 1280, 1600, 1920, 2560, 3200, 3840]

/** The widest picture for browsers that cannot choose. */
const widestFallback = 1920

/** Makes the attributes of an `<img>`, as `imageAttributes` does, of options that were checked. */
export function makeImageAttributes(image: ImageSource, options: ImageOptions = {}): ImageAttributes | undefined {
  const { layout = 'constrained', priority = false, sizes, widths, alt, aspectRatio, ...others } = options
  const { width: _width, height: _height, ...look } = others
  const file = findImageFile(image)
  const original = file && makeImageUrl(file, others)
  if (!file || original === undefined) return undefined

  const box = boxOf(file, options)
  const isCropped = aspectRatio !== undefined || (options.width !== undefined && options.height !== undefined)
  const ratio = isCropped && box.width && box.height ? box.width / box.height : undefined
  const most = widest(file, ratio)
  const urlOf = (width: number): string =>
    makeImageUrl(file, { ...look, width, height: ratio && Math.max(1, Math.round(width / ratio)) }) ?? original
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
