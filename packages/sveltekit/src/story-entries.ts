import type { Story, StorySource } from '@keyblok/core'
import { hasPageIn, relativeSlug } from '@keyblok/core/server'
import { building } from '$app/env'
import options from 'virtual:keyblok/options'
import { site } from './site.js'

/**
 * Makes the `entries` of a prerendered route: one for each story of a source, the inverse of `storyLoad`.
 *
 * @param source - The stories.
 * @param params - Gives the route's parameters; by default `slug`, relative to the source's folder.
 * @param options - `language` gives the slugs of one language, of the stories that have a page in it.
 *
 * @example
 * ```ts
 * import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
 * import { storyEntries } from '@keyblok/sveltekit/server'
 *
 * const guides = defineStories(defineSpace(), { startsWith: 'guides/' })
 * export const prerender = true
 * export const entries = storyEntries(guides)
 * ```
 */
export function storyEntries(source: StorySource): () => Promise<{ slug: string }[]>
export function storyEntries<Params extends Record<string, string>>(
  source: StorySource,
  params: (story: Story, slug: string) => Params,
  options?: { language?: string },
): () => Promise<Params[]>
export function storyEntries(
  source: StorySource,
  params: (story: Story, slug: string) => Record<string, string> = (_story, slug) => ({ slug }),
  { language }: { language?: string } = {},
): () => Promise<Record<string, string>[]> {
  return async () => {
    // Entries are asked for by the build: no visitor’s request is behind them.
    const storyblok = site.visit({ local: false, drafts: options.drafts, building })
    const stories = await storyblok.all(source, { language })
    return stories
      .filter((story) => hasPageIn(story, language))
      .map((story) => params(story, relativeSlug(source, story, language) ?? ''))
  }
}
