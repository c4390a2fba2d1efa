import type { Space, Story, StorySource } from '@keyblok/core'
import { languagePrefix, relativeSlug } from '@keyblok/core/server'

/**
 * Gives the slug by which a story's page ought to be asked for, where it was asked for by another one: that of another
 * language, or the home page by its name.
 *
 * @param space - The source's space, with the app's routing.
 * @param asked - The slug that was asked for, which may begin with the language's code.
 * @param others - The route's other parameters: where the code is one, it is none of the slug's.
 * @returns The slug, empty for the start page; `undefined` when the story was asked for by it.
 */
export function canonicalSlug(
  source: StorySource,
  space: Space,
  story: Story,
  asked: string,
  language: string | undefined,
  others: readonly unknown[] = [],
): string | undefined {
  const own = relativeSlug({ ...source, space }, story, language) ?? ''
  const canHavePrefix = source.startsWith === '' && space.translation !== 'folders'
  const code = canHavePrefix ? languagePrefix(space, language) : ''
  const hasPrefix = code !== '' && !others.includes(code) && (asked === code || asked.startsWith(`${code}/`))
  const canonical = hasPrefix ? [code, own].filter(Boolean).join('/') : own
  return asked === canonical ? undefined : canonical
}
