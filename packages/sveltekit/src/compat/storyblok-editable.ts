import { storyblokEditable as attributesOf } from '@keyblok/core/compat'
import type { ActionReturn } from 'svelte/action'

const names = ['data-blok-c', 'data-blok-uid'] as const

/**
 * Tells the Visual Editor which blok an element shows, as an action: `use:storyblokEditable={blok}`. Only drafts are marked,
 * so a visitor's page has nothing of it.
 *
 * @param node - The element.
 * @param blok - The blok that it shows.
 */
export function storyblokEditable(
  node: Element,
  blok: object | null | undefined,
): ActionReturn<object | null | undefined> {
  const mark = (shown: typeof blok): void => {
    const attributes = attributesOf(shown)
    for (const name of names) {
      const value = attributes[name]
      if (value === undefined) node.removeAttribute(name)
      else node.setAttribute(name, value)
    }
  }
  mark(blok)
  return { update: mark }
}
