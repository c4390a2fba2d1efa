import { encodeSlug } from '../delivery/slug.js'
import type { WireStory } from '../delivery/wire.js'
import { findLanguage, isSameLanguage } from './languages.js'
import type { StorySource } from './source.js'
import type { Routing, Space } from './space.js'
import { trimSlashes } from './trim-slashes.js'
import type { Alternate } from './types.js'

/** What a story says about its slugs. */
export type StorySlugs = Pick<WireStory, 'full_slug' | 'default_full_slug' | 'translated_slugs'>

/**
 * Gives the full slug that a slug relative to a source means.
 *
 * @param slug - Empty or `undefined` is the source's start page, in a source without folder the space's home. There, the
 * language's code may stand before it, as the paths of its pages have it.
 * @param language - The language that is read.
 * @param space - The source's space, with the framework's routing.
 * @returns The full slug, or `null` when no story can have it.
 */
export function resolveSlug(
  source: StorySource,
  slug = '',
  language?: string,
  space: Space = source.space,
): string | null {
  const { startsWith } = source
  const relative = startsWith === '' ? withoutLanguage(space, trimSlashes(slug), language) : trimSlashes(slug)
  const fullSlug = relative === '' ? trimSlashes(startsWith) || space.home : `${startsWith}${relative}`
  return encodeSlug(fullSlug) === null ? null : fullSlug
}

function withoutLanguage(space: Space, slug: string, language: string | undefined): string {
  const code = space.translation === 'folders' ? '' : languagePrefix(space, language)
  if (code === '') return slug
  return slug === code ? '' : slug.startsWith(`${code}/`) ? slug.slice(code.length + 1) : slug
}

/** Tells whether a story lies in a source's folder. */
export function isIn({ startsWith }: Pick<StorySource, 'startsWith'>, story: StorySlugs): boolean {
  return `${defaultSlug(story)}/`.startsWith(startsWith) || `${trimSlashes(story.full_slug)}/`.startsWith(startsWith)
}

/**
 * Gives a story's slug relative to its source, in a language: the inverse of {@link resolveSlug}.
 *
 * @returns The slug; `undefined` for the source's start page. Where a folder's slug is translated too, as many segments
 * are left out as the source's folder has.
 */
export function relativeSlug(
  { startsWith, space }: StorySource,
  story: StorySlugs,
  language?: string,
): string | undefined {
  const start = trimSlashes(startsWith) || trimSlashes(space.home)
  if (defaultSlug(story) === start) return undefined
  const slug = slugIn(space, story, language)
  if (slug.startsWith(startsWith)) return slug.slice(startsWith.length)
  return slug
    .split('/')
    .slice(startsWith.split('/').length - 1)
    .join('/')
}

/** Tells whether a story has a page in a language; one of a space with one language has. */
export function hasPageIn({ alternates }: { alternates: readonly Alternate[] }, language: string | undefined): boolean {
  return language === undefined || alternates.length === 0 || alternates.some((page) => page.language === language)
}

/** Tells whether a story is the one of a full slug; Storyblok also finds stories by id, and by translated slugs. */
export function hasSlug(story: StorySlugs, fullSlug: string): boolean {
  const slugs = [story.full_slug, defaultSlug(story), ...(story.translated_slugs ?? []).map(({ path }) => path)]
  return slugs.some((slug) => trimSlashes(slug) === trimSlashes(fullSlug))
}

/** The slug in the default language, without slashes around it. */
function defaultSlug(story: StorySlugs): string {
  return trimSlashes(story.default_full_slug ?? story.full_slug)
}

function slugIn(space: Space, story: StorySlugs, language: string | undefined): string {
  const code = findLanguage(space, language)
  const translated = story.translated_slugs?.find(
    ({ lang }) => findLanguage(space, lang) === code && code !== undefined,
  )
  return translated ? trimSlashes(translated.path) : defaultSlug(story)
}

/**
 * Gives the path of a slug's page: the home story is `/`, a folder's start page is the folder, and every language but
 * the default one stands before. A folder that is named like a language is that language.
 */
export function pathOf(space: Space, slug: string, language?: string): string {
  const { base = '', trailingSlash = false, home, languages = [] } = space
  // Browsers take these out of an address, and what stood behind them could begin it.
  const plain = trimSlashes(slug.replace(/[\t\n\r]/g, ''))
  const [first = '', ...rest] = plain.split('/')
  const folder = languages.includes(first) ? first : undefined
  const prefix = folder === undefined ? languagePrefix(space, language) : languagePath(space, folder)
  const inside = folder === undefined ? plain : rest.join('/')
  // To browsers a backslash is a slash, and two slashes begin another host.
  const path = [trimSlashes(base), prefix, inside === trimSlashes(home) ? '' : inside]
    .filter(Boolean)
    .join('/')
    .replaceAll('\\', '%5C')
  if (path === '') return '/'
  // Where a base ends with a slash, hosts may serve the page at it by nothing else.
  const slash = trailingSlash || (base.endsWith('/') && path === trimSlashes(base))
  return `/${path}${slash ? '/' : ''}`
}

/** Gives what stands before the paths of a language: its path, or nothing for the one at the root. */
export function languagePrefix(space: Space, language: string | undefined): string {
  const [first] = space.languages ?? []
  const code = findLanguage(space, language) ?? first
  const atRoot = findLanguage(space, space.defaultLanguage) ?? first
  return code === undefined || (code === atRoot && !space.prefixDefaultLanguage) ? '' : languagePath(space, code)
}

/** Gives a language as paths have it, which is its code unless the framework has another word. */
export function languagePath({ languagePaths = {} }: Space, code: string): string {
  const own = Object.keys(languagePaths).find((language) => isSameLanguage(language, code))
  return own === undefined ? code : trimSlashes(languagePaths[own] ?? '')
}

/** Gives the path of a story's page in a language. */
export function storyPath(space: Space, story: StorySlugs, language?: string): string {
  return pathOf(space, slugIn(space, story, language), language)
}

/** Gives a story's pages in all languages of its space: translated slugs, translated fields, or folders. */
export function alternatesOf(space: Space, story: StorySlugs & Pick<WireStory, 'alternates'>): Alternate[] {
  const { languages = [] } = space
  if (languages.length < 2) return []
  const folders = (story.alternates ?? []).filter((alternate) => !alternate.is_folder)
  if (folders.length > 0) return folderAlternates(space, [story, ...folders])
  return languages
    .filter((language) => !isUnpublished(space, story, language))
    .map((language) => ({ language, href: storyPath(space, story, language) }))
}

function folderAlternates(space: Space, stories: readonly { full_slug: string }[]): Alternate[] {
  const { languages = [] } = space
  return stories
    .map(({ full_slug: slug }) => {
      const folder = trimSlashes(slug).split('/')[0] ?? ''
      return { language: languages.includes(folder) ? folder : (languages[0] ?? ''), href: pathOf(space, slug) }
    })
    .toSorted((a, b) => languages.indexOf(a.language) - languages.indexOf(b.language))
}

function isUnpublished(space: Space, story: StorySlugs, language: string): boolean {
  return (story.translated_slugs ?? []).some(
    ({ lang, published }) => findLanguage(space, lang) === language && published === false,
  )
}

/** Completes a space with what the framework's configuration says of its paths. */
export function withRouting(space: Space, routing: Routing): Space {
  return { ...routing, ...space }
}
