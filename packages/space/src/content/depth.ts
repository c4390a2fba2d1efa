/** Deeper than any story, and within what SQLite reads of JSON: it stops at 1000 levels. */
export const deepest = 900

/** Tells whether a value is nested deeper than can be worked with, without going deep itself. */
export function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
    if (level.length === 0) return false
  }
  return true
}
