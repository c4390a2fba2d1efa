/** An HTTP answer of the delivery API before it is written. */
export interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** Ends an operation with an error answer. Bodies are Storyblok's own, to the letter. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly answer: Answer

  constructor(status: number, body: unknown) {
    super(`answered with status ${status}`)
    this.answer = { status, body }
  }
}

/** No token, an unknown one, or one that may not read what was asked. */
export const unauthorized = (): WireError => new WireError(401, { error: 'Unauthorized' })

/** No such record in the version that was asked; the body is an array. */
export const notFound = (): WireError => new WireError(404, ['This record could not be found'])

/** Parameters that the endpoint does not know. */
export const notAllowed = (names: readonly string[]): WireError =>
  new WireError(422, { error: `Parameter(s) ${names.join(', ')} not allowed` })

/** Parameters that Storyblok knows and this local space does not. */
export const notSupported = (names: readonly string[]): WireError =>
  new WireError(501, { error: `The local space does not support the parameter(s) ${names.join(', ')} yet` })
