import { isDeepStrictEqual } from 'node:util'
import { KeyblokError } from '@keyblok/core'
import type { Json } from '@keyblok/core/management'
import { forEach } from './for-each.js'
import { listStories } from './list-stories.js'
import type { ListedStory, StoryList } from './list-stories.js'
import { fingerprint } from './manifest.js'
import { about, count, counted } from './phrases.js'
import type { PullContext } from './pull-context.js'
import { readTranslated } from './read-translated.js'
import { storyFileName } from './safe-path.js'
import { hasChanges, storyFile } from './story-file.js'

const prefix = 'stories/'

/** More than the pace lets through, so that slow answers do not slow the pull. */
const inFlight = 12

/** Pulls the stories that are new or have changed, and takes away those that are gone. */
export async function pullStories(context: PullContext): Promise<void> {
  const { folder, manifest, report, options, spaceId } = context
  folder.ensureFolder(`stories/${spaceId}`)
  const list = await listStories(context)
  const wanted = list.stories.filter((story) => story.isFolder || story.isPublished || options.drafts)
  const tally = report.tally('stories')
  tally.leftOut += list.stories.length - wanted.length
  removeOthers(context, list, wanted)

  const pending = wanted.filter((story) => !manifest.isCurrent(prefix + story.id, stateOf(context, story)))
  tally.unchanged += wanted.length - pending.length
  let done = 0
  await forEach(context, pending, inFlight, async (story) => {
    await report.attempt('stories', story.fullSlug, () => pullStory(context, story))
    const left = pending.length - ++done
    context.say(`Stories: ${count(done)} of ${count(pending.length)}${about(left, context.management.perSecond)}`)
  })
  warnOfForeignFiles(context)
}

/** Files that somebody else put there are read like any other, whatever they hold. */
function warnOfForeignFiles({ manifest, report, spaceId }: PullContext): void {
  const path = `stories/${spaceId}`
  const files = manifest.foreignFiles(path).filter((name) => name.endsWith('.json'))
  if (files.length === 0) return
  const what = counted(files.length, 'file was', 'files were')
  report.warnings.push(`In ${path}, ${what} not written by a pull, and may hold drafts, such as ${files[0]}.`)
}

/** Deletes what an earlier pull wrote and this one does not want. */
function removeOthers(context: PullContext, { isComplete }: StoryList, wanted: readonly ListedStory[]): void {
  const { manifest, report, options } = context
  if (!isComplete) {
    report.leaveOut('stories', 'deleted stories', 'The space changed all the while, so nothing was deleted this time.')
    return
  }
  const keys = new Set(wanted.map(({ id }) => prefix + id))
  for (const key of manifest.keys(prefix)) {
    if (keys.has(key) || !String(manifest.get(key)?.note ?? '').startsWith(options.startsWith)) continue
    manifest.delete(key)
    report.tally('stories').removed++
  }
}

/** What a story's files depend on. */
function stateOf(
  { options, languages }: PullContext,
  { fields, isPublished, hasChanges: changed }: ListedStory,
): string {
  return fingerprint([fields, isPublished, changed, options.drafts, languages])
}

async function pullStory(context: PullContext, story: ListedStory): Promise<void> {
  const { manifest, report, folder, spaceId } = context
  const key = prefix + story.id
  const files = await makeFiles(context, story)
  if (files === 'left out') return
  if (files === null) {
    // It was unpublished or deleted since it was listed.
    if (manifest.get(key)) report.tally('stories').removed++
    manifest.delete(key)
    return
  }
  const name = storyFileName(story)
  const paths = Object.fromEntries(Object.keys(files).map((place) => [place, `stories/${spaceId}/${place}${name}`]))
  manifest.makeWay(key, Object.values(paths))
  // The published version first: a draft alone would pass for published.
  for (const place of ['published/', '']) {
    const path = paths[place]
    if (path !== undefined) folder.writeJson(path, files[place])
  }
  manifest.set(key, { state: stateOf(context, story), files: Object.values(paths), note: story.fullSlug })
  report.tally('stories').written++
}

/** The files of a story by where they lie: itself, and in `published/` what is published where that differs. */
type StoryFiles = Record<string, Json> | null | 'left out'

function makeFiles(context: PullContext, story: ListedStory): Promise<StoryFiles> {
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
