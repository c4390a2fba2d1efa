/** Removes the slashes around a slug, in one pass: a slug is whatever a visitor typed. */
export function trimSlashes(slug: string): string {
  let start = 0
  let end = slug.length
  while (start < end && slug[start] === '/') start++
  while (end > start && slug[end - 1] === '/') end--
  return slug.slice(start, end)
}
