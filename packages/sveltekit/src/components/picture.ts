import { warnOfPrivateAsset } from '@keyblok/core'
import type { ImageAttributes, ImageOptions, ImageSource } from '@keyblok/core'
import type { HTMLImgAttributes } from 'svelte/elements'
import { privateAssets } from 'virtual:keyblok/options'

/** What an `<img>` may have besides what the asset says; for anything else there is `imageAttributes`. */
type OwnAttributes = Pick<HTMLImgAttributes, 'style' | 'id' | 'title'> & { class?: string | null | undefined }

/** The picture of an asset, and how it is shown. */
export interface StoryblokImageProps extends Omit<ImageOptions, 'privateAssets'>, OwnAttributes {
  /** The asset, as its field holds it. Where no file is chosen nothing is shown. */
  asset: ImageSource
}

/** Makes the attributes of an `<img>`. */
export type MakeAttributes = (image: ImageSource, options: ImageOptions) => ImageAttributes | undefined

/** Tells whether there is anything to show. What a load sends has no file that could not be, so no one looks closer. */
export function isShown(asset: ImageSource): boolean {
  if (!asset || typeof asset === 'string') return !!asset
  const isOpen = asset.is_private !== true || privateAssets !== undefined
  if (import.meta.env.DEV && asset.filename && !isOpen) warnOfPrivateAsset(asset.filename, false)
  return !!asset.filename && isOpen
}

const ownNames = ['class', 'style', 'id', 'title'] as const

/** Parts what is the element's own from what the picture is made by. */
export function ownAttributes(props: StoryblokImageProps): Readonly<Record<string, unknown>> {
  return Object.fromEntries(ownNames.map((name) => [name, props[name]]))
}
