import { KeyblokError } from '@keyblok/core'
import type { Space, Story, StorySource } from '@keyblok/core'
import { hasPageIn, languagePrefix, relativeSlug } from '@keyblok/core/server'
import options from 'virtual:keyblok/options'
import { parseRoutePattern } from './route-pattern.js'
import type { RouteParam, RoutePattern } from './route-pattern.js'
import { site } from './site.js'

/** One path for `getStaticPaths`. */
export interface StoryPath {
  params: Record<string, string | undefined>
}

/** What {@link storyPaths} takes from the route's own pattern, unless it is told. */
export interface StoryPathsOptions {
  /** The route's parameter for the slug; its last one by default. */
  param?: string
  /** The route's parameter for the language; one that is called `lang`, `language` or `locale` by default. */
  languageParam?: string
  /** The only language to give paths for. */
  language?: string
}

/**
 * Makes a `getStaticPaths` with one path for each story of a source, in each language of its space that the route has a
 * place for: the inverse of `story(source, slug)`. Paths carry parameters only, so the page reads its story the same way
 * whether it is prerendered or not.
 *
 * A language stands in a parameter of its own (`[...lang]/articles/[slug]`), in a fixed folder (`de/articles/[slug]`), or
 * before the slug (`[...slug]`, for a source without folder).
 *
 * @param source - The stories.
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
export function storyPaths(
  source: StorySource,
  { param, languageParam, language }: StoryPathsOptions = {},
): (route: { routePattern: string }) => Promise<StoryPath[]> {
  return async ({ routePattern }) => {
    const pattern = parseRoutePattern(routePattern)
    const slug = findParam(pattern, param) ?? pattern.params.at(-1)
    if (!slug) throw noParam(routePattern, param)
    const place = findParam(pattern, languageParam) ?? pattern.params.find((one) => one !== slug && isLanguage(one))
    const space = site.routed(source.space)
    const languages = language === undefined ? languagesOf(space, source, pattern, slug, place) : [language]
    const paths = await Promise.all(languages.map((code) => pathsIn(source, space, slug, place, code)))
    return paths.flat()
  }
}

async function pathsIn(
  source: StorySource,
  space: Space,
  slug: RouteParam,
  place: RouteParam | undefined,
  language: string | undefined,
): Promise<StoryPath[]> {
  // Paths are asked for by the build, or by the dev server itself: no visitor’s request is behind them.
  const storyblok = site.visit({ local: options.dev, drafts: options.drafts, building: !options.dev })
  const stories = ((await storyblok.all(source, { language })) as readonly Story[]).filter((story) =>
    hasPageIn(story, language),
  )
  const prefix = languagePrefix(space, language)
  const paths = stories.map((story) => {
    const relative = relativeSlug(source, story, language)
    if (place) return { [slug.name]: relative, [place.name]: prefix || (place.rest ? undefined : language) }
    const inFront = source.startsWith === '' && slug.rest ? prefix : ''
    return { [slug.name]: [inFront, relative].filter(Boolean).join('/') || undefined }
  })
  const shown = paths.filter((params) => slug.rest || isOneSegment(params[slug.name]))
  const deeper = paths.filter((params) => !slug.rest && params[slug.name]?.includes('/')).length
  if (deeper > 0) console.warn(deeperMessage(source, slug, deeper))
  return shown.map((params) => ({ params }))
}

/** The languages that the route has a place for. */
function languagesOf(
  { languages = [], translation }: Space,
  { startsWith }: StorySource,
  { folder, startsWithParam }: RoutePattern,
  slug: RouteParam,
  place: RouteParam | undefined,
): readonly (string | undefined)[] {
  if (languages.length === 0 || translation === 'folders') return [undefined]
  if (place) return languages
  if (folder !== undefined && languages.includes(folder)) return [folder]
  return startsWithParam && slug.rest && startsWith === '' ? languages : [languages[0]]
}

function isLanguage({ name }: RouteParam): boolean {
  return ['lang', 'language', 'locale'].includes(name)
}

/** A parameter that takes one segment shows neither a folder's start page nor what lies deeper. */
function isOneSegment(value: string | undefined): boolean {
  return value !== undefined && !value.includes('/')
}

function findParam({ params }: RoutePattern, name: string | undefined): RouteParam | undefined {
  return name === undefined ? undefined : params.find((param) => param.name === name)
}

function noParam(routePattern: string, param: string | undefined): KeyblokError {
  const wanted = param === undefined ? 'no parameter' : `no parameter “${param}”`
  return new KeyblokError(
    'KB_CONFIGURATION_INVALID',
    `The route ${routePattern} has ${wanted} for storyPaths to fill.`,
    {
      hint: 'Name the page’s file with one, such as [slug].astro or [...slug].astro.',
    },
  )
}

function deeperMessage({ startsWith }: StorySource, { name }: RouteParam, count: number): string {
  const stories = count === 1 ? 'story below' : 'stories below'
  return `[keyblok] ${count} ${stories} “${startsWith}” lie deeper than [${name}] can show; [...${name}] shows them all.`
}
