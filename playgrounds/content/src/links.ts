import { storyHref } from '@keyblok/core'
import type { Space } from '@keyblok/core'
import type { Multilink } from './bloks.js'
import type { RichTextMark } from './richtext.js'

/** Gives the address of a link field, or `undefined` when it is empty or no address a page may link to. */
export function linkHref(space: Space, link: Multilink | undefined): string | undefined {
  if (!link) return undefined
  return address(space, link.linktype, link.linktype === 'story' ? link.cached_url : (link.email ?? link.url))
}

/** Gives the address of a link in rich text. */
export function markHref(space: Space, { attrs }: RichTextMark): string | undefined {
  return address(space, attrs?.linktype ?? 'url', attrs?.href ?? '')
}

function address(space: Space, type: string, target: string): string | undefined {
  if (target === '') return undefined
  if (type === 'story') return storyHref(space, target)
  if (type === 'email') return `mailto:${target}`
  // An editor can type anything, `javascript:` included.
  return /^(https?:\/\/|\/(?!\/))/.test(target) ? target : undefined
}
