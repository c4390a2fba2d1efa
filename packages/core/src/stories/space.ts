import type { RelationName } from './types.js'

/** The prefix of a space's environment variables; a common start lets the build find every space's tokens. */
export type EnvPrefix = `STORYBLOK${string}`

/** How stories become paths of the site. What is left out, the framework's own configuration says. */
export interface Routing {
  /** The path that the site lies under, such as `/docs`. */
  readonly base?: string
  /** Whether paths end with a slash. */
  readonly trailingSlash?: boolean
  /** Whether the default language has its code in the path, as the others have. */
  readonly prefixDefaultLanguage?: boolean
  /** The language whose pages lie at the root, where that is not the space's first. */
  readonly defaultLanguage?: string
  /** What stands in paths for a language, by its code; otherwise the code, as the space spells it. */
  readonly languagePaths?: Readonly<Record<string, string>>
}

/**
 * What a site knows of a space, without any token: the one place for its home page, its languages and the relations that
 * its bloks show. Plain data, so it can be imported anywhere.
 */
export interface Space<Name extends string = string, Relation extends string = string> extends Routing {
  /** Which of the generated types and environment variables it means; `default` unless a site has several spaces. */
  readonly name: Name
  /** The prefix of the space's environment variables. */
  readonly envPrefix: EnvPrefix
  /** The full slug of the story at `/`. */
  readonly home: string
  /** Relations to resolve in every read, as `component.field`. */
  readonly resolveRelations: readonly Relation[]
  /** How many levels of relations are resolved; below, they stay UUIDs. 2 by default. */
  readonly resolveLevel?: 1 | 2
  /** What to read of the stories that links point to, so that links follow stories that moved. */
  readonly resolveLinks?: 'story' | 'url' | 'link'
  /** The codes of its languages, the default language first. */
  readonly languages?: readonly string[]
  /** How stories are translated: field by field, or in a folder for each language. `fields` by default. */
  readonly translation?: 'fields' | 'folders'
  /** The language of fields that are not translated, by language; otherwise the default language. */
  readonly fallback?: Readonly<Record<string, string>>
}

/**
 * Describes a space.
 *
 * @param options - What differs from the defaults: name `default`, prefix `STORYBLOK`, home `home`, no relations, one
 * language.
 * @returns The space, to define stories with.
 *
 * @example
 * ```ts
 * import { defineSpace } from '@keyblok/core'
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
  const { name = 'default' as Name, envPrefix = 'STORYBLOK', home = 'home', resolveRelations = [], ...rest } = options
  return { ...rest, name, envPrefix, home, resolveRelations }
}
