import coerce from 'semver/functions/coerce.js'
import isWithin from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'

/**
 * Tells whether a version is of a range. What is no version or no range, such as a place in a workspace, is taken to be
 * right.
 */
export function satisfies(version: string, range: string): boolean {
  const given = coerce(version)
  return given === null || validRange(range) === null || isWithin(given, range)
}
