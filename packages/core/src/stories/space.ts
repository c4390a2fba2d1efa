/** The prefix of a space's environment variables; a common start lets the build find every space's tokens. */
export type EnvPrefix = `STORYBLOK${string}`

/**
 * What a site knows of a space, without any token: the one place for its home page and the relations that its bloks
 * show. Plain data, so it can be imported anywhere.
 */
export interface Space<Name extends string = string, Relation extends string = string> {
  /** Which of the generated types and environment variables it means; `default` unless a site has several spaces. */
  readonly name: Name
  /** The prefix of the space's environment variables. */
  readonly envPrefix: EnvPrefix
  /** The full slug of the story at `/`. */
  readonly home: string
  /** Relations to resolve in every read, as `component.field`. */
  readonly resolveRelations: readonly Relation[]
}

/**
 * Describes a space.
 *
 * @param options - What differs from the defaults: name `default`, prefix `STORYBLOK`, home `home`, no relations.
 * @returns The space, to define stories with.
 *
 * @example
 * ```ts
 * import { defineSpace } from '@keyblok/core'
 *
 * export const space = defineSpace({ home: 'home', resolveRelations: ['article.author'] })
 * ```
 */
export function defineSpace<const Name extends string = 'default', const Relation extends string = never>(
  options: Partial<Space<Name, Relation>> = {},
): Space<Name, Relation> {
  const { name = 'default' as Name, envPrefix = 'STORYBLOK', home = 'home', resolveRelations = [] } = options
  return { name, envPrefix, home, resolveRelations }
}
