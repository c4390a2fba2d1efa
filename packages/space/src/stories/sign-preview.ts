import { createHash } from 'node:crypto'
import type { SpaceContext } from '../context.js'

/** What proves to a site that the Visual Editor asks for a preview. */
export interface PreviewSignature {
  /** SHA-1 of the space's id, the preview token and the timestamp, with colons between, in hexadecimal. */
  token: string
  /** Seconds since 1970. */
  timestamp: string
}

/** Signs a preview with the space's first preview token, as the Visual Editor does; `null` when there is none. */
export function signPreview({ store, clock }: Pick<SpaceContext, 'store' | 'clock'>): PreviewSignature | null {
  const key = store.apiKeys.first('private')
  if (!key) return null
  const timestamp = String(Math.floor(clock.now() / 1000))
  const token = createHash('sha1').update(`${store.spaceId}:${key.token}:${timestamp}`).digest('hex')
  return { token, timestamp }
}
