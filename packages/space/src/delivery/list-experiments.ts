import type { Answer } from '../answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/experiments`: a local space runs none. */
export function listExperiments(request: DeliveryRequest): Answer {
  return redirectToCacheVersion(request) ?? { status: 200, body: { experiments: [] } }
}
