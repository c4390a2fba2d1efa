import { KeyblokError } from '../errors.js'
import type { Site } from '../site.js'
import type { Storyblok } from '../stories/reader.js'
import type { Space } from '../stories/space.js'
import { isLoopbackHost } from '../tokens/loopback-host.js'
import { regionOrigins } from '../tokens/region.js'
import { assetHosts, assetOriginOf } from './asset-hosts.js'
import { parseAssetPath } from './asset-path.js'
import type { AssetPath } from './asset-path.js'
import { contentTypeOf } from './content-type.js'

/** What the address of a private asset tells before Storyblok is asked. Whether there is such a file is not known yet. */
export interface RequestedAsset {
  /** The asset's URL, as fields hold it. */
  filename: string
  /** The file's name, such as `price-list.pdf`. */
  name: string
  /** The media type by the name's ending, where that is a common one. */
  contentType: string | undefined
  /** The size of a picture, in pixels. */
  width: number | undefined
  height: number | undefined
}

export interface PrivateAssetOptions {
  space: Space
  /** What the framework says of the path below the endpoint, such as `f/100001/x/7841d61923/price-list.pdf`. */
  file: string | undefined
  /** Decides whether the visitor may have the asset; anything but `true` is a no. */
  authorize: (asset: RequestedAsset) => boolean | Promise<boolean>
}

/**
 * Answers a request for a private asset by sending the browser to the URL that Storyblok signs for a while. Nothing is
 * proxied, and no cache may keep the answer.
 *
 * The visitor is asked for first and Storyblok last: who is not allowed gets 403 for files that exist and files that do
 * not, and uses nothing of the API.
 *
 * @returns 302 to the signed URL; 403 when the visitor may not have it, 404 when the space has no such file, 405 for other
 * methods than GET and HEAD, 503 when Storyblok cannot be asked now.
 * @throws {KeyblokError} `KB_TOKEN_MISSING` or `KB_TOKEN_REFUSED` for the asset token, `KB_CONFIGURATION_INVALID`.
 *
 * @example
 * ```ts
 * import { defineSpace } from '@keyblok/core'
 * import { answerPrivateAsset } from '@keyblok/core/assets'
 * import { Site } from '@keyblok/core/server'
 *
 * const site = new Site({ env: (name) => process.env[name], dev: false })
 *
 * export function GET(request: Request): Promise<Response> {
 *   return answerPrivateAsset(site, site.visit({ local: false }), request, {
 *     space: defineSpace(),
 *     file: decodeURIComponent(new URL(request.url).pathname.slice('/assets/'.length)),
 *     authorize: () => request.headers.has('cookie'),
 *   })
 * }
 * ```
 */
export async function answerPrivateAsset(
  site: Site,
  storyblok: Storyblok,
  request: Request,
  { space, file, authorize }: PrivateAssetOptions,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, { Allow: 'GET, HEAD' })
  const asset = findAsset(request, file ?? '')
  const { apiOrigin, spaceId } = site.connect(space.envPrefix).settings
  if (!asset || (spaceId !== null && asset.spaceId !== String(spaceId))) return answer(404)
  const filename = `${assetOriginOf(apiOrigin, Number(asset.spaceId))}${asset.path}`

  try {
    if ((await authorize(describe(asset, filename))) !== true) return answer(403)
    if (spaceId === null && asset.spaceId !== (await ownSpaceId(site, storyblok, space))) return answer(404)
    const signedUrl = await sign(storyblok, space, filename, apiOrigin)
    return signedUrl === null ? answer(404) : answer(302, { Location: signedUrl })
  } catch (error) {
    if (!(error instanceof KeyblokError) || !error.unavailable) throw error
    console.error(error.report)
    return answer(503, { 'Retry-After': '5' })
  }
}

/** Finds the asset that a request names, in its path as it was sent: once decoded, a slash of a name looks like any other. */
function findAsset(request: Request, file: string): AssetPath | undefined {
  const segments = withoutSlash(new URL(request.url).pathname).split('/')
  const path = `/${segments.slice(-withoutSlash(file).split('/').length).join('/')}`
  const asset = parseAssetPath(path)
  return asset?.path === path && isName(asset.name) ? asset : undefined
}

/** Sites may end every path with a slash. */
function withoutSlash(path: string): string {
  return path.replace(/\/$/, '')
}

/** Whether a name is one when it is decoded, too: no other path, and without control characters. */
function isName(name: string): boolean {
  const text = decode(name)
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return text !== undefined && text !== '.' && text !== '..' && !/[/\\\u0000-\u001f\u007f]/.test(text)
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function describe({ name, width, height }: AssetPath, filename: string): RequestedAsset {
  const decoded = decode(name) ?? name
  return { filename, name: decoded, contentType: contentTypeOf(decoded), width, height }
}

/** What spaces said of themselves; an id never changes. */
const spaceIds = new WeakMap<object, string>()

async function ownSpaceId(site: Site, storyblok: Storyblok, space: Space): Promise<string> {
  const connection = site.connect(space.envPrefix)
  const known = spaceIds.get(connection)
  if (known !== undefined) return known
  const id = String((await storyblok.space(space)).id)
  spaceIds.set(connection, id)
  return id
}

async function sign(storyblok: Storyblok, space: Space, filename: string, apiOrigin: string): Promise<string | null> {
  const asset = await readAsset(storyblok, space, filename)
  if (!asset) return null
  const url = URL.canParse(asset.signed_url) ? new URL(asset.signed_url) : undefined
  if (url && isAssetServer(url, new URL(apiOrigin))) return url.href
  throw new KeyblokError('KB_UPSTREAM_INVALID', 'A private asset was to be opened at a server that is not Storyblok’s.')
}

/** The name is the only parameter, and a visitor’s: one that Storyblok cannot read is no file. */
async function readAsset(storyblok: Storyblok, space: Space, filename: string): ReturnType<Storyblok['asset']> {
  try {
    return await storyblok.asset(space, filename)
  } catch (error) {
    if (error instanceof KeyblokError && error.code === 'KB_PARAMETER_INVALID') return null
    throw error
  }
}

/** Whether a URL is at an asset host of Storyblok, at the bucket behind one, or at the local space that is configured. */
function isAssetServer(url: URL, api: URL): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (isLoopbackHost(api.hostname) && isLoopbackHost(url.hostname)) return true
  if (url.origin === api.origin) return !Object.values<string>(regionOrigins).includes(api.origin)
  return url.protocol === 'https:' && assetHosts.includes(bucketOf(url) ?? url.host)
}

/** The name of an S3 bucket, which a signed URL has in its host or as the first part of its path. */
function bucketOf({ host, pathname }: URL): string | undefined {
  const match = /^(?:(.+)\.)?s3(?:[.-][a-z\d-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(host)
  return match ? (match[1] ?? pathname.split('/')[1]) : undefined
}

const texts: Readonly<Record<number, string>> = {
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  503: 'Not available right now',
}

function answer(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(texts[status], {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'CDN-Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
      ...headers,
    },
  })
}
