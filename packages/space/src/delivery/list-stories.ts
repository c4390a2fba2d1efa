import type { Answer } from '../answer.js'
import { allOf } from '../store/condition.js'
import { storyCondition, storyOrder } from './conditions.js'
import { bytes, joinBytes } from './json.js'
import { pageParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'
import { sideload } from './sideload.js'

/** Answers `GET /v2/cdn/stories`. */
export function listStories(request: DeliveryRequest): Answer {
  const { view, scope, language, query, cv, renderer, behaviour } = request
  const { page, perPage } = pageParameters(query, { most: 100, excessive: behaviour.excessivePerPage })
  const ids = renderer.findIds(view, allOf([storyCondition(query, language), scope]), storyOrder(query))
  const stories = ids.slice((page - 1) * perPage, page * perPage).flatMap((id) => renderer.renderId(request, id) ?? [])
  return {
    status: 200,
    body: [
      ...bytes('{"stories":['),
      ...joinBytes(stories.map(({ json }) => json)),
      ...bytes(`],"cv":${cv}`),
      ...sideload(request, stories),
      ...bytes('}'),
    ],
    headers: { Total: String(ids.length), 'Per-Page': String(perPage) },
  }
}
