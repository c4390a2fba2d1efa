import type { KeyblokError } from '@keyblok/core'
import { error } from '@sveltejs/kit'
import { dev } from 'virtual:keyblok/kit'

/**
 * Throws an error as Kit's own. In dev the page says what to do; in production it is plain and the log has the rest.
 *
 * @throws An HTTP error: 503 when the content cannot be had now, 499 when the visitor went away, else 500.
 */
export function throwKitError(cause: KeyblokError): never {
  // Nobody is there to read it.
  if (cause.code === 'KB_ABORTED') error(499, 'Client closed request')
  console.error(cause.report)
  const status = cause.unavailable ? 503 : 500
  error(status, dev ? cause.report : status === 503 ? 'Service unavailable' : 'Internal error')
}
