import { notSupported } from './answer.js'
import type { Answer } from './answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import { storyCondition } from './conditions.js'
import type { DeliveryRequest } from './request.js'

/** Answers `GET /v2/cdn/tags`: the tags of the stories that `starts_with` and `filter_query` leave. */
export function listTags(request: DeliveryRequest): Answer {
  const { store, version, language, query } = request
  if (query.has('all_tags')) throw notSupported(['all_tags'])
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const filters = [...query].filter(([name]) => name === 'starts_with' || name.startsWith('filter_query'))
  const tags = store.countTags(version, storyCondition(new URLSearchParams(filters), language))
  return { status: 200, body: { tags } }
}
