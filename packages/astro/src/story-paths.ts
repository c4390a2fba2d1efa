import type { StorySource } from '@keyblok/core'
import { relativeSlug } from '@keyblok/core/server'
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
): () => Promise<StoryPath<Param>[]> {
  return async () => {
    // Paths are asked for by the build, or by the dev server itself: no visitor’s request is behind them.
    const storyblok = site.visit({ local: options.dev, drafts: options.drafts })
    const stories = await storyblok.all(source)
    return stories.map(({ full_slug: fullSlug }) => ({
      params: { [param]: relativeSlug(source, fullSlug) } as Record<Param, string | undefined>,
    }))
  }
}
