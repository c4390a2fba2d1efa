import type { AnyQuery } from '../delivery/query.js'
import type { ReadStories } from '../stories/with-unsaved.js'
import { perPageByDefault, readRaw } from './call.js'
import type { Answer, Call } from './call.js'
import { inlineReferences } from './inline-references.js'
import { noteList, noteStory } from './note-stories.js'

/** Reads one story, by its slug, id or UUID. */
export async function readStory(call: Call): Promise<Answer | null> {
  const { rest, query, findBy } = call
  const identifier = findBy === 'uuid' ? { uuid: rest } : /^\d+$/.test(rest) ? { id: Number(rest) } : { slug: rest }
  const read = await readRaw(call, ['story', identifier, query], async ({ delivery, access, context, gather }) => {
    const answer = await delivery.story(access, identifier, query, context)
    if (!answer) return null
    const { story, ...beside } = answer
    return { ...(await gather({ ...beside, stories: [story] }, query)), cv: context.cv ?? answer.cv }
  })
  noteStory(call, read)
  if (!read) return null
  const { stories, ...beside } = deliver(read, query)
  return { data: { story: stories[0], ...beside } }
}

/** Reads one page of stories. */
export async function readStories(call: Call): Promise<Answer> {
  const { query } = call
  const read = await readRaw(call, ['stories', query], async ({ delivery, access, context, gather }) => {
    const { total, ...answer } = await delivery.stories(access, query, context)
    return { ...(await gather(answer, query)), total, cv: context.cv ?? answer.cv }
  })
  noteList(call, read)
  const { total, ...data } = deliver(read, query)
  return { data, total, perPage: query.perPage ?? perPageByDefault }
}

/** What is kept is everybody's; what a page gets is its own. */
function deliver<Read extends ReadStories>(read: Read, { resolveRelations = [], resolveLevel = 2 }: AnyQuery): Read {
  const own = structuredClone(read)
  inlineReferences(own, resolveRelations, resolveLevel)
  return own
}
