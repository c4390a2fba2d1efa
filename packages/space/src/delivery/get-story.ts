import { notFound, unauthorized } from '../answer.js'
import type { Answer } from '../answer.js'
import { allOf } from '../store/condition.js'
import type { Condition } from '../store/condition.js'
import { bytes } from './json.js'
import type { DeliveryRequest } from './request.js'
import { sideload } from './sideload.js'

/**
 * Answers `GET /v2/cdn/stories/{identifier}`: a full slug, a numeric id, or a UUID with `find_by=uuid`.
 *
 * @param identifier - The rest of the path, decoded.
 */
export function getStory(request: DeliveryRequest, identifier: string): Answer {
  const { store, view, scope, language, isDraft, query, cv, renderer } = request
  const conditions = [
    identify(identifier, query.get('find_by')),
    identifyTranslated(identifier, language.code, isDraft),
  ]
  const [row] = conditions.flatMap((condition) => store.stories.find(view, allOf([condition, scope])) ?? [])
  if (row === undefined) throw missing(request, conditions)
  const story = renderer.render(request, row)
  const contentType = query.get('content_type')
  if (contentType !== null && contentType !== story.component) throw notFound()
  const body = [
    ...bytes('{"story":'),
    story.json,
    ...bytes(`,"cv":${cv}`),
    ...sideload(request, [story]),
    ...bytes('}'),
  ]
  return { status: 200, body }
}

/** A story that the token is not narrowed to need not look like none. */
function missing({ store, view, behaviour }: DeliveryRequest, conditions: readonly Condition[]): Error {
  const isElsewhere =
    behaviour.storyOutsideScope === 'unauthorized' &&
    conditions.some((condition) => store.stories.find(view, condition) !== undefined)
  return isElsewhere ? unauthorized() : notFound()
}

function identify(identifier: string, findBy: string | null): Condition {
  if (findBy === 'uuid') return { sql: 's.uuid = ?', values: [identifier] }
  if (/^\d{1,15}$/.test(identifier)) return { sql: 's.id = ?', values: [Number(identifier)] }
  // A start page's full slug ends with a slash, and is found without it too.
  const slug = identifier.replace(/\/$/, '')
  return { sql: 's.full_slug IN (?, ?)', values: [slug, `${slug}/`] }
}

function identifyTranslated(identifier: string, lang: string, isDraft: boolean): Condition {
  if (lang === 'default') return { sql: 'FALSE', values: [] }
  return {
    sql: `EXISTS (SELECT 1 FROM json_each(s.translated_slugs)
      WHERE value ->> 'lang' = ? AND value ->> 'path' = ? AND (value ->> 'published' = 1 OR ?))`,
    values: [lang, identifier.replace(/\/$/, ''), Number(isDraft)],
  }
}
