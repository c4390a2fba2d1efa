/** After these, what the dev server loaded is old. */
const changes: ReadonlySet<unknown> = new Set(['change', 'published', 'unpublished'])

/** A page's own window, and the one that frames it. */
export interface Frame {
  self: unknown
  parent: unknown
}

/**
 * Tells whether a message says that something was saved, published or unpublished. Anybody can send messages: one counts
 * only from the window that frames the page, and only while that window shows an editor.
 *
 * @param origins - The editors' origins.
 */
export function saysContentChanged(
  { source, origin, data }: Pick<MessageEvent<unknown>, 'source' | 'origin' | 'data'>,
  { self, parent }: Frame,
  origins: readonly string[],
): boolean {
  if (parent === self || source !== parent || !origins.includes(origin)) return false
  if (typeof data !== 'object' || data === null || !('action' in data)) return false
  return changes.has(data.action)
}
