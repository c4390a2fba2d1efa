import type { Space } from '@keyblok/core'
import siteSpace from 'virtual:keyblok/space'
import type { PageData } from '../stories.js'
import { readPage } from './read-page.js'
import type { PageEvent } from './read-page.js'

/**
 * Makes what a reader gave into what a page is sent, as `storyLoad` does, for a `load` of your own: stories without the
 * fields that pages have no use for, rich text ready to show, and what bloks read.
 *
 * @param event - The load's event.
 * @param value - A story, a list of stories, or a page of them; `null` stays `null`.
 * @param space - The space, where the app has several.
 *
 * @example
 * ```ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { toPageData } from '@keyblok/sveltekit/server'
 * import type { ServerLoadEvent } from '@sveltejs/kit'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export const load = async (event: ServerLoadEvent) => ({
 *   articles: await toPageData(event, await event.locals.storyblok.all(articles)),
 * })
 * ```
 */
export function toPageData<Value>(event: PageEvent, value: Value, space: Space = siteSpace): Promise<PageData<Value>> {
  return readPage(event, value, space)
}
