import type { SourceStory, StorySource } from '@keyblok/core'
import { error } from '@sveltejs/kit'
import type { ServerLoadEvent } from '@sveltejs/kit'

// Kit's tools fill in a route's own event, and check parameter names by it, where any event fits.
// oxlint-disable-next-line no-explicit-any
type AnyEvent = ServerLoadEvent<any, any, any>

/**
 * Makes a `load` for a page that shows one story.
 *
 * @param source - What kind of story, and in which folder.
 * @param slug - Gives the slug relative to the source's folder; without it the source's start page is shown.
 * @returns A `load` whose data is `{ story }`. It answers 404 when there is no such story.
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
  Event extends AnyEvent = AnyEvent,
>(
  source: StorySource<Type, Name, Relation>,
  slug?: (event: Event) => string | undefined,
): (event: Event) => Promise<{ story: SourceStory<Type, Name, Relation> }> {
  return async (event) => {
    // The language is the request's, which SvelteKit does not track: a load that reads the address runs again with it.
    void event.url.pathname
    const story = await event.locals.storyblok.story(source, slug?.(event))
    if (story === null) error(404, 'Not found')
    return { story }
  }
}
