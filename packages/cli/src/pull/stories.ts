import { forEach } from './for-each.js'
import { listStories } from './list-stories.js'
import type { ListedStory, StoryList } from './list-stories.js'
import { makeStoryFiles } from './make-story-files.js'
import { fingerprint } from './manifest.js'
import { writeJson } from './own-files.js'
import { about, count, counted } from './phrases.js'
import type { PullContext } from './pull-context.js'
import { storyFileName } from './safe-path.js'

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

const keysOf = (stories: readonly ListedStory[]): Set<string> => new Set(stories.map(({ id }) => prefix + id))

/** Deletes what an earlier pull wrote and this one does not want. */
function removeOthers(context: PullContext, { stories, isComplete }: StoryList, wanted: readonly ListedStory[]): void {
  const { manifest, report, options } = context
  const [keep, listed] = [keysOf(wanted), keysOf(stories)]
  if (!isComplete) report.warnings.push('Stories were moved while they were listed: what is gone is deleted next time.')
  for (const key of manifest.keys(prefix)) {
    const isInScope = String(manifest.get(key)?.note ?? '').startsWith(options.startsWith)
    if (keep.has(key) || !isInScope || (!isComplete && !listed.has(key))) continue
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
  const { manifest, report, spaceId } = context
  const key = prefix + story.id
  const files = await makeStoryFiles(context, story)
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
    if (path !== undefined) writeJson(context, path, files[place])
  }
  manifest.set(key, { state: stateOf(context, story), files: Object.values(paths), note: story.fullSlug })
  report.tally('stories').written++
}
