import { randomBytes } from 'node:crypto'
import { notFound } from './answer.js'
import type { Answer } from './answer.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/assets/me`: an asset with a URL that opens it for a while. Only an asset token gets here. */
export function getAsset({ store, url, query }: DeliveryRequest): Answer {
  const filename = query.get('filename') ?? ''
  const path = URL.canParse(filename) ? new URL(filename).pathname : ''
  if (store.assetFile(path) === undefined) throw notFound()
  const signature = `X-Amz-Expires=3600&X-Amz-Signature=${randomBytes(32).toString('hex')}`
  return {
    status: 200,
    body: { asset: { filename, is_private: true, signed_url: `${url.origin}${path}?${signature}` } },
    headers: { 'Cache-Control': 'no-store' },
  }
}
