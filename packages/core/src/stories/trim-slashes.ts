/** Removes the slashes around a slug. */
export function trimSlashes(slug: string): string {
  return slug.replace(/^\/+|\/+$/g, '')
}
