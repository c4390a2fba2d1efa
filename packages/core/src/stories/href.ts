import type { WireStory } from '../delivery/wire.js'
import { pathOf, storyPath } from './slugs.js'
import type { Space } from './space.js'

/** A link field, or a link's attributes in rich text, as Storyblok delivers them. */
export interface StoryLink {
  linktype?: string | null
  url?: string | null
  href?: string | null
  /** The full slug of the story that is meant, as it was when the link was saved. */
  cached_url?: string | null
  email?: string | null
  anchor?: string | null
  /** The story that is meant, as it is now; readers put it in where the space has `resolveLinks`. */
  story?: Pick<WireStory, 'full_slug'> | null
}

/** How {@link storyHref} writes a path. */
export interface HrefOptions {
  /** The language of the page; by default the space's first. */
  language?: string
}

/** What browsers may follow. Anything else, such as `javascript:`, could run code. */
const safeScheme = /^(https?|mailto|tel|sms):/i
const anyScheme = /^[a-z][a-z\d+.-]*:/i

/**
 * Gives the `href` of a link or a full slug.
 *
 * @param link - A full slug, a link field, which may be empty, or a link's attributes.
 * @param space - Its languages and routing.
 * @returns The `href`; `undefined` for an empty link and for schemes that could run code, which leaves the attribute out.
 *
 * @example
 * ```ts
 * import { defineSpace, storyHref } from '@keyblok/core'
 *
 * const space = defineSpace()
 * storyHref('blog/hello', space) // '/blog/hello'
 * storyHref({ linktype: 'email', email: 'hello@example.com' }, space) // 'mailto:hello@example.com'
 * ```
 */
export function storyHref(link: string, space: Space, options?: HrefOptions): string
export function storyHref(link: StoryLink | null | undefined, space: Space, options?: HrefOptions): string | undefined
export function storyHref(
  link: string | StoryLink | null | undefined,
  space: Space,
  { language }: HrefOptions = {},
): string | undefined {
  if (typeof link === 'string') return pathOf(space, link, language)
  if (!link) return undefined
  const href = targetOf(link, space, language)
  if (href === undefined) return undefined
  const anchor = link.anchor ? `#${encodeURI(link.anchor.replace(/^#/, '').toWellFormed())}` : ''
  return `${href}${anchor}`
}

function targetOf(link: StoryLink, space: Space, language: string | undefined): string | undefined {
  const url = link.url || link.href || ''
  if (link.linktype === 'email') {
    const email = (link.email || url).replace(/^mailto:/i, '')
    return email === '' ? undefined : `mailto:${email}`
  }
  if (link.linktype !== 'story') return safeUrl(url)
  if (link.story) return storyPath(space, link.story, language)
  // An absolute one was written by hand, or is the page of another site.
  const slug = link.cached_url || url
  if (slug === '') return link.anchor ? '' : undefined
  return anyScheme.test(slug) ? safeUrl(slug) : pathOf(space, slug, language)
}

/** Browsers ignore white space and control characters in and before a scheme, so these are taken out first. */
function safeUrl(url: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const plain = url.replace(/[\u0000-\u0020\u007f-\u009f]+/g, (run) => (/^ +$/.test(run) ? run : '')).trim()
  if (plain === '') return undefined
  const compact = plain.replaceAll(' ', '')
  return anyScheme.test(compact) && !safeScheme.test(compact) ? undefined : plain
}
