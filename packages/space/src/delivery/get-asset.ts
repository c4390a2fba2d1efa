import { notFound } from '../answer.js'
import type { Answer } from '../answer.js'
import { assetDetails } from '../assets/asset-details.js'
import { signAssetPath } from '../assets/signature.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/assets/me`: an asset with a URL that opens it for a while. Only an asset token gets here. */
export function getAsset({ store, url, query, now }: DeliveryRequest): Answer {
  const filename = query.get('filename') ?? ''
  const asset = URL.canParse(filename) ? store.assets.find(new URL(filename).pathname) : undefined
  if (!asset) throw notFound()
  const { s3_filename: _, deleted_at: __, ...details } = assetDetails(asset)
  const { query: signature, expiresAt } = signAssetPath(asset.path, store.space.secret, now)
  return {
    status: 200,
    body: {
      asset: {
        ...details,
        filename,
        asset_folder_id: asset.data['asset_folder_id'] ?? null,
        expire_at: expiresAt,
        signed_url: `${url.origin}${asset.path}?${signature}`,
      },
    },
    headers: { 'Cache-Control': 'no-store' },
  }
}
