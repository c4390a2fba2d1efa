/** The header that only the editor's own page sends: other sites cannot send it without asking first. */
const editorHeader = 'X-Keyblok-Editor'

const loopback = /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Tells whether a request was made by the editor's own page, opened on this machine. The editor acts with the rights of
 * the space's personal access token, so no other page may make it act: not one of another site (it sends no header of its
 * own), and not one whose name was pointed at this machine (its `Host` is not a loopback name).
 */
export function isFromEditor(request: Request): boolean {
  return (
    isOnThisMachine(request) &&
    request.headers.get(editorHeader) === '1' &&
    (request.headers.get('Sec-Fetch-Site') ?? 'same-origin') === 'same-origin' &&
    (request.headers.get('Origin') ?? new URL(request.url).origin) === new URL(request.url).origin
  )
}

/** Tells whether a request names this machine by a loopback name. */
export function isOnThisMachine(request: Request): boolean {
  return loopback.test(new URL(request.url).hostname)
}
