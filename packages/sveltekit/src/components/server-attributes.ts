import { imageAttributes } from '@keyblok/core'
import type { ImageAttributes } from '@keyblok/core'
import { privateAssets } from 'virtual:keyblok/options'
import type { StoryblokImageProps } from './picture.js'

/** The attributes of each asset's pictures, by how they are shown. What a load sends of a story is the same for all visitors. */
const made = new WeakMap<object, Map<string, ImageAttributes | undefined>>()

/** Makes the attributes of a picture on the server, once for each way in which an asset is shown. */
export function serverAttributes({ asset, ...look }: StoryblokImageProps): ImageAttributes | undefined {
  const make = (): ImageAttributes | undefined => imageAttributes(asset, { ...look, privateAssets })
  if (typeof asset !== 'object' || asset === null) return make()
  const pictures = made.get(asset) ?? new Map<string, ImageAttributes | undefined>()
  made.set(asset, pictures)
  const key = JSON.stringify(look)
  if (!pictures.has(key)) pictures.set(key, make())
  return pictures.get(key)
}
