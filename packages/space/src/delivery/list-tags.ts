import type { Answer } from '../answer.js'
import { allOf } from '../store/condition.js'
import { storyCondition } from './conditions.js'
import type { View } from '../store/stories.js'
import type { DeliveryRequest } from './request.js'

/**
 * Answers `GET /v2/cdn/tags`: the tags of the stories that `starts_with` and `filter_query` leave; with `all_tags`,
 * those of unpublished stories too.
 */
export function listTags(request: DeliveryRequest): Answer {
  const { store, view, scope, language, query } = request
  const filters = [...query].filter(([name]) => name === 'starts_with' || name.startsWith('filter_query'))
  const condition = allOf([storyCondition(new URLSearchParams(filters), language), scope])
  const asksForAll = ['1', 'true'].includes(query.get('all_tags') ?? '')
  // A filter tells of what it looks at, so it looks at nothing that the token may not read.
  const isFiltered = filters.some(([name]) => name !== 'starts_with')
  const counted: View = asksForAll && !isFiltered ? ['draft'] : view
  return { status: 200, body: { tags: store.stories.countTags(counted, condition) } }
}
