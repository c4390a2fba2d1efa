/** What is known of a dev server's request. */
export interface DevRequest {
  local: boolean
}

/** Where the dev server keeps the storage of its current request. */
export const devRequestsKey: unique symbol = Symbol.for('keyblok.dev-requests') as never

const exposedKey = Symbol.for('keyblok.dev-exposed')

/** Notes that another machine asks the dev server, so that what all pages share must not be a draft. */
export function expose(): void {
  Object.assign(globalThis, { [exposedKey]: true })
}

/** Whether another machine asked the dev server. */
export function isExposed(): boolean {
  return exposedKey in globalThis
}

/** The header by which the dev server tells the same to pages that run in another process. No client's own gets through. */
export const localHeader = 'x-keyblok-local'

/**
 * Tells whether the dev server's current request comes from this machine; `false` where nothing is known.
 *
 * @param headers - The request's headers, unless the page is prerendered.
 */
export function isLocalDevRequest(headers?: Headers): boolean {
  const scope = globalThis as { [devRequestsKey]?: { getStore(): DevRequest | undefined } }
  return scope[devRequestsKey]?.getStore()?.local ?? headers?.get(localHeader) === '1'
}
