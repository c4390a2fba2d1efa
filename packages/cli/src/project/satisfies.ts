/** Major, minor and patch. */
type Parts = readonly [number, number, number]

/**
 * Tells whether a version is of a range: `^`, `~`, `>=` and whole versions, joined by `||`. Anything else, such as a
 * place in a workspace, is taken to be right.
 */
export function satisfies(version: string, range: string): boolean {
  const given = parse(version)
  return given === undefined || range.split('||').some((part) => isWithin(given, part.trim()))
}

function isWithin(given: Parts, range: string): boolean {
  const [, operator = '', text = ''] = /^(\^|~|>=)?\s*v?(\d[\d.]*)$/.exec(range) ?? []
  const least = parse(text)
  if (!least || compare(given, least) < 0) return !least
  if (operator === '>=') return true
  const [major, minor] = least
  if (given[0] !== major) return false
  // Below 1.0 a new minor version may change anything.
  if (operator === '^') return major > 0 || given[1] === minor
  return operator === '~' ? given[1] === minor : compare(given, least) === 0
}

/** Tells an order: less than 0 where the first is older. */
function compare(a: Parts, b: Parts): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function parse(version: string): Parts | undefined {
  const [, major, minor = '0', patch = '0'] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}
