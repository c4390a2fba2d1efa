const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }

/** Escapes JSON as Rails does: angle brackets and ampersands. */
export function escapeJson(json: string): string {
  return /[<>&]/.test(json) ? json.replace(/[<>&]/g, (character) => escapes[character] ?? character) : json
}

/** Writes a value as JSON, escaped as on the wire. */
export function toJson(value: unknown): string {
  return escapeJson(JSON.stringify(value))
}
