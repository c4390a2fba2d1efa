const tokenParameter = /((?:[?&]|^|%3f|%26)token(?:=|%3d))(?:(?!%26)[^&\s"'<>#])*/gi
const quick = /token(=|%3d)/i

/** Takes the token out of a text that holds a URL of Storyblok's API. Any other text comes back as it is. */
export function scrubText(text: string): string {
  return quick.test(text) ? text.replace(tokenParameter, '$1[token]') : text
}

/** Deeper than any event of a telemetry library, and nothing to follow for long. */
const deepest = 12

/**
 * Takes the token out of every text in a value, in place: telemetry libraries hand over what they are about to send.
 *
 * @returns The value.
 */
export function scrubInPlace<T>(value: T, depth = 0): T {
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  const record = value as Record<string, unknown>
  for (const key of Object.keys(record)) {
    const item = record[key]
    if (typeof item === 'string') {
      const scrubbed = scrubText(item)
      if (scrubbed !== item) record[key] = scrubbed
    } else {
      scrubInPlace(item, depth + 1)
    }
  }
  return value
}
