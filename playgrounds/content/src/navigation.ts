import type { Link } from '@keyblok/core'

export interface NavigationItem {
  name: string
  href: string
}

/** Sorts the space's links into a header (the folders' start pages) and a footer (the pages at the root). */
export function navigation(links: readonly Link[]): { header: NavigationItem[]; footer: NavigationItem[] } {
  const pages = links.filter(({ is_folder: isFolder }) => !isFolder).toSorted((a, b) => a.position - b.position)
  return {
    header: pages.filter((link) => link.is_startpage).map(toItem),
    footer: pages.filter((link) => link.parent_id === null && link.href !== '/').map(toItem),
  }
}

// Only what the page shows: whatever a `load` returns is sent to the browser.
function toItem({ name, href }: Link): NavigationItem {
  return { name, href }
}
