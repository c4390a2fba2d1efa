import type { Link } from '@keyblok/core'

export interface NavigationItem {
  name: string
  href: string
}

/**
 * Sorts the space's links into a header (the start pages of the folders at the root) and a footer (the pages at the
 * root).
 *
 * @param language - The language of the names, where they are translated.
 */
export function navigation(
  links: readonly Link[],
  language?: string,
): { header: NavigationItem[]; footer: NavigationItem[] } {
  // Only what the page shows: whatever a `load` returns is sent to the browser.
  const toItem = ({ name, href, alternates = [] }: Link): NavigationItem => {
    const translated = alternates.find(({ lang }) => lang === language)
    return { name: translated?.name || name, href }
  }
  const roots = new Set(links.filter((link) => link.is_folder && link.parent_id === null).map(({ id }) => id))
  const pages = links.filter(({ is_folder: isFolder }) => !isFolder).toSorted((a, b) => a.position - b.position)
  return {
    header: pages.filter((link) => link.is_startpage && roots.has(link.parent_id ?? 0)).map(toItem),
    footer: pages.filter((link) => link.parent_id === null && !link.is_startpage && !isHome(link)).map(toItem),
  }
}

function isHome({ slug }: Link): boolean {
  return slug === 'home'
}
