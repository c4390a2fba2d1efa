import type { Answer } from '../answer.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/spaces/me`. */
export function getSpace({ store, cv }: DeliveryRequest): Answer {
  const { name, domain, languages } = store.space
  return {
    status: 200,
    body: {
      space: { id: store.spaceId, name, domain, version: cv, language_codes: languages.map(({ code }) => code) },
    },
    headers: { 'Cache-Control': 'public, s-maxage=2, max-age=0' },
  }
}
