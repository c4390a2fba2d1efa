import { KeyblokError } from '../errors.js'
import { findImageFile, parseFocus } from './image-file.js'
import type { ImageFile, ImageSource } from './image-file.js'

/** What the image service can write. */
export type ImageFormat = 'avif' | 'jpeg' | 'png' | 'webp'

/** What the image service can do to a picture beside giving it a size. */
export interface ImageFilters {
  /** A radius from 0 to 150. */
  blur?: number | undefined
  /** From -100 to 100. */
  brightness?: number | undefined
  grayscale?: boolean | undefined
  /** Clockwise, after the size was given. */
  rotate?: 90 | 180 | 270 | undefined
  /** The colour around a picture that fits in: `transparent`, or three or six hexadecimal digits. */
  fill?: string | undefined
}

/** How a picture is to look, whatever its size. */
export interface ImageLook {
  /** Crops around what the image service finds remarkable, where no editor set a focus. */
  smart?: boolean | undefined
  /** The part to crop around, as `left x top : right x bottom` in pixels, in place of the asset's; `false` is its centre. */
  focal?: string | false | undefined
  /** From 0 to 100; the image service chooses without it. */
  quality?: number | undefined
  /** The format; without it the image service writes WebP to browsers that take it. */
  format?: ImageFormat | undefined
  /**
   * The path where the site opens private assets, such as `/assets`. Without it private assets have no URL that a browser
   * could use.
   */
  privateAssets?: string | undefined
}

export interface ImageUrlOptions extends ImageLook {
  /** In pixels. Without a height the picture keeps its shape. */
  width?: number | undefined
  height?: number | undefined
  /** Whether a picture of both sides is cropped to them, which is the default, or fits in between them. */
  fit?: 'cover' | 'in' | undefined
  filters?: ImageFilters | undefined
}

interface Size {
  width?: number | undefined
  height?: number | undefined
}

/** The largest side that may be asked for, in pixels; more is a mistake. */
const largestAsked = 20_000

/** The largest side that is asked of the image service, in pixels. */
export const largestMade = 4000

/**
 * Gives the URL of an asset from Storyblok's image service, in the size that is asked for but never larger than the file.
 * A crop keeps the asset's focus.
 *
 * SVG and GIF files, other files and those of other servers keep their own URL: a drawing needs no size, and of an
 * animation the image service may keep one picture only.
 *
 * @param image - The asset, or its URL.
 * @returns The URL; `undefined` where no file is chosen, and of private assets without the option `privateAssets`.
 * @throws {KeyblokError} `KB_PARAMETER_INVALID` when a value is none that the image service takes.
 *
 * @example
 * ```ts
 * import { imageUrl } from '@keyblok/core'
 *
 * const hut = 'https://a.storyblok.com/f/100001/1600x1000/7841d61923/hut.jpg'
 * imageUrl(hut, { width: 800, height: 400 }) // …/hut.jpg/m/800x400
 * ```
 */
export function imageUrl(image: ImageSource, options: ImageUrlOptions = {}): string | undefined {
  checkOptions(options)
  const file = findImageFile(image)
  if (!file) return undefined
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

const integer =
  (least: number, most: number) =>
  (value: unknown): boolean =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value)
const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value)

/** What each option may be. Everything that reaches a path is on this list, and none of it has a slash of its own. */
const rules: Readonly<Record<string, (value: unknown) => boolean>> = {
  width: integer(1, largestAsked),
  height: integer(1, largestAsked),
  fit: oneOf('cover', 'in'),
  focal: (value) => value === false || (typeof value === 'string' && parseFocus(value) !== undefined),
  quality: integer(0, 100),
  format: oneOf('avif', 'jpeg', 'png', 'webp'),
  // Two slashes would begin another host.
  privateAssets: matches(/^\/(?![/\\])[^?#\\\s"'<>]*$/),
  blur: integer(0, 150),
  brightness: integer(-100, 100),
  rotate: oneOf(90, 180, 270),
  fill: matches(/^(transparent|#?([\da-f]{3}|[\da-f]{6}))$/i),
}

function checkOptions({ filters, ...options }: ImageUrlOptions): void {
  const given: Readonly<Record<string, unknown>> = { ...options, ...filters }
  for (const [name, isValid] of Object.entries(rules)) {
    const value = given[name]
    if (value !== undefined && !isValid(value)) throw invalidOption(name, value)
  }
}

export function invalidOption(name: string, value: unknown): KeyblokError {
  return new KeyblokError('KB_PARAMETER_INVALID', `The image option “${name}” is ${String(value)}.`, {
    hint: 'Sides and widths are whole numbers of pixels, an aspect ratio is width by height, such as 16 / 9.',
  })
}
