import { KeyblokError } from '@keyblok/core'
import type { Space, StorySource } from '@keyblok/core'
import { languagePath, languagePrefix, relativeSlug } from '@keyblok/core/server'
import type { StorySlugs } from '@keyblok/core/server'
import { parseRoutePattern } from './route-pattern.js'
import type { RouteParam, RoutePattern } from './route-pattern.js'

/** The parameters of one path. */
export type PathParams = Record<string, string | undefined>

/** Which parameters of a route mean what, where they are not found by their names. */
export interface ParamNames {
  /** The route's parameter for the slug; its last one by default. */
  param?: string
  /** The route's parameter for the language; one that is called `lang`, `language` or `locale` by default. */
  languageParam?: string
}

/** Finds what the parameters of a route mean, and fills them. */
export class RouteFiller {
  /** The space, with the framework's routing. */
  readonly #space: Space
  readonly #pattern: RoutePattern
  readonly #slug: RouteParam | undefined
  readonly #language: RouteParam | undefined

  /** @param routePattern - The route, as Astro tells it. */
  constructor(space: Space, routePattern: string, { param, languageParam }: ParamNames = {}) {
    const { params } = (this.#pattern = parseRoutePattern(routePattern))
    const named = (name: string): RouteParam => {
      const found = params.find((candidate) => candidate.name === name)
      if (found) return found
      throw new KeyblokError('KB_CONFIGURATION_INVALID', `The route ${routePattern} has no parameter “${name}”.`, {
        hint: 'The parameters are what stands in brackets in the name of the page’s file and its folders.',
      })
    }
    this.#space = space
    this.#slug = param === undefined ? params.at(-1) : named(param)
    this.#language =
      languageParam === undefined
        ? params.find((one) => isLanguage(one.name) && (one !== this.#slug || params.length === 1))
        : named(languageParam)
  }

  /** The languages that the route has a place for. */
  languages({ startsWith }: Pick<StorySource, 'startsWith'>): readonly (string | undefined)[] {
    const { languages = [], translation } = this.#space
    const { folder } = this.#pattern
    if (languages.length === 0 || translation === 'folders') return [undefined]
    if (this.#language) return languages
    const fixed = languages.find((code) => languagePath(this.#space, code) === folder)
    if (fixed !== undefined) return [fixed]
    return this.#takesLanguage({ startsWith }) ? languages : [languages[0]]
  }

  /** Whether the language stands before the slug. */
  #takesLanguage({ startsWith }: Pick<StorySource, 'startsWith'>): boolean {
    return this.#pattern.startsWithParam && this.#slug?.rest === true && startsWith === '' && !this.#language
  }

  /** Fills the language's parameter only. */
  language(language: string | undefined): PathParams {
    if (!this.#language) return {}
    const { name, rest } = this.#language
    // A parameter of one segment is never empty.
    const needed = rest || language === undefined ? undefined : languagePath(this.#space, language)
    return { [name]: languagePrefix(this.#space, language) || needed }
  }

  /** Fills the parameters for a story's page in a language; `null` when the route cannot show it. */
  story(source: StorySource, story: StorySlugs, language: string | undefined): PathParams | null {
    if (!this.#slug) return null
    const relative = relativeSlug(source, story, language)
    const { name, rest } = this.#slug
    if (!rest && (relative === undefined || relative.includes('/'))) return null
    const inFront = this.#takesLanguage(source) ? languagePrefix(this.#space, language) : ''
    return { [name]: [inFront, relative].filter(Boolean).join('/') || undefined, ...this.language(language) }
  }
}

function isLanguage(name: string): boolean {
  return ['lang', 'language', 'locale'].includes(name)
}
