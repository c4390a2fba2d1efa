import type { WebhookEvent } from '../webhooks/read-webhook.js'
import { referencesOf } from './complete.js'
import type { EnvPrefix } from './space.js'
import type { Story } from './types.js'
import type { StorySource } from './source.js'
import { trimSlashes } from './trim-slashes.js'

/**
 * Names what a cached page shows, so that a webhook can drop it: the same words for the pages that read and for the
 * events that tell of a change. Tags are ASCII without commas and spaces, as the `Cache-Tag` header wants them.
 */
export class CacheTags {
  /** Everything of the space. */
  readonly all: string

  /** @param envPrefix - The prefix of the space's variables, which tells it from others. */
  constructor(envPrefix: EnvPrefix) {
    this.all = encodeURIComponent(envPrefix.toLowerCase().replaceAll('_', '-'))
  }

  /** What was read in one cache version. */
  version(cv: number): string {
    return `${this.all}:cv:${cv}`
  }

  /** One story. */
  story(id: number): string {
    return `${this.all}:story:${id}`
  }

  /** Any story; for pages that show too many to name. */
  get stories(): string {
    return `${this.all}:stories`
  }

  /** A slug that no story has, or a story that another one misses. */
  get missing(): string {
    return `${this.all}:missing`
  }

  /** A list of a folder's stories, at any depth. */
  list(folder: string): string {
    return `${this.all}:list:${encodeURI(trimSlashes(folder)).replaceAll(',', '%2C')}`
  }

  /** The names, slugs and order of stories. */
  get links(): string {
    return `${this.all}:links`
  }

  /** The tags of stories. */
  get tags(): string {
    return `${this.all}:tags`
  }

  /** The entries of a datasource. */
  datasource(slug: string): string {
    return `${this.all}:datasource:${encodeURIComponent(slug)}`
  }

  /** The lists that a story is on, by its full slug. */
  listsOf(fullSlug: string): string[] {
    return foldersOf(fullSlug).map((folder) => this.list(folder))
  }

  /**
   * Gives the tags of the pages that an event makes old: those that show the story, those that list its folder, and those
   * with a navigation, whose names and slugs may be others now. What moved could be anywhere, and a merged release changes
   * anything, so both drop the whole space. Nothing is old after an event that is not about content.
   */
  ofEvent({ topic, assetId, storyId, fullSlug, datasourceSlug }: WebhookEvent): string[] {
    if (datasourceSlug !== undefined) return [this.datasource(datasourceSlug)]
    const [subject, action = ''] = topic.split('.')
    if (subject === 'story' && storyId !== undefined && fullSlug !== undefined && changesOneStory.has(action)) {
      return [this.story(storyId), this.stories, this.missing, this.tags, this.links, ...this.listsOf(fullSlug)]
    }
    return assetId !== undefined || withoutContent.has(subject ?? '') ? [] : [this.all]
  }
}

const changesOneStory = new Set(['published', 'unpublished', 'deleted'])
/** Events that change nothing of what is published. */
const withoutContent = new Set(['asset', 'user', 'workflow', 'discussion'])

/** Gives the tags of one story, of those that it shows and of the list that it is in. */
export function storyTags({ space, startsWith }: Pick<StorySource, 'space' | 'startsWith'>, story: Story): string[] {
  const tags = new CacheTags(space.envPrefix)
  const { alternates, missing, stories } = referencesOf(story)
  const ids = new Set([story, ...stories, ...alternates].map(({ id }) => id))
  return [
    tags.all,
    ...[...ids].map((id) => tags.story(id)),
    ...(missing.size > 0 ? [tags.missing] : []),
    tags.list(startsWith),
  ]
}

/** The folders that a story is in, from the root. */
function foldersOf(fullSlug: string): string[] {
  const segments = trimSlashes(fullSlug).split('/')
  // A folder's start page is in that folder, and its slug is the folder's.
  const depth = fullSlug.endsWith('/') ? segments.length : segments.length - 1
  return Array.from({ length: depth + 1 }, (_, count) => segments.slice(0, count).join('/'))
}
