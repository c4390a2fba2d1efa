import { isDeepStrictEqual } from 'node:util'
import { KeyblokError } from '@keyblok/core'
import type { Json } from '@keyblok/core/management'
import type { ListedStory } from './list-stories.js'
import type { PullContext } from './pull-context.js'
import { readTranslated } from './read-translated.js'
import { hasChanges, storyFile } from './story-file.js'

/** The files of a story by where they lie: itself, and in `published/` what is published where that differs. */
export type StoryFiles = Record<string, Json> | null | 'left out'

/**
 * Fetches a story and makes its files.
 *
 * @returns The files; `null` when there is nothing to pull any more; `'left out'` when what is published cannot be read.
 */
export function makeStoryFiles(context: PullContext, story: ListedStory): Promise<StoryFiles> {
  if (context.options.drafts) return makeDraftFiles(context, story)
  // What has changes is not asked of the Management API, which answers them.
  return story.hasChanges && !story.isFolder ? makePublishedFile(context, story) : makeUnchangedFile(context, story)
}

async function makeUnchangedFile(context: PullContext, listed: ListedStory): Promise<StoryFiles> {
  const story = await fetchStory(context, listed)
  if (listed.isFolder) return { '': storyFile(story, {}, false) }
  // It may have been changed, or unpublished, since it was listed.
  if (story['published'] !== true) return null
  return hasChanges(story) ? makePublishedFile(context, listed) : { '': storyFile(story, story['content'], false) }
}

async function makePublishedFile(context: PullContext, listed: ListedStory): Promise<StoryFiles> {
  const story = await readPublished(context, listed)
  if (story === null || story === 'left out') return story
  return { '': storyFile({ ...story, published: true, is_folder: false }, story['content'], false) }
}

async function makeDraftFiles(context: PullContext, listed: ListedStory): Promise<StoryFiles> {
  const story = await fetchStory(context, listed)
  const draft = story['content']
  if (story['published'] !== true || listed.isFolder || !hasChanges(story))
    return { '': storyFile(story, draft, false) }
  const published = await readPublished(context, listed)
  if (published === 'left out') return published
  // Unpublished since.
  if (published === null) return { '': storyFile({ ...story, published: false }, draft, false) }
  const isSame = isDeepStrictEqual(published['content'], draft)
  return {
    '': storyFile(story, draft, !isSame),
    ...(!isSame && { 'published/': storyFile(story, published['content'], false) }),
  }
}

/** What is published of a story with changes is known to the delivery API alone, which a public token opens. */
async function readPublished(context: PullContext, { id, fullSlug }: ListedStory): Promise<Json | null | 'left out'> {
  const token = context.tokens.public
  if (token) return readTranslated(context, { version: 'published', token, reason: 'Published: it is pulled.' }, id)
  context.report.leaveOut('stories', fullSlug, 'It has changes, and what is published needs STORYBLOK_PUBLIC_TOKEN.')
  return 'left out'
}

async function fetchStory({ management, space }: PullContext, { id }: ListedStory): Promise<Json> {
  const { story } = await management.get({ path: `${space}/stories/${id}`, scope: 'stories:read' })
  if (typeof story === 'object' && story !== null) return story as Json
  throw new KeyblokError('KB_UPSTREAM_INVALID', 'There is no story in the answer.')
}
