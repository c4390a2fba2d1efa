import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Environment } from '../routes.js'
import type { SpaceContext } from '../context.js'
import { BoundedCache } from '../bounded-cache.js'
import type { Asset } from '../store/assets.js'
import { contentTypeOf } from './content-type.js'
import { parseImageRequest } from './image-request.js'
import type { ImageFormat } from './image-request.js'
import { verifyAssetSignature } from './signature.js'
import { transformImage } from './transform-image.js'
import type { TransformedImage } from './transform-image.js'
import { largestUpload, readPolicy, takeUpload, uploadPath } from './upload.js'

/** Bytes of transformed pictures to keep. */
const imageLimit = 32_000_000

/** Serves the asset library, transforms pictures behind `/m/`, and takes uploads. */
export function addAssetRoutes(app: Hono<Environment>, space: SpaceContext): void {
  const images = new BoundedCache<TransformedImage>(imageLimit, ({ body }) => body.length)
  const running = new Map<string, ReturnType<typeof transformImage>>()
  const { store, clock } = space

  app.get('/f/*', async (context) => {
    const url = new URL(context.req.url)
    const [path = '', request] = splitImagePath(url.pathname)
    const asset = store.assets.find(decode(path))
    if (!asset) return context.body('Not found', 404)
    if (asset.isPrivate && !verifyAssetSignature(asset.path, url.searchParams, store.space.secret, clock.now())) {
      return denied(context)
    }
    const body = store.assets.readBody(asset.id)
    if (!body) return context.body('Not found', 404)
    if (request === undefined || !isTransformable(asset))
      return serve(context, asset, { body, contentType: typeOf(asset) })
    return serveImage(context, { asset, body, request, images, running, revision: store.revision })
  })

  // The address is looked at before anything of the body is read.
  app.use(uploadPath, async (context, next) => {
    readPolicy(space, context.req.url)
    await next()
  })
  app.post(uploadPath, bodyLimit({ maxSize: largestUpload }), async (context) => {
    await takeUpload(space, context.req.raw)
    return context.body(null, 204, { 'Access-Control-Allow-Origin': '*' })
  })
}

/** Parts an image service address into the file's path and what stands behind `/m`. */
function splitImagePath(path: string): [file: string, request: string | undefined] {
  const match = /^(.*?)\/m(\/.*)?$/.exec(path)
  return match ? [match[1] ?? '', match[2] ?? ''] : [path, undefined]
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Drawings and films are served as they are. */
function isTransformable(asset: Asset): boolean {
  return /^image\/(jpeg|png|webp|avif|gif)$/.test(typeOf(asset))
}

function typeOf({ path, data }: Asset): string {
  return typeof data['content_type'] === 'string' ? data['content_type'] : contentTypeOf(path)
}

interface ImageToServe {
  asset: Asset
  body: Uint8Array
  request: string
  images: BoundedCache<TransformedImage>
  /** What is being transformed, so that a page that shows a picture twice has it made once. */
  running: Map<string, ReturnType<typeof transformImage>>
  revision: string
}

async function serveImage(
  context: Context,
  { asset, body, request, images, running, revision }: ImageToServe,
): Promise<Response> {
  const parsed = parseImageRequest(request)
  if (!parsed) return context.body('Bad request', 400)
  const format = parsed.format ?? negotiateFormat(context.req.header('Accept') ?? '')
  const key = `${asset.id} ${request} ${format}`
  const known = images.get(key, revision)
  if (known) return serve(context, asset, known)
  const id = `${revision} ${key}`
  const work = running.get(id) ?? transformImage(body, parsed, format).finally(() => running.delete(id))
  running.set(id, work)
  const image = await work
  if (image === 'busy') return context.body('Busy', 503, { 'Retry-After': '1' })
  if (image === 'invalid') return context.body('The picture cannot be transformed', 422)
  if (image === 'unavailable') return serve(context, asset, { body, contentType: typeOf(asset) })
  images.set(key, image, revision)
  return serve(context, asset, image)
}

/** Picks what the browser takes; the rest keep the format of the original. */
function negotiateFormat(accept: string): ImageFormat | undefined {
  return accept.includes('image/webp') ? 'webp' : undefined
}

function serve(context: Context, { isPrivate }: Asset, { body, contentType }: TransformedImage): Response {
  return context.body(new Uint8Array(body), 200, {
    'Content-Type': contentType,
    'Cache-Control': isPrivate ? 'private, no-store' : 'public, max-age=31536000',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
    // A drawing may hold a script, which must not run with this server’s origin.
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    Vary: 'Accept',
  })
}

function denied(context: Context): Response {
  return context.body('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 403, {
    'Content-Type': 'application/xml',
    'Cache-Control': 'no-store',
  })
}
