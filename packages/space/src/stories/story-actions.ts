import type { StoredBlok } from '../content/types.js'
import type { SpaceContext } from '../context.js'
import { omit } from '../omit.js'
import type { StoryEntry } from '../store/stories.js'
import { mergeTranslation } from './merge-translation.js'

/** Whom webhooks name. */
const user = 'dev@example.test'

/** What to publish, or to take back. */
export interface PublishOptions {
  /** The code of one language, `[default]` for the fields that are not translated; everything by default. */
  lang?: string
  /** A release to publish into, in place of the site. */
  release?: number
}

/**
 * Publishes the draft of a story, which raises the cache version and tells the webhooks. Into a release, the draft
 * becomes what the release makes of the story.
 */
export function publishStory(context: SpaceContext, { id }: StoryEntry, { lang, release }: PublishOptions = {}): void {
  const { store, clock } = context
  const draft = store.stories.content(id, 'draft')
  const entry = store.stories.get(id)
  if (draft === undefined || !entry) return
  if (release !== undefined) {
    store.transaction(() => store.stories.copyVersions('draft', `release:${release}`, [id]))
    return
  }
  store.transaction(() => {
    const published = store.stories.content(id, 'published')
    const content = mergeTranslation(JSON.parse(draft) as StoredBlok, published, lang)
    store.stories.writeContent(id, 'published', content)
    const now = clock.iso()
    store.stories.update({ ...entry, published_at: now, first_published_at: entry.first_published_at ?? now })
    store.raiseCacheVersion(clock.now())
  })
  emit(context, 'published', entry)
}

/** Takes the published version of a story away. */
export function unpublishStory(context: SpaceContext, entry: StoryEntry): void {
  const { store, clock } = context
  store.transaction(() => {
    store.stories.deleteContent(entry.id, 'published')
    store.stories.update({ ...entry, published_at: null })
    store.raiseCacheVersion(clock.now())
  })
  emit(context, 'unpublished', entry)
}

/** Deletes a story, or a folder with all that lies in it. */
export function deleteStory(context: SpaceContext, entry: StoryEntry): void {
  const { store, clock } = context
  store.transaction(() => {
    store.stories.delete(entry)
    store.raiseCacheVersion(clock.now())
  })
  emit(context, 'deleted', entry)
}

/**
 * Saves changes of a story's own fields. Where its full slug changes, what lies in it moves with it.
 *
 * @throws The database's error when another story has the new full slug.
 */
export function updateEntry(context: SpaceContext, before: StoryEntry, after: StoryEntry): void {
  const { store, clock } = context
  const isMoved = after.full_slug !== before.full_slug
  store.transaction(() => {
    store.stories.update(after)
    if (isMoved && before.is_folder) store.stories.moveDescendants(before.full_slug, after.full_slug)
    // A story's own fields have no draft, so that visitors see them at once.
    if (isMoved || isVisible(before, after)) store.raiseCacheVersion(clock.now())
  })
  if (isMoved) emit(context, 'moved', after)
}

/** Whether a change shows in a story that is published. */
function isVisible(before: StoryEntry, after: StoryEntry): boolean {
  const isSame = JSON.stringify(omit(before, 'updated_at')) === JSON.stringify(omit(after, 'updated_at'))
  return before.published_at !== null && !isSame
}

/** Replaces the draft of a story; what is published stays, and so does the cache version. */
export function saveDraft({ store, clock }: SpaceContext, { id }: StoryEntry, content: StoredBlok): void {
  store.transaction(() => {
    const entry = store.stories.get(id)
    store.stories.writeContent(id, 'draft', content)
    if (entry) store.stories.update({ ...entry, updated_at: clock.iso() })
  })
}

function emit(
  { webhooks }: SpaceContext,
  action: 'published' | 'unpublished' | 'deleted' | 'moved',
  entry: StoryEntry,
): void {
  const what = entry.is_folder ? 'Folder' : 'Story'
  webhooks.emit(`story.${action}`, `The user ${user} ${action} the ${what} ${entry.name} (${entry.full_slug})`, {
    story_id: entry.id,
    full_slug: entry.full_slug,
  })
}
