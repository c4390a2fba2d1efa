/** What is known of a dev server's request. */
export interface DevRequest {
  local: boolean
}

/** Where the dev server keeps the storage of its current request. */
export const devRequestsKey: unique symbol = Symbol.for('keyblok.dev-requests') as never

/** Tells whether the dev server's current request comes from this machine; `false` where nothing is known. */
export function isLocalDevRequest(): boolean {
  const scope = globalThis as { [devRequestsKey]?: { getStore(): DevRequest | undefined } }
  return scope[devRequestsKey]?.getStore()?.local ?? false
}
