/** Escapes JSON as Rails does: angle brackets and ampersands. */
function escapeJson(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
}

/** Writes a value as JSON, escaped as on the wire. */
export function toJson(value: unknown): string {
  return escapeJson(JSON.stringify(value))
}

/** Parts of a body, in their order. Stories are put into answers without being copied. */
export type Parts = readonly Buffer[]

const comma = Buffer.from(',')

/** Writes text as UTF-8, as one part of a body. */
export function bytes(text: string): Parts {
  return [Buffer.from(text)]
}

/** Puts commas between the members of an array. */
export function joinBytes(members: Parts): Parts {
  return members.flatMap((member, index) => (index === 0 ? [member] : [comma, member]))
}

/** The length of a body in bytes. */
export function lengthOf(parts: Parts): number {
  return parts.reduce((length, part) => length + part.length, 0)
}
