import type { StorySource } from '@keyblok/core'
import { hasPageIn, relativeSlug } from '@keyblok/core/server'
import options from 'virtual:keyblok/options'
import { site } from './site.js'

/** One path for `getStaticPaths`. */
export interface StoryPath<Param extends string> {
  params: Record<Param, string | undefined>
}

/**
 * Makes a `getStaticPaths` with one path for each story of a source: the inverse of `story(source, slug)`. Paths carry
 * parameters only, so the page reads its story the same way whether it is prerendered or not.
 *
 * @param source - The stories.
 * @param param - The name of the route's parameter.
 * @param options - `language` gives the slugs of one language, of the stories that have a page in it.
 *
 * @example
 * ```ts
 * import { defineSpace, defineStories } from '@keyblok/astro/stories'
 * import { storyPaths } from '@keyblok/astro/server'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export const getStaticPaths = storyPaths(articles)
 * ```
 */
export function storyPaths<Param extends string = 'slug'>(
  source: StorySource,
  param: Param = 'slug' as Param,
  { language }: { language?: string } = {},
): () => Promise<StoryPath<Param>[]> {
  return async () => {
    // Paths are asked for by the build, or by the dev server itself: no visitor’s request is behind them.
    const storyblok = site.visit({ local: options.dev, drafts: options.drafts, building: !options.dev })
    const stories = await storyblok.all(source, { language })
    return stories
      .filter((story) => hasPageIn(story, language))
      .map((story) => ({
        params: { [param]: relativeSlug(source, story, language) } as Record<Param, string | undefined>,
      }))
  }
}
