import { storyHref } from '@keyblok/core'
import type { Space, StoryLink } from '@keyblok/core'

/** Gives the address of a link field, or `undefined` when it is empty or no address a page may link to. */
export function linkHref(space: Space, link: StoryLink | null | undefined, language?: string): string | undefined {
  return link ? storyHref(link, space, { language }) : undefined
}
