import type { Asset } from '../stories/fields.js'
import { isLoopbackHost } from '../tokens/loopback-host.js'
import { assetHosts } from './asset-hosts.js'
import { parseAssetPath } from './asset-path.js'
import type { AssetPath } from './asset-path.js'

/** An asset, as a field holds it, or the URL of one. */
export type ImageSource =
  | (Pick<Asset, 'filename'> & Partial<Pick<Asset, 'id' | 'alt' | 'focus' | 'is_private' | 'is_external_url'>>)
  | string
  | null
  | undefined

/** The file of an asset. */
export interface ImageFile {
  url: string
  /** What its path tells, where it lies in an asset library of Storyblok. */
  asset: AssetPath | undefined
  /** Whether the image service makes other pictures of it. */
  isTransformable: boolean
  isPrivate: boolean
  /** The part to keep when it is cropped. */
  focus: string | undefined
  alt: string
}

/** Drawings have no pixels, and of an animation the image service may keep one picture only. */
const transformable = /\.(avif|jpe?g|png|webp)$/i

/** Finds the file of an asset; `undefined` where none is chosen, or where its address is none of the web. */
export function findImageFile(source: ImageSource): ImageFile | undefined {
  const asset = typeof source === 'string' ? { filename: source } : source
  if (!asset?.filename) return undefined
  const url = parseUrl(asset.filename)
  if (!url) return undefined

  const path = isInLibrary(url, asset) ? parseAssetPath(url.pathname) : undefined
  const isPrivate = asset.is_private === true
  return {
    url: path ? `${originOf(url)}${path.path}` : asset.filename,
    asset: path,
    isTransformable: path !== undefined && !isPrivate && transformable.test(path.name),
    isPrivate,
    focus: parseFocus(asset.focus, path),
    alt: asset.alt ?? '',
  }
}

/** Tells whether a URL is that of a file in an asset library of Storyblok. */
export function isAssetUrl(url: string): boolean {
  return findImageFile(url)?.asset !== undefined
}

/** Tells whether a URL is one of the web, or a path of a site, as files have. */
export function isFileUrl(text: string): boolean {
  return parseUrl(text) !== undefined
}

function parseUrl(text: string): URL | undefined {
  // Content of earlier years names files without a protocol, and a site may name its own by their path.
  const base = 'https://site.invalid'
  if (!URL.canParse(text, base)) return undefined
  const url = new URL(text, base)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
}

/** A file of the library that has a domain of its own is told by the asset's id. */
function isInLibrary({ host, hostname }: URL, asset: Exclude<ImageSource, string | null | undefined>): boolean {
  if (asset.is_external_url === true) return false
  return assetHosts.includes(host) || isLoopbackHost(hostname) || typeof asset.id === 'number'
}

function originOf({ host, origin }: URL): string {
  return assetHosts.includes(host) ? `https://${host}` : origin
}

/** Reads `left x top : right x bottom`; a part that is not of the picture is none. */
export function parseFocus(
  text: string | null | undefined,
  size: { width?: number; height?: number } = {},
): string | undefined {
  const match = /^(\d{1,6})x(\d{1,6}):(\d{1,6})x(\d{1,6})$/.exec(text ?? '')
  if (!match) return undefined
  const [left, top, right, bottom] = match.slice(1).map(Number) as [number, number, number, number]
  const isInside = right <= (size.width ?? right) && bottom <= (size.height ?? bottom)
  return left < right && top < bottom && isInside ? match[0] : undefined
}
