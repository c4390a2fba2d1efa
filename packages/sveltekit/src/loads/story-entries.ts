import type { Story, StorySource } from '@keyblok/core'
import { hasPageIn, languagePrefix, relativeSlug } from '@keyblok/core/server'
import { building } from 'virtual:keyblok/kit'
import options from 'virtual:keyblok/options'
import { site } from '../site.js'
import { prerenderStories } from './prerender-stories.js'

/** How the parameters of a route tell a story. */
export interface StoryEntriesOptions {
  /** The route's parameter for the slug; `slug` by default. */
  slug?: string
  /**
   * The route's parameter for the language, such as `lang`: entries are then given in each language of the space, with the
   * parameter where the language stands in the path.
   */
  language?: string
}

/**
 * Makes the `entries` of a prerendered route: one for each story of a source, the inverse of `storyLoad`. Where
 * {@link prerenderStories} says that nothing is prerendered there are none, and nothing is read.
 *
 * @param source - The stories.
 * @param names - The names of the route's parameters.
 *
 * @example
 * ```ts
 * // src/routes/[[lang]]/guides/[slug]/+page.server.ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { prerenderStories, storyEntries } from '@keyblok/sveltekit/server'
 *
 * const guides = defineStories(defineSpace({ languages: ['en', 'de'] }), { startsWith: 'guides/' })
 * export const prerender = prerenderStories()
 * export const entries = storyEntries(guides, { language: 'lang' })
 * ```
 */
export function storyEntries(source: StorySource): () => Promise<{ slug: string }[]>
export function storyEntries(source: StorySource, names: StoryEntriesOptions): () => Promise<Record<string, string>[]>
export function storyEntries(
  source: StorySource,
  { slug: slugParam = 'slug', language: languageParam }: StoryEntriesOptions = {},
): () => Promise<Record<string, string>[]> {
  return async () => {
    if (!prerenderStories()) return []
    const space = site.routed(source.space)
    const languages = languageParam === undefined ? [undefined] : (space.languages ?? [undefined])
    const entriesIn = async (language: string | undefined): Promise<Record<string, string>[]> => {
      const prefix = languageParam === undefined ? '' : languagePrefix(space, language)
      const stories = await readAll(source, language)
      return stories
        .filter((story) => hasPageIn(story, language))
        .map((story) => ({
          [slugParam]: relativeSlug({ ...source, space }, story, language) ?? '',
          ...(languageParam !== undefined && prefix !== '' && { [languageParam]: prefix }),
        }))
    }
    return (await Promise.all(languages.map(entriesIn))).flat()
  }
}

function readAll(source: StorySource, language: string | undefined): Promise<readonly Story[]> {
  // Entries are asked for by the build: no visitor’s request is behind them.
  const storyblok = site.visit({ local: false, drafts: options.drafts, building })
  return storyblok.all(source, { language }) as Promise<readonly Story[]>
}
