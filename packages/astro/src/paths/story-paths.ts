import { KeyblokError } from '@keyblok/core'
import type { Space, Story, StorySource } from '@keyblok/core'
import { hasPageIn } from '@keyblok/core/server'
import options from 'virtual:keyblok/options'
import { RouteFiller } from './path-params.js'
import type { ParamNames, PathParams } from './path-params.js'
import { site } from '../site.js'

/** One path for `getStaticPaths`. */
export interface StoryPath {
  params: PathParams
}

/** What {@link storyPaths} finds in the route's own pattern, unless it is told. */
export interface StoryPathsOptions extends ParamNames {
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
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when the route has no parameter for the slug.
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
  { language, ...names }: StoryPathsOptions = {},
): (route: { routePattern: string }) => Promise<StoryPath[]> {
  return async ({ routePattern }) => {
    const route = new RouteFiller(site.routed(source.space), routePattern, names)
    if (!routePattern.includes('[')) throw noParameter(routePattern)
    const languages = language === undefined ? route.languages(source) : [language]
    if (languages.length > 1) assertLocales(source.space)
    try {
      const paths = await Promise.all(languages.map((code) => pathsIn(source, route, code)))
      if (paths.flat().length === 0) console.warn(emptyMessage(source, routePattern))
      return paths.flat()
    } catch (error) {
      throw error instanceof KeyblokError ? error.at(`the paths of ${routePattern}`) : error
    }
  }
}

/**
 * Makes a `getStaticPaths` for a page that is no story's own, such as a list: one path for each language of the space that
 * the route has a parameter for.
 *
 * @param space - The space.
 *
 * @example
 * ```ts
 * // src/pages/[...lang]/articles/index.astro
 * import { defineSpace } from '@keyblok/astro/stories'
 * import { languagePaths } from '@keyblok/astro/server'
 *
 * export const getStaticPaths = languagePaths(defineSpace({ languages: ['en', 'de'] }))
 * ```
 */
export function languagePaths(
  space: Space,
  names: Pick<ParamNames, 'languageParam'> = {},
): (route: { routePattern: string }) => StoryPath[] {
  return ({ routePattern }) => {
    const route = new RouteFiller(site.routed(space), routePattern, names)
    const languages = route.languages({ startsWith: '' })
    if (languages.length > 1) assertLocales(space)
    return languages.map((language) => ({ params: route.language(language) }))
  }
}

async function pathsIn(source: StorySource, route: RouteFiller, language: string | undefined): Promise<StoryPath[]> {
  // Paths are asked for by the build, or by the dev server itself: no visitor’s request is behind them.
  const storyblok = site.visit({ local: options.dev, drafts: options.drafts, building: !options.dev })
  const stories = (await storyblok.all(source, { language })) as readonly Story[]
  const params = stories
    .filter((story) => hasPageIn(story, language))
    .map((story) => route.story(source, story, language))
  const shown = params.filter((path) => path !== null)
  // Of a folder, the start page is often a page of its own.
  const hidden = params.length - shown.length
  if (hidden > 1) console.warn(hiddenMessage(source, hidden))
  return shown.map((path) => ({ params: path }))
}

/** A page knows its language by Astro's locales only. */
function assertLocales({ languages = [] }: Space): void {
  if (options.routing.languagePaths !== undefined) return
  const list = languages.map((language) => `'${language}'`).join(', ')
  throw new KeyblokError(
    'KB_CONFIGURATION_INVALID',
    'The space has several languages, and Astro’s configuration none.',
    {
      hint: `Add them to astro.config: i18n: { locales: [${list}], defaultLocale: '${languages[0]}' }.`,
    },
  )
}

function emptyMessage({ contentType, startsWith }: StorySource, routePattern: string): string {
  const type = contentType === undefined ? 'story' : `${[contentType].flat().join(' or ')} story`
  const folder = startsWith === '' ? '' : ` below “${startsWith}”`
  return `[keyblok] ${routePattern} has no pages: there is no ${type}${folder}.`
}

function noParameter(routePattern: string): KeyblokError {
  return new KeyblokError('KB_CONFIGURATION_INVALID', `The route ${routePattern} has no parameter for a slug.`, {
    hint: 'Name the page’s file with one, such as [slug].astro or [...slug].astro.',
  })
}

function hiddenMessage({ startsWith }: StorySource, count: number): string {
  return `[keyblok] ${count} stories below “${startsWith}” lie deeper than one segment, and get no page: [...slug].astro would show them all.`
}
