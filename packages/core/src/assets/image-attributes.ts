import { checkImageOptions } from './check-image-options.js'
import type { ImageSource } from './image-file.js'
import type { ImageAttributes, ImageOptions } from './image-options.js'
import { makeImageAttributes } from './make-image-attributes.js'

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
  checkImageOptions(options)
  return makeImageAttributes(image, options)
}
