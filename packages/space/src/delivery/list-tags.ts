import type { Answer } from '../answer.js'
import { allOf } from '../store/condition.js'
import { storyCondition } from './conditions.js'
import type { DeliveryRequest } from './request.js'

/**
 * Answers `GET /v2/cdn/tags`: the tags of the stories that `starts_with` and `filter_query` leave; with `all_tags`,
 * those of unpublished stories too.
 */
export function listTags(request: DeliveryRequest): Answer {
  const { store, view, scope, language, query } = request
  const filters = [...query].filter(([name]) => name === 'starts_with' || name.startsWith('filter_query'))
  const condition = allOf([storyCondition(new URLSearchParams(filters), language), scope])
  const all = ['1', 'true'].includes(query.get('all_tags') ?? '')
  return { status: 200, body: { tags: store.stories.countTags(all ? ['draft'] : view, condition) } }
}
