import type { SourceStory, StoriesPage, StorySource } from '@keyblok/core'
import { error } from '@sveltejs/kit'
import { readPage } from '../page/read-page.js'
import type { PageData } from '../stories.js'
import { dependOn, readerOf, searchOf } from './load-event.js'
import type { AnyLoadEvent } from './load-event.js'

/** What {@link storiesLoad} reads of its source, and sends. */
export interface StoriesLoadOptions<Event, ReadStory, Item> {
  /** Gives the page that is asked for, from 1; by default the route's parameter `page`, else `?page=`. */
  page?: (event: Event) => string | number | undefined | null
  /** Stories a page, 1 to 100; as many as the source says by default. */
  perPage?: number
  /** Gives what is sent of a story, such as what a card of a list shows; by default all of it. */
  select?: (story: ReadStory) => Item
}

/**
 * Makes a `load` for a page that shows a list of stories.
 *
 * @param source - Which stories.
 * @returns A `load` whose data is `{ stories, total, page, pages }`. It answers 404 for a page that there is not. It runs
 * again by `invalidate('storyblok:stories')`.
 *
 * @example
 * ```ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { storiesLoad } from '@keyblok/sveltekit/server'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export const load = storiesLoad(articles, { perPage: 10, select: ({ name, href }) => ({ name, href }) })
 * ```
 */
export function storiesLoad<
  Type extends string,
  Name extends string,
  Relation extends string,
  Event extends AnyLoadEvent = AnyLoadEvent,
  Item = PageData<SourceStory<Type, Name, Relation>>,
>(
  source: StorySource<Type, Name, Relation>,
  {
    page: pageOf = askedPage,
    perPage,
    select,
  }: StoriesLoadOptions<Event, SourceStory<Type, Name, Relation>, Item> = {},
): (event: Event) => Promise<StoriesPage<Item>> {
  return async (event) => {
    const storyblok = readerOf(event, source.space)
    const asked = pageOf(event)
    const page = asked === undefined || asked === null || asked === '' ? 1 : toPage(asked)
    const list = page === undefined ? undefined : await storyblok.stories(source, { page, perPage })
    dependOn(event, list?.stories.map(({ id }) => id) ?? [])
    if (!list || (list.page > 1 && list.page > list.pages)) error(404, 'Not found')
    const items = select ? list.stories.map(select) : list.stories
    return { ...list, stories: (await readPage(event, items, source.space)) as readonly Item[] }
  }
}

function askedPage({ params, url }: AnyLoadEvent): string | undefined | null {
  return params['page'] ?? new URLSearchParams(searchOf(url)).get('page')
}

function toPage(asked: string | number): number | undefined {
  return /^[1-9]\d{0,6}$/.test(String(asked)) ? Number(asked) : undefined
}
