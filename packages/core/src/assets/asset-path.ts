/** What the path of an asset's URL tells. */
export interface AssetPath {
  /** The path of the file itself, without what asks the image service for something. */
  path: string
  spaceId: string
  /** In pixels; not known of files that are no picture, and of old ones. */
  width?: number
  height?: number
  /** The file's name, as it stands in the path. */
  name: string
}

const pattern =
  /^(\/f\/([1-9]\d{0,15})\/(?:(?:(\d{1,6})x(\d{1,6})|x)\/)?(?!\d*x\d*\/)[\w-]+\/([^/]+))(?:\/m(?:\/.*)?)?$/

/**
 * Parses the path of an asset's URL, `/f/<space>/<width>x<height>/<hash>/<name>`, with or without a request to the image
 * service behind it. The size is `x` where it is not known, and missing from the oldest files.
 *
 * @param pathname - The path, as the URL parser gives it.
 */
export function parseAssetPath(pathname: string): AssetPath | undefined {
  const [, path, spaceId, width, height, name] = pattern.exec(pathname) ?? []
  if (path === undefined || spaceId === undefined || name === undefined) return undefined
  const known = Number(width) > 0 && Number(height) > 0
  return { path, spaceId, name, ...(known && { width: Number(width), height: Number(height) }) }
}
