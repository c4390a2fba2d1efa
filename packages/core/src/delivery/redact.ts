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

/** How many causes below an error are copied; a chain can be a circle. */
const deepestCause = 4

/**
 * Copies an error without the token. Runtimes put the URL of a failed request into their messages, so the error itself
 * is never handed on.
 */
export function redactError(error: unknown, secret: Secret, depth = 0): Error {
  const { name, message, cause, code } = toError(error)
  const hasCause = cause !== undefined && depth < deepestCause
  const copy = new Error(
    redact(message, secret),
    hasCause ? { cause: redactError(cause, secret, depth + 1) } : undefined,
  )
  copy.name = name
  // It repeats the message, and shows only the runtime's own code.
  copy.stack = undefined
  return typeof code === 'string' ? Object.assign(copy, { code }) : copy
}

/** Finds the system's code of a failure, such as `ECONNREFUSED`, in an error or its causes. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, cause } = toError(error)
  return typeof code === 'string' ? code : systemCode(cause)
}

function toError(error: unknown): Error & { code?: unknown } {
  return error instanceof Error ? error : new Error(String(error))
}
