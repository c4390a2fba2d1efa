const longest = 2048

/**
 * Encodes a story's slug as a path, or refuses it.
 *
 * Each segment is encoded, so nothing in a slug can reach another endpoint or add a parameter. Slugs come from visitors'
 * URLs: one that no story can have is not an error, there is just no such story.
 *
 * @param slug - A full slug, such as `blog/hello`; slashes around it are ignored.
 * @returns The path without slashes around it, or `null` when a segment is empty, `.`, `..`, has control characters or
 * is no well-formed text.
 */
export function encodeSlug(slug: string): string | null {
  if (slug.length > longest || !slug.isWellFormed()) return null
  const segments = slug.replace(/^\/|\/$/g, '').split('/')
  return segments.every(isSegment) ? segments.map(encodeURIComponent).join('/') : null
}

function isSegment(segment: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\u0000-\u001f\u007f]/.test(segment)
}
