/** The header that only the editor's own page sends: other sites cannot send it without asking first. */
const editorHeader = 'X-Keyblok-Editor'

/** What proxies and tunnels add. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'cf-connecting-ip', 'x-real-ip', 'via']

const loopback = /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Tells whether a request was made by the editor's own page, opened on this machine. The editor acts with the rights of
 * the space's personal access token, so no other page may make it act: not one of another site (it sends no header of its
 * own), and not one whose name was pointed at this machine (its `Host` is not a loopback name).
 */
export function isFromEditor(request: Request, address: string | undefined): boolean {
  return (
    isOnThisMachine(request, address) &&
    request.headers.get(editorHeader) === '1' &&
    (request.headers.get('Sec-Fetch-Site') ?? 'same-origin') === 'same-origin' &&
    (request.headers.get('Origin') ?? new URL(request.url).origin) === new URL(request.url).origin
  )
}

/**
 * Tells whether a request was made on this machine: over a loopback connection, to a loopback name, and not passed on by
 * a proxy or tunnel.
 *
 * @param address - The client's address; none where the request came from this process.
 */
export function isOnThisMachine(request: Request, address: string | undefined): boolean {
  const isLocal = address === undefined || /^(::ffff:)?127\.|^::1$/.test(address)
  const isForwarded = forwardingHeaders.some((name) => request.headers.has(name))
  return isLocal && !isForwarded && loopback.test(new URL(request.url).hostname)
}
