/** An HTTP answer before it is written: a string or an array of bytes is written as it is, anything else as JSON. */
export interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** Ends an operation with an error answer. Bodies are Storyblok's own, to the letter. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly answer: Answer

  constructor(status: number, body: unknown, headers?: Record<string, string>) {
    super(`answered with status ${status}`)
    this.answer = { status, body, headers }
  }
}

/** No token, an unknown one, or one that may not read what was asked. */
export const unauthorized = (): WireError => new WireError(401, { error: 'Unauthorized' })

/** No such record in the version that was asked; the body is an array. */
export const notFound = (): WireError => new WireError(404, ['This record could not be found'])

/** Parameters that the endpoint does not know. */
export const notAllowed = (names: readonly string[]): WireError =>
  new WireError(422, { error: `Parameter(s) ${names.join(', ')} not allowed` })

/** A credential that is valid and may not do this. */
export const forbidden = (message = 'Forbidden'): WireError => new WireError(403, { error: message })

/** A value that cannot be taken, in Storyblok's words for it. */
export const unprocessable = (error: string): WireError => new WireError(422, { error })

/** Too many requests in one second. */
export function tooManyRequests(perSecond: number, retryAfter: boolean): WireError {
  const error = `Rate limit of ${perSecond} request per second has been reached. Retry later.`
  return new WireError(429, { error }, retryAfter ? { 'Retry-After': '1' } : undefined)
}
