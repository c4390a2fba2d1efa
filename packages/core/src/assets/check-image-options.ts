import { KeyblokError } from '../errors.js'
import { parseFocus } from './image-file.js'
import type { ImageLayout, ImageOptions, ImageUrlOptions } from './image-options.js'

/** The largest side that may be asked for, in pixels; more is a mistake. */
const largestAsked = 20_000

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

/**
 * Checks what the image service is asked for.
 *
 * @throws {KeyblokError} `KB_PARAMETER_INVALID`.
 */
export function checkImageUrlOptions({ filters, ...options }: ImageUrlOptions): void {
  const given: Readonly<Record<string, unknown>> = { ...options, ...filters }
  for (const [name, isValid] of Object.entries(rules)) {
    const value = given[name]
    if (value !== undefined && !isValid(value)) throw invalidOption(name, value)
  }
}

/** Says that an option is none that an image can have. */
function invalidOption(name: string, value: unknown): KeyblokError {
  return new KeyblokError('KB_PARAMETER_INVALID', `The image option “${name}” is ${String(value)}.`, {
    hint: 'Sides and widths are whole numbers of pixels, an aspect ratio is width by height, such as 16 / 9.',
  })
}

const layouts: ReadonlySet<ImageLayout> = new Set(['constrained', 'full-width', 'fixed'])

/**
 * Checks how a picture is to be shown.
 *
 * @throws {KeyblokError} `KB_PARAMETER_INVALID`.
 */
export function checkImageOptions({ aspectRatio, widths, layout, ...options }: ImageOptions): void {
  const isRatio = aspectRatio === undefined || (aspectRatio >= 1 / 100 && aspectRatio <= 100)
  if (!isRatio) throw invalidOption('aspectRatio', aspectRatio)
  const areWidths = widths?.every((width) => Number.isSafeInteger(width) && width > 0) ?? true
  if (!areWidths) throw invalidOption('widths', widths)
  if (layout !== undefined && !layouts.has(layout)) throw invalidOption('layout', layout)
  checkImageUrlOptions(options)
}
