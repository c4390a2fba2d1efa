import type { BlokDataFunctions } from './blok-data.js'

/**
 * Defines what bloks show beside their own fields, by component: each gets what its function gives, on the server, as the
 * prop `data` of its component. Register its type, and {@link BlokProps} has it.
 *
 * @param functions - One for each component that needs more than its blok.
 * @returns The functions, to export as default from `storyblok/blok-data.server.ts`.
 *
 * @example
 * ```ts
 * import { defineBlokData, defineSpace, defineStories } from '@keyblok/core'
 *
 * const articles = defineStories(defineSpace(), { startsWith: 'articles/' })
 * export default defineBlokData({
 *   latest_articles: ({ blok, storyblok }) => storyblok.stories(articles, { perPage: Number(blok['count']) }),
 * })
 * ```
 */
export function defineBlokData<const Functions extends BlokDataFunctions>(functions: Functions): Functions {
  return functions
}
