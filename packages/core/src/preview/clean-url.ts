import { readEditorView, viewParameters } from './editor-view.js'
import type { EditorView } from './editor-view.js'

/** The parameter by which an editor's links say that they want no cache. It holds no secret and gives no right. */
export const cacheMarker = '_keyblok'

/** Tells whether a request's URL says that an editor is asking: caches are to let it pass, whatever it may read. */
export function isEditorsUrl({ searchParams }: URL): boolean {
  return [...searchParams.keys()].some(isEditorsParameter)
}

/** Tells whether a parameter of an address is an editor's, of which a visitor's address has none. */
export function isEditorsParameter(name: string): boolean {
  return name === cacheMarker || name.startsWith('_storyblok')
}

/** The marker's value that ends the preview. */
export const leaveValue = 'leave'

/**
 * Gives the URL of a request without some of its parameters, as a redirect target that stays on this host.
 *
 * @param drop - Tells which parameters go.
 * @returns A path with its query. One that starts with two slashes would name another host, so it gets a dot before.
 */
export function cleanPath(url: URL, drop: (name: string) => boolean): string {
  const query = new URLSearchParams([...url.searchParams].filter(([name]) => !drop(name)))
  const path = url.pathname.replaceAll('\\', '%5C')
  const search = query.size === 0 ? '' : `?${query}`
  return `${path.startsWith('//') ? '/.' : ''}${path}${search}`
}

/**
 * Marks where an editor is sent on to, so that no cache answers there: the marker goes along, and what the editor shows.
 *
 * @param location - A `Location` header.
 * @param url - The request's URL.
 * @returns The same place; another host's stays as it is.
 */
export function markRedirect(location: string, url: URL): string {
  if (!URL.canParse(location, url)) return location
  const target = new URL(location, url)
  if (target.origin !== url.origin || target.searchParams.has(cacheMarker)) return location
  target.searchParams.set(cacheMarker, '1')
  const view = readEditorView(url)
  for (const [part, name] of Object.entries(viewParameters) as [keyof EditorView, string][]) {
    const value = view[part]
    if (value !== undefined && !target.searchParams.has(name)) target.searchParams.set(name, value)
  }
  return cleanPath(target, () => false) + target.hash
}
