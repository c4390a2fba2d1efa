import { findImageFile } from './image-file.js'
import type { ImageSource } from './image-file.js'

/** The size of a picture, in pixels. */
export interface ImageSize {
  width: number
  height: number
}

/**
 * Reads the size of an asset's file from its URL; nothing is asked for.
 *
 * @returns The size; `undefined` where the URL tells none.
 */
export function imageSize(image: ImageSource): ImageSize | undefined {
  const { width, height } = findImageFile(image)?.asset ?? {}
  return width === undefined || height === undefined ? undefined : { width, height }
}
