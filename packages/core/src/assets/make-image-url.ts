import type { ImageFile } from './image-file.js'
import type { ImageUrlOptions } from './image-options.js'

// Browsers load this module for pages that show pictures. What the options may be is checked elsewhere.

interface Size {
  width?: number | undefined
  height?: number | undefined
}

/** The largest side that is asked of the image service, in pixels. */
export const largestMade = 4000

/** Gives the URL of a file in the size that is asked for; `undefined` of private files that the site does not open. */
export function makeImageUrl(file: ImageFile, options: ImageUrlOptions): string | undefined {
  if (file.isPrivate) return privateUrl(file, options)
  return file.isTransformable ? `${file.url}/m/${operations(file, options)}` : file.url
}

function privateUrl({ asset }: ImageFile, { privateAssets }: ImageUrlOptions): string | undefined {
  return asset && privateAssets !== undefined ? `${privateAssets.replace(/\/+$/, '')}${asset.path}` : undefined
}

/** Writes what stands behind `/m/`: `fit-in/<width>x<height>/smart/filters:<name>(<argument>):…`. */
function operations(file: ImageFile, { smart, fit = 'cover', ...options }: ImageUrlOptions): string {
  const { width, height } = fitSource(options, file.asset ?? {}, fit)
  const isSized = width !== undefined || height !== undefined
  const isCropped = fit === 'cover' && width !== undefined && height !== undefined
  const focus = isCropped && options.focal !== false ? (options.focal ?? file.focus) : undefined
  const filters = [
    ...filterList(options),
    ...(focus === undefined ? [] : [`focal(${focus})`]),
    ...(isSized && file.asset?.width === undefined ? ['no_upscale()'] : []),
  ]
  return [
    isSized && fit === 'in' && 'fit-in',
    isSized && `${width ?? 0}x${height ?? 0}`,
    isCropped && smart && focus === undefined && 'smart',
    filters.length > 0 && `filters:${filters.join(':')}`,
  ]
    .filter((part) => typeof part === 'string')
    .join('/')
}

/** Makes a size smaller, in its own shape, until the source has enough pixels for it. */
function fitSource({ width, height }: Size, source: Size, fit: 'cover' | 'in'): Size {
  const scales = [
    width !== undefined && source.width !== undefined ? width / source.width : 0,
    height !== undefined && source.height !== undefined ? height / source.height : 0,
  ].filter((scale) => scale > 0)
  // What fits in is as large as its tighter side, what covers as its wider one.
  const needed = scales.length === 0 ? 0 : fit === 'in' ? Math.min(...scales) : Math.max(...scales)
  const scale = Math.max(1, needed, (width ?? 0) / largestMade, (height ?? 0) / largestMade)
  const shrink = (side: number | undefined): number | undefined => side && Math.max(1, Math.round(side / scale))
  return { width: shrink(width), height: shrink(height) }
}

function filterList({ quality, format, filters = {} }: ImageUrlOptions): string[] {
  const { blur, brightness, grayscale, rotate, fill } = filters
  return [
    blur !== undefined && `blur(${blur})`,
    brightness !== undefined && `brightness(${brightness})`,
    grayscale === true && 'grayscale()',
    rotate !== undefined && `rotate(${rotate})`,
    fill !== undefined && `fill(${fill.replace('#', '')})`,
    quality !== undefined && `quality(${quality})`,
    format !== undefined && `format(${format})`,
  ].filter((filter) => typeof filter === 'string')
}
