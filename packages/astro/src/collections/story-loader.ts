import { KeyblokError } from '@keyblok/core'
import type { SourceStory, Story, StorySource } from '@keyblok/core'
import { relativeSlug } from '@keyblok/core/server'
import type { ReadProgress } from '@keyblok/core/server'
import { syncStories } from '@keyblok/core/sync'
import type { Sync, SyncState } from '@keyblok/core/sync'
import type { Loader, LoaderContext } from 'astro/loaders'
import { z } from 'astro/zod'
import options from 'virtual:keyblok/options'
import { isExposed } from '../dev/dev-requests-key.js'
import { loaderName } from './loader-name.js'
import { site } from '../site.js'

/** How {@link storyLoader} fills a collection. */
export interface StoryLoaderOptions {
  /** The language of the stories; the space's default language without it. */
  language?: string
  /**
   * What entries are called: by their slug, relative to the source's folder, where the start page is `index`; or by their
   * UUID, which stays when a story moves. `slug` by default.
   */
  ids?: 'slug' | 'uuid'
}

/** A loader whose entries hold stories. */
export interface StoryLoader<Content> {
  name: string
  schema: z.ZodType<Content, Content>
  load: (context: LoaderContext) => Promise<void>
}

const metaKey = 'keyblok'

/** An entry's digest holds the story's id, so that an entry can be found whatever a schema made of its data. */
const idOf = (digest: number | string | undefined): number => Number(String(digest).split(':')[0])

/** How long a sync may take before it tells how far it came, and between two such words, in milliseconds. */
const silence = 2_000

/**
 * Makes the loader of a content collection: the stories of a source, typed, without a schema or with the site's own. In
 * a build it reads what visitors see, in dev the drafts.
 *
 * Only what changed is read. Each entry's `digest` covers the story, those that stand in it and the version, so it can be
 * the `cacheKey` of an incremental build. What another version, space, token, language or option left behind in the
 * store is thrown away.
 *
 * @param source - The stories.
 *
 * @example
 * ```ts
 * // src/content.config.ts, where defineCollection comes from 'astro:content' and the source from a file of the site
 * import { storyLoader } from '@keyblok/astro/server'
 * import { defineSpace, defineStories } from '@keyblok/astro/stories'
 * import { defineCollection } from 'astro/content/config'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export const collections = { articles: defineCollection({ loader: storyLoader(articles) }) }
 * ```
 */
export function storyLoader<Type extends string, Name extends string, Relation extends string>(
  source: StorySource<Type, Name, Relation>,
  { language, ids = 'slug' }: StoryLoaderOptions = {},
): StoryLoader<SourceStory<Type, Name, Relation>> {
  const nameOf = (story: Story): string =>
    ids === 'uuid' ? story.uuid : (relativeSlug(source, story, language) ?? 'index')
  return {
    name: loaderName,
    // Types only: what Storyblok answers needs no second check, and a site's own schema goes first.
    schema: z.custom<SourceStory<Type, Name, Relation>>(),
    load: (context: LoaderContext): Promise<void> => load(context, source, { language, salt: ids, nameOf }),
  } satisfies Loader
}

/** How one collection is filled. */
interface Filling {
  language: string | undefined
  salt: string
  nameOf: (story: Story) => string
}

async function load(context: LoaderContext, source: StorySource, { language, salt, nameOf }: Filling): Promise<void> {
  const { collection, logger, meta, store } = context
  const exposed = isExposed()
  const previous = readState(context)
  // Drafts have no cache version. They go first: should Storyblok not answer, nothing of them stays.
  if (exposed && previous?.cv === undefined) store.clear()
  try {
    const sync = await syncStories(site, { local: options.dev && !exposed, drafts: options.drafts }, source, {
      language,
      salt,
      previous,
      onProgress: reportProgress(context),
    })
    await apply(sync, context, nameOf)
    meta.set(metaKey, JSON.stringify(sync.state))
    if (sync.kind !== 'unchanged') logger.info(`${collection}: ${summaryOf(sync)}`)
  } catch (error) {
    // Pages without their content would be wrong, so a build fails; a dev server goes on with what it has, and checking
    // types needs no content.
    if (options.building) throw error
    const reason = error instanceof KeyblokError ? error.report.replace(/^\[keyblok\] /, '') : String(error)
    logger.error(`${reason}\nThe collection “${collection}” keeps its ${store.keys().length} entries.`)
  }
}

/** A store that lost entries is filled anew. */
function readState({ meta, store }: LoaderContext): SyncState | undefined {
  const text = meta.get(metaKey)
  if (text === undefined) return undefined
  try {
    const state = JSON.parse(text) as SyncState
    return Object.keys(state.stamps).length === store.keys().length ? state : undefined
  } catch {
    // What is broken is made anew.
    return undefined
  }
}

/** Writes to the store once everything is there and valid, so that a failure leaves it as it was. */
async function apply(
  { gone, kind, stories, version }: Sync,
  { collection, generateDigest, parseData, store }: LoaderContext,
  nameOf: (story: Story) => string,
): Promise<void> {
  const entries = await Promise.all(
    stories.map(async (story) => {
      const id = nameOf(story)
      const data = await parseData({ id, data: { ...story } })
      return { id, data, digest: `${story.id}:${generateDigest(`${version} ${JSON.stringify(story)}`)}` }
    }),
  )
  // What moved has another name now.
  const replaced = new Set([...gone, ...stories.map(({ id }) => id)])
  const old = store.values().filter(({ digest }) => kind === 'whole' || replaced.has(idOf(digest)))
  const names = new Set(kind === 'whole' ? [] : store.keys())
  for (const { id } of old) names.delete(id)
  for (const { id } of entries) {
    if (names.has(id)) throw sameName(collection, id)
    names.add(id)
  }
  for (const { id } of old) store.delete(id)
  for (const entry of entries) store.set(entry)
}

/** A folder’s start page is called `index`, as another story may be. */
function sameName(collection: string, id: string): KeyblokError {
  const details = `Two stories of the collection “${collection}” are called “${id}”.`
  return new KeyblokError('KB_CONTENT_INVALID', details, {
    hint: "Give one of them another slug, or call entries by their UUIDs: storyLoader(source, { ids: 'uuid' }).",
  })
}

function reportProgress({ collection, logger }: LoaderContext): (progress: ReadProgress) => void {
  const start = Date.now()
  let last = start
  return ({ read, total }) => {
    const now = Date.now()
    if (now - last < silence) return
    last = now
    const perSecond = Math.round((read * 1000) / (now - start))
    logger.info(`${collection}: ${read} of ${total} stories read, ${perSecond} a second.`)
  }
}

function summaryOf({ gone, kind, stories, version }: Sync): string {
  if (kind === 'whole') return `${stories.length} stories read, ${version}.`
  return `${stories.length} changed, ${gone.length} gone, ${version}.`
}
