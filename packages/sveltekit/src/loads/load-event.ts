import { KeyblokError } from '@keyblok/core'
import type { Space } from '@keyblok/core'
import { isLanguageOf } from '@keyblok/core/server'
import type { Storyblok } from '@keyblok/core/server'
import { error } from '@sveltejs/kit'
import type { ServerLoadEvent } from '@sveltejs/kit'
import { throwKitError } from '../kit-error.js'

// Kit's tools fill in a route's own event, and check parameter names by it, where any event fits.
// oxlint-disable-next-line no-explicit-any
export type AnyLoadEvent = ServerLoadEvent<any, any, any>

/**
 * Gives the reader of a request, for pages of a space.
 *
 * @throws An HTTP error: 500 where the app has no `storyblokHandle`, 404 for a language that the space has not.
 */
export function readerOf(event: Pick<ServerLoadEvent, 'locals'>, space: Space): Storyblok {
  const storyblok = assertReader(event)
  if (!isLanguageOf(space, storyblok.language)) error(404, 'Not found')
  return storyblok
}

/**
 * Gives the reader of a request.
 *
 * @throws An HTTP error: 500 where the app has no `storyblokHandle`.
 */
export function assertReader({ locals }: { locals: object }): Storyblok {
  const { storyblok } = locals as { storyblok?: Storyblok }
  if (!storyblok) {
    throwKitError(
      new KeyblokError('KB_CONFIGURATION_INVALID', 'event.locals.storyblok is not there.', {
        hint: 'Export `handle = storyblokHandle()` from src/hooks.server.ts; in sequence() it comes first.',
      }),
    )
  }
  return storyblok
}

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
