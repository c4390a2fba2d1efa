import type { Answer } from './answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import { storyCondition, storyOrder } from './conditions.js'
import { assertParameters, pageParameters, storiesParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'
import { sideload } from './sideload.js'
import { deliverStory } from './story.js'

/** Answers `GET /v2/cdn/stories`. */
export function listStories(request: DeliveryRequest): Answer {
  const { store, version, language, query } = request
  assertParameters(query, storiesParameters)
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const condition = storyCondition(query, language)
  const { page, perPage } = pageParameters(query, 25, 100)
  const { cv } = store.space
  const stories = store
    .findStories(version, condition, storyOrder(query), { limit: perPage, offset: (page - 1) * perPage })
    .map((row) => deliverStory(row, request))
  return {
    status: 200,
    body: { stories, cv, ...sideload(request, stories) },
    headers: { Total: String(store.countStories(version, condition)), 'Per-Page': String(perPage) },
  }
}
