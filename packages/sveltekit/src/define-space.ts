import { defineSpace as defineCoreSpace } from '@keyblok/core'
import type { RelationName, Space } from '@keyblok/core'
import { siteRouting } from './site-routing.js'

/**
 * Describes a space. Its paths lie below SvelteKit's `paths.base` where the options say nothing else, for
 * {@link storyHref} too.
 *
 * @param options - What differs from the defaults: name `default`, prefix `STORYBLOK`, home `home`, no relations, one
 * language.
 * @returns The space, to define stories with.
 *
 * @example
 * ```ts
 * import { defineSpace } from '@keyblok/sveltekit/stories'
 *
 * export const space = defineSpace({
 *   languages: ['en', 'de', 'de-ch'],
 *   fallback: { 'de-ch': 'de' },
 *   resolveRelations: ['article.author'],
 * })
 * ```
 */
export function defineSpace<const Name extends string = 'default', const Relation extends RelationName<Name> = never>(
  options: Partial<Space<Name, Relation>> = {},
): Space<Name, Relation> {
  return defineCoreSpace<Name, Relation>({ ...siteRouting, ...options })
}
