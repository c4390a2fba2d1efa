const base = 'https://own.invalid'

/**
 * Tells whether an address is a path of this site, in every reading: one that a browser, a proxy or a framework could take
 * for another host is none.
 *
 * @param path - A path from `/`, with a query or without.
 */
export function isOwnPath(path: string): boolean {
  if (!path.startsWith('/') || !URL.canParse(path, base)) return false
  const { origin, pathname } = new URL(path, base)
  if (origin !== base) return false
  const readings = [path.split(/[?#]/)[0] ?? '', pathname, decoded(pathname), decoded(decoded(pathname))]
  // oxlint-disable-next-line no-control-regex -- browsers take some of these out of an address
  return readings.every((reading) => !/^\/{2}|\\|[\u0000-\u001f]/.test(reading))
}

/** What cannot be decoded is no path. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return '\\'
  }
}
