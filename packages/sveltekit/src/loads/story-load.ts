import type { SourceStory, Story as ReadStory, StorySource } from '@keyblok/core'
import { error, redirect } from '@sveltejs/kit'
import { readPage } from '../page/read-page.js'
import type { PageData } from '../stories.js'
import { site } from '../site.js'
import { canonicalPath, findPlace } from './canonical-path.js'
import { canonicalSlug } from './canonical-slug.js'
import { dependOn, readerOf, searchOf } from './load-event.js'
import type { AnyLoadEvent } from './load-event.js'

/** How {@link storyLoad} answers where there is another address for a page, or none. */
export interface StoryLoadOptions<Event> {
  /**
   * Sends whoever comes by another of the story's slugs, such as that of another language, to the page's own address, by
   * this status; `false` shows the page there. 307 by default: browsers remember 308 for good, and slugs can change back.
   */
  redirect?: 307 | 308 | false
  /**
   * Where a page is that had this slug once: a path to redirect to. It is asked when there is no such story, such as to
   * look into a datasource of moved pages.
   */
  moved?: (event: Event) => string | undefined | Promise<string | undefined>
}

/**
 * Makes a `load` for a page that shows one story.
 *
 * @param source - What kind of story, and in which folder.
 * @param slug - Gives the slug relative to the source's folder; without it the source's start page is shown.
 * @returns A `load` whose data is `{ story }`, ready to show. It answers 404 when there is no such story, and redirects
 * from another slug of the story to the page's own. It runs again by `invalidate('storyblok:stories')`.
 *
 * @example
 * ```ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { storyLoad } from '@keyblok/sveltekit/server'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export const load = storyLoad(articles, ({ params }) => params.slug)
 * ```
 */
export function storyLoad<
  Type extends string,
  Name extends string,
  Relation extends string,
  Event extends AnyLoadEvent = AnyLoadEvent,
>(
  source: StorySource<Type, Name, Relation>,
  slug?: (event: Event) => string | undefined,
  { redirect: status = 307, moved }: StoryLoadOptions<Event> = {},
): (event: Event) => Promise<{ story: PageData<SourceStory<Type, Name, Relation>> }> {
  return async (event) => {
    const storyblok = readerOf(event, source.space)
    const asked = slug?.(event)
    const story = await storyblok.story<string, string, string>(source, asked)
    dependOn(event, story ? [story.id] : [])
    if (!story) {
      const path = await moved?.(event)
      if (path !== undefined) redirect(status || 307, path)
      error(404, 'Not found')
    }
    if (status !== false && asked) await redirectToOwn(status, source, story, asked, event)
    return { story: (await readPage(event, story, source.space)) as PageData<SourceStory<Type, Name, Relation>> }
  }
}

async function redirectToOwn(
  status: 307 | 308,
  source: StorySource,
  story: ReadStory,
  asked: string,
  event: AnyLoadEvent,
): Promise<void> {
  const { storyblok } = event.locals
  const place = findPlace(asked, event)
  if (place === undefined) return
  const { [place]: _slug, ...others } = event.params as Record<string, unknown>
  const slug = canonicalSlug(source, site.routed(source.space), story, asked, storyblok.language, Object.values(others))
  const path = slug === undefined ? undefined : canonicalPath(place, slug, event)
  if (path === undefined) return
  // Two stories can have each other's slugs in two languages: visitors would be sent to and fro.
  const own = await storyblok.story<string, string, string>(source, slug)
  if (own?.id === story.id) redirect(status, path + searchOf(event.url))
}
