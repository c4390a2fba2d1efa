import type { Condition, StoryRow } from '../store/store.js'
import { notFound } from './answer.js'
import type { Answer } from './answer.js'
import { redirectToCacheVersion } from './cache-version.js'
import { assertParameters, storyParameters } from './parameters.js'
import type { DeliveryRequest } from './request.js'
import { sideload } from './sideload.js'
import { deliverStory } from './story.js'

/**
 * Answers `GET /v2/cdn/stories/{identifier}`: a full slug, a numeric id, or a UUID with `find_by=uuid`.
 *
 * @param identifier - The rest of the path, decoded.
 */
export function getStory(request: DeliveryRequest, identifier: string): Answer {
  const { store, version, language, query } = request
  assertParameters(query, storyParameters)
  const redirect = redirectToCacheVersion(request)
  if (redirect) return redirect

  const row =
    store.findStory(version, identify(identifier, query.get('find_by'))) ??
    findReleased(request, identify(identifier, query.get('find_by'))) ??
    (language.code === 'default' ? undefined : store.findStory(version, identifyTranslated(identifier, language.code)))
  if (row === undefined) throw notFound()
  const { cv } = store.space
  const story = deliverStory(row, request)
  const contentType = query.get('content_type')
  if (contentType !== null && contentType !== story.content.component) throw notFound()
  return { status: 200, body: { story, cv, ...sideload(request, [story]) } }
}

/** A story that was never published is there in the release that will. */
function findReleased({ store, release }: DeliveryRequest, condition: Condition): StoryRow | undefined {
  if (release === null) return undefined
  const row = store.findStory('draft', condition)
  return row && store.releaseContent(release, row.id) !== undefined ? row : undefined
}

function identify(identifier: string, findBy: string | null): Condition {
  if (findBy === 'uuid') return { sql: 's.uuid = ?', values: [identifier] }
  if (/^\d{1,15}$/.test(identifier)) return { sql: 's.id = ?', values: [Number(identifier)] }
  // A start page's full slug ends with a slash, and is found without it too.
  const slug = identifier.replace(/\/$/, '')
  return { sql: 's.full_slug IN (?, ?)', values: [slug, `${slug}/`] }
}

function identifyTranslated(identifier: string, lang: string): Condition {
  return {
    sql: "EXISTS (SELECT 1 FROM json_each(s.translated_slugs) WHERE value ->> 'lang' = ? AND value ->> 'path' = ?)",
    values: [lang, identifier.replace(/\/$/, '')],
  }
}
