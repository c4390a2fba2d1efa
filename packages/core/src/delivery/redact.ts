import type { Secret } from '../tokens/secret.js'

const replacement = '[token]'

/** Takes a token out of a text: as it is, URL-encoded, and as any `token` parameter. */
export function redact(text: string, secret: Secret): string {
  const value = secret.reveal()
  return text
    .replaceAll(value, replacement)
    .replaceAll(encodeURIComponent(value), replacement)
    .replaceAll(/([?&]token=)[^&\s"'<>]*/gi, `$1${replacement}`)
}

/**
 * Copies an error without the token. Runtimes put the URL of a failed request into their messages, so the error itself
 * is never handed on.
 */
export function redactError(error: unknown, secret: Secret): Error {
  if (!(error instanceof Error)) return new Error(redact(String(error), secret))
  const copy = new Error(
    redact(error.message, secret),
    error.cause === undefined ? undefined : { cause: redactError(error.cause, secret) },
  )
  copy.name = error.name
  copy.stack = undefined
  if ('code' in error && typeof error.code === 'string') Object.assign(copy, { code: error.code })
  return copy
}
