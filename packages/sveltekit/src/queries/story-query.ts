import type { SourceStory, StoriesPage, StorySource } from '@keyblok/core'
import type { Storyblok } from '@keyblok/core/server'
import type { RequestEvent } from '@sveltejs/kit'
import { getRequestEvent, prerender, query } from '$app/server'
import type { RemotePrerenderFunction, RemoteQueryFunction } from '$app/server'
import { storyEntries } from '../loads/story-entries.js'
import { readPage } from '../page/read-page.js'
import type { PageData } from '../stories.js'
import { storiesArgument, storyArgument } from './arguments.js'
import type { AskedStory, StoriesQueryArgument, StoryQueryArgument } from './arguments.js'
import { prerenderInputs } from './prerender-inputs.js'

type PageStory<Type extends string, Name extends string, Relation extends string> = PageData<
  SourceStory<Type, Name, Relation>
>

/**
 * Makes a remote query for the stories of a source. However many a page asks for at once, its browser asks the server
 * once. Editors get drafts by their session's cookie.
 *
 * @returns The query, to export from a `.remote.ts` file; it gives the story, ready to show, or `null`.
 *
 * @example
 * ```ts
 * // src/lib/articles.remote.ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { storyQuery } from '@keyblok/sveltekit/queries'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export const getArticle = storyQuery(articles)
 * ```
 */
export function storyQuery<Type extends string, Name extends string, Relation extends string>(
  source: StorySource<Type, Name, Relation>,
): RemoteQueryFunction<StoryQueryArgument, PageStory<Type, Name, Relation> | null, AskedStory> {
  return query.batch(storyArgument, async (asked) => {
    const event = remoteEvent()
    const byUuid = await readByUuid(source, asked, event.locals.storyblok)
    const stories = await Promise.all(
      asked.map(async ({ key, language }) => {
        const known = typeof key === 'object' ? byUuid.get(nameOf(key.uuid, language)) : undefined
        const story = known ?? (await readOne(source, { key, language }, event.locals.storyblok))
        return story === null ? null : readPage(event, story, source.space, language)
      }),
    )
    return (_asked, index) => (stories[index] ?? null) as PageStory<Type, Name, Relation> | null
  })
}

/**
 * Makes a remote query for pages of a source's list.
 *
 * @returns The query, to export from a `.remote.ts` file; it gives `{ stories, total, page, pages }`.
 *
 * @example
 * ```ts
 * // src/lib/articles.remote.ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { storiesQuery } from '@keyblok/sveltekit/queries'
 *
 * export const getArticles = storiesQuery(defineStories(defineSpace(), { startsWith: 'articles/' }))
 * ```
 */
export function storiesQuery<Type extends string, Name extends string, Relation extends string>(
  source: StorySource<Type, Name, Relation>,
): RemoteQueryFunction<
  StoriesQueryArgument | undefined,
  StoriesPage<PageStory<Type, Name, Relation>>,
  StoriesQueryArgument
> {
  return query(storiesArgument, async (asked) => {
    const event = remoteEvent()
    const list = await event.locals.storyblok.stories(source, asked)
    const stories = await readPage(event, list.stories, source.space, asked.language)
    return { ...list, stories: stories as readonly PageStory<Type, Name, Relation>[] }
  })
}

/**
 * Makes a remote function whose answers are files, written while the app is built: one for each story of a source, in its
 * space's first language. What is asked for beside them is read on demand.
 *
 * @returns The function, to export from a `.remote.ts` file; it gives the story, ready to show, or `null`.
 *
 * @example
 * ```ts
 * // src/lib/authors.remote.ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { prerenderStory } from '@keyblok/sveltekit/queries'
 *
 * export const getAuthor = prerenderStory(defineStories(defineSpace(), { startsWith: 'authors/' }))
 * ```
 */
export function prerenderStory<Type extends string, Name extends string, Relation extends string>(
  source: StorySource<Type, Name, Relation>,
): RemotePrerenderFunction<StoryQueryArgument, PageStory<Type, Name, Relation> | null> {
  // Where nothing is prerendered there are no entries.
  const inputs = prerenderInputs(async () => (await storyEntries(source)()).map(({ slug }) => slug))
  const read = async (asked: AskedStory): Promise<PageStory<Type, Name, Relation> | null> => {
    const event = remoteEvent()
    const story = await readOne(source, asked, event.locals.storyblok)
    return story === null ? null : readPage(event, story, source.space, asked.language)
  }
  return prerender(storyArgument, read, { inputs, dynamic: true })
}

/** Inside of a query SvelteKit hides the address of the page: the same query has to give the same wherever it stands. */
function remoteEvent(): Pick<RequestEvent, 'locals'> & { url: URL } {
  const { locals } = getRequestEvent()
  return { locals, url: new URL('http://remote.invalid/') }
}

function readOne<Type extends string, Name extends string, Relation extends string>(
  source: StorySource<Type, Name, Relation>,
  { key, language }: AskedStory,
  storyblok: Storyblok,
): Promise<SourceStory<Type, Name, Relation> | null> {
  return storyblok.story(source, key, language === undefined ? {} : { language })
}

/** Reads the stories that are asked for by UUID, all of a language at once. */
async function readByUuid<Type extends string, Name extends string, Relation extends string>(
  source: StorySource<Type, Name, Relation>,
  asked: readonly AskedStory[],
  storyblok: Storyblok,
): Promise<Map<string, SourceStory<Type, Name, Relation> | null>> {
  const found = new Map<string, SourceStory<Type, Name, Relation> | null>()
  for (const [language, list] of Map.groupBy(asked, (story) => story.language)) {
    const uuids = list
      .map(({ key }) => (typeof key === 'object' ? key.uuid : undefined))
      .filter((uuid) => uuid !== undefined)
    // One alone is kept for the next visitor.
    if (uuids.length < 2) continue
    for (const uuid of uuids) found.set(nameOf(uuid, language), null)
    const stories = await storyblok.byUuids(source, uuids, language === undefined ? {} : { language })
    for (const story of stories) found.set(nameOf((story as { uuid: string }).uuid, language), story)
  }
  return found
}

function nameOf(uuid: string, language: string | undefined): string {
  return `${language ?? ''} ${uuid.toLowerCase()}`
}
