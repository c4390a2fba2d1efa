import type { ServerLoadEvent } from '@sveltejs/kit'

// Kit's tools fill in a route's own event, and check parameter names by it, where any event fits.
// oxlint-disable-next-line no-explicit-any
export type AnyLoadEvent = ServerLoadEvent<any, any, any>

/**
 * Names what a load depends on, so that `invalidate('storyblok:stories')` runs it again; and with a story's id, such as
 * `invalidate('storyblok:story/5')`, the loads of that story.
 */
export function dependOn(event: Pick<ServerLoadEvent, 'depends' | 'url'>, ids: readonly number[]): void {
  event.depends('storyblok:stories', ...ids.map((id) => `storyblok:story/${id}` as const))
  // The language is the request's, which SvelteKit does not track: a load that reads the address runs again with it.
  void event.url.pathname
}

/** Gives the query of a page's address. One that is prerendered has none: Kit throws where it is asked for, in dev too. */
export function searchOf(url: URL): string {
  try {
    return url.search
  } catch {
    return ''
  }
}
