import { unauthorized, unprocessable } from '../answer.js'
import type { SpaceContext } from '../context.js'
import { hmac, isEqual } from './signature.js'
import { contentTypeOf } from './content-type.js'

/** How long a signed upload is taken, in seconds. */
const lifetime = 600

/** The largest file, in bytes. */
export const largestUpload = 100_000_000

/** Where uploads are posted. */
export const uploadPath = '/upload'

interface Upload {
  id: number
  /** The path of the asset's URL. */
  path: string
  origin: string
  secret: string
  /** Milliseconds since 1970. */
  now: number
}

/** Signs where to post an asset's file, in the form of an S3 upload: an address, and the fields to post before it. */
export function signUpload({ id, path, origin, secret, now }: Upload): Record<string, unknown> {
  const key = path.slice(1)
  const policy = Buffer.from(JSON.stringify({ id, key, expires: now + lifetime * 1000 })).toString('base64')
  const signature = hmac(policy, secret)
  return {
    id,
    pretty_url: `//a.storyblok.com${path}`,
    public_url: `https://a.storyblok.com${path}`,
    post_url: `${origin}${uploadPath}?${new URLSearchParams({ policy, signature })}`,
    locked: false,
    meta_data: {},
    fields: {
      key,
      acl: 'public-read',
      Expires: new Date(now + lifetime * 1000).toUTCString(),
      'Cache-Control': 'public; max-age=31536000',
      'Content-Type': contentTypeOf(path),
      policy,
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-signature': signature,
    },
  }
}

/** What an upload is signed for. */
interface Policy {
  id: number
  key: string
  /** Milliseconds since 1970. */
  expires: number
}

/**
 * Reads what an address was signed for, before anything of the body is read.
 *
 * @throws {WireError} With status 401 when it was not signed, or long ago.
 */
export function readPolicy({ store, clock }: SpaceContext, url: string): Policy {
  const query = new URL(url).searchParams
  const policy = query.get('policy') ?? ''
  if (!isEqual(query.get('signature') ?? '', hmac(policy, store.space.secret))) throw unauthorized()
  const signed = JSON.parse(Buffer.from(policy, 'base64').toString()) as Policy
  if (clock.now() > signed.expires) throw unauthorized()
  return signed
}

/**
 * Takes a file that is posted with the fields of a signed upload.
 *
 * @throws {WireError} With status 401 when the address or the fields are not signed or too old, 422 when there is no file.
 */
export async function takeUpload(context: SpaceContext, request: Request): Promise<void> {
  const { store } = context
  const { id, key } = readPolicy(context, request.url)
  const form = await request.formData().catch(() => undefined)
  const policy = String(form?.get('policy') ?? '')
  const signature = String(form?.get('x-amz-signature') ?? '')
  if (!isEqual(signature, hmac(policy, store.space.secret))) throw unauthorized()
  const asset = store.assets.get(id)
  if (asset?.path !== `/${key}` || form?.get('key') !== key) throw unauthorized()
  const file = form.get('file')
  if (!(file instanceof Blob)) throw unprocessable('param is missing or the value is empty: file')
  const body = new Uint8Array(await file.arrayBuffer())
  store.transaction(() => {
    const data = { ...asset.data, content_type: contentTypeOf(asset.path), content_length: file.size }
    store.assets.update({ ...asset, data })
    store.assets.writeBody(id, body)
  })
}
