import type { Answer } from './answer.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/spaces/me`. */
export function getSpace({ store }: DeliveryRequest): Answer {
  const { id, name, domain, cv } = store.space
  return {
    status: 200,
    body: { space: { id, name, domain, version: cv, language_codes: store.languages } },
    headers: { 'Cache-Control': 'public, s-maxage=2, max-age=0' },
  }
}
