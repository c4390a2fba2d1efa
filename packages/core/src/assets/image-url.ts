import { checkImageUrlOptions } from './check-image-options.js'
import { findImageFile } from './image-file.js'
import type { ImageSource } from './image-file.js'
import type { ImageUrlOptions } from './image-options.js'
import { makeImageUrl } from './make-image-url.js'

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
  checkImageUrlOptions(options)
  const file = findImageFile(image)
  return file && makeImageUrl(file, options)
}
