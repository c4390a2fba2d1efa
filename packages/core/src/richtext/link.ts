import type { WireTranslatedSlug } from '../delivery/wire.js'
import { storyHref } from '../stories/href.js'
import type { StoryLink } from '../stories/href.js'
import type { StorySlugs } from '../stories/slugs.js'
import type { LinkAttributes, RichTextOptions } from './types.js'
import { choiceOf, classOf, textOf, wireOf } from './values.js'
import type { Wire } from './values.js'

/** The custom attributes that a link may have unasked. None of them can run code. */
const plainAttributes = ['hreflang', 'lang', 'dir', 'download', 'aria-label'] as const

/** Reads the attributes of a link; `undefined` where it has no address that a page may link to. */
export function readLink(attrs: Wire, options: RichTextOptions): LinkAttributes | undefined {
  const href = hrefOf(attrs, options)
  if (href === undefined) return undefined
  const custom = wireOf(attrs['custom'])
  const target = choiceOf(attrs['target'] ?? custom['target'], ['_blank', '_parent', '_top'])
  return {
    href,
    target,
    rel: relOf([attrs['rel'], custom['rel'], target === '_blank' ? 'noopener' : '']),
    title: textOf(attrs['title'] ?? custom['title']),
    class: classOf(custom['class']),
    ...customAttributes(custom, options),
  }
}

function hrefOf(attrs: Wire, { space, language, site }: RichTextOptions): string | undefined {
  const href = storyHref(storyLinkOf(attrs), space, { language })
  if (href === undefined || site === undefined || !href.startsWith('/') || !URL.canParse(href, site)) return href
  return new URL(href, site).href
}

/** Reads as much of a link as an address is made of. */
function storyLinkOf(attrs: Wire): StoryLink {
  return {
    linktype: textOf(attrs['linktype']),
    url: textOf(attrs['url']),
    href: textOf(attrs['href']),
    cached_url: textOf(attrs['cached_url']),
    email: textOf(attrs['email']),
    anchor: textOf(attrs['anchor']),
    story: slugsOf(wireOf(attrs['story'])),
  }
}

/** Reads where the story is now, which a reader puts in where the space resolves links. */
function slugsOf(story: Wire): StorySlugs | undefined {
  const fullSlug = textOf(story['full_slug'])
  const translated: unknown[] = Array.isArray(story['translated_slugs']) ? story['translated_slugs'] : []
  if (fullSlug === undefined) return undefined
  return {
    full_slug: fullSlug,
    default_full_slug: textOf(story['default_full_slug']),
    translated_slugs: translated.filter(isTranslatedSlug),
  }
}

function isTranslatedSlug(value: unknown): value is WireTranslatedSlug {
  const { path, lang } = wireOf(value)
  return typeof path === 'string' && typeof lang === 'string'
}

/** Joins what says how a link relates to the page; each word once. */
function relOf(values: readonly unknown[]): string | undefined {
  const words = values.flatMap((value) => (typeof value === 'string' ? value.toLowerCase().split(/\s+/) : []))
  return [...new Set(words.filter((word) => /^[a-z][a-z-]*$/.test(word)))].join(' ') || undefined
}

/** Looks for what is allowed, so that nothing else is ever taken. */
function customAttributes(custom: Wire, { linkAttributes = [] }: RichTextOptions): Partial<LinkAttributes> {
  const named = linkAttributes.filter((name) => /^(data|aria)-[a-z][a-z\d-]*$/.test(name))
  const found = [...plainAttributes, ...named]
    .filter((name) => Object.hasOwn(custom, name))
    .map((name): [string, string | undefined] => [name, textOf(custom[name])])
  return Object.fromEntries(found)
}
