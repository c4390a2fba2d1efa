import { KeyblokError } from '@keyblok/core'
import type { ContentFields, FilterQuery, SortBy, SourceStory, Story, StorySource } from '@keyblok/core'
import { CacheTags, narrowStories, relativeSlug, storyTags } from '@keyblok/core/server'
import type { Narrowing, StoryKey, Storyblok } from '@keyblok/core/server'
import type { LiveLoader } from 'astro/loaders'
import { loaderName } from './loader-name.js'
import { currentReader } from '../request-reader.js'
import { site } from '../site.js'

/** What every filter may say. */
interface Reading {
  /** The language, in place of the request's. */
  language?: string
  /** The reader, where the runtime cannot tell whose request it is: `Astro.locals.storyblok`. */
  storyblok?: Storyblok
}

/**
 * Which entry: by its `id`, which is the slug relative to the source's folder, with `index` for the start page; or by the
 * story's `uuid`.
 */
export type LiveStoryFilter = Reading & ({ id: string } | { slug: string | undefined } | { uuid: string })

/** Which entries, of those that the source has. Without `page`, all of them. */
export interface LiveStoriesFilter<Type extends string = string, Name extends string = string> extends Reading {
  /** A folder below the source's. */
  startsWith?: string
  filterQuery?: FilterQuery<ContentFields<Type, Name>>
  sortBy?: SortBy<ContentFields<Type, Name>> | readonly SortBy<ContentFields<Type, Name>>[]
  /** The page, from 1. */
  page?: number
  /** Stories a page, 1 to 100. */
  perPage?: number
}

/**
 * Makes the loader of a live collection: the stories of a source as they are now, read with the access of the request,
 * so editors see drafts and visitors what is published. Where no request is known it reads what is published.
 *
 * Errors are values, as live collections have them: `error.cause`, or `error` itself, is a `KeyblokError` with its code.
 * Entries carry a `cacheHint` for `Astro.cache.set()`; pages get these tags without it too.
 *
 * @param source - The stories.
 *
 * @example
 * ```ts
 * // src/live.config.ts, where defineLiveCollection comes from 'astro:content' and the source from a file of the site
 * import { liveStoryLoader } from '@keyblok/astro/server'
 * import { defineSpace, defineStories } from '@keyblok/astro/stories'
 * import { defineLiveCollection } from 'astro/content/config'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export const collections = { articles: defineLiveCollection({ loader: liveStoryLoader(articles) }) }
 * ```
 */
export function liveStoryLoader<Type extends string, Name extends string, Relation extends string>(
  source: StorySource<Type, Name, Relation>,
): LiveLoader<SourceStory<Type, Name, Relation>, LiveStoryFilter, LiveStoriesFilter<Type, Name>, KeyblokError> {
  type Content = SourceStory<Type, Name, Relation>
  const tags = new CacheTags(source.space.envPrefix)
  const entryOf = (story: Content, language: string | undefined) => ({
    id: relativeSlug(source, story as Story, language) ?? 'index',
    data: story,
    cacheHint: { tags: storyTags(source, story as Story), ...lastModifiedOf(story as Story) },
  })
  return {
    name: loaderName,
    loadEntry: ({ filter }) =>
      orError(async () => {
        const storyblok = readerOf(filter)
        const { language = storyblok.language } = filter
        const story = await storyblok.story(source, keyOf(filter), { language })
        return story ? entryOf(story, language) : undefined
      }),
    loadCollection: ({ filter = {} }) =>
      orError(async () => {
        const storyblok = readerOf(filter)
        const { language = storyblok.language, page, perPage } = filter
        const part = narrowStories(source, filter as Narrowing)
        const stories =
          page === undefined && perPage === undefined
            ? await storyblok.all(part, { language })
            : (await storyblok.stories(part, { language, page, perPage })).stories
        const entries = stories.map((story) => entryOf(story, language))
        return { entries, cacheHint: { tags: [tags.list(part.startsWith)] } }
      }),
  }
}

/** The reader of the request, or one that reads what is published where no request is known. */
function readerOf({ storyblok }: Reading): Storyblok {
  const reader = storyblok ?? currentReader()
  if (reader) return reader
  tellOnce()
  return site.visit({ local: false, version: 'published' })
}

let told = false

function tellOnce(): void {
  if (told) return
  told = true
  console.warn(
    '[keyblok] A live collection was read outside of a request, so it gives what is published. ' +
      'Where the runtime has no AsyncLocalStorage, pass the reader in the filter: { id, storyblok: Astro.locals.storyblok }.',
  )
}

function keyOf(filter: LiveStoryFilter): StoryKey | undefined {
  if ('uuid' in filter) return { uuid: filter.uuid }
  if ('slug' in filter) return filter.slug
  return filter.id === 'index' ? undefined : filter.id
}

function lastModifiedOf({ published_at: published }: Story): { lastModified?: Date } {
  return published ? { lastModified: new Date(published) } : {}
}

/** Gives our errors as values; whatever else is thrown, Astro makes a value of. */
async function orError<T>(read: () => Promise<T>): Promise<T | { error: KeyblokError }> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof KeyblokError) return { error }
    throw error
  }
}
