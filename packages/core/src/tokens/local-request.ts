import { isLoopbackHost } from './loopback-host.js'

const forwardingHeaders = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-real-ip',
  'x-original-host',
  'true-client-ip',
  'cf-connecting-ip',
  'cf-ray',
  'fly-client-ip',
  'ngrok-trace-id',
]

/**
 * Tells whether a request to a dev server comes from this machine: the connection does, it names a loopback host, and
 * nothing forwarded it. A proxy on this machine that hides all three signs cannot be told from its user.
 *
 * @param headers - The request's headers.
 * @param peer - The address at the other end of the connection; unknown means elsewhere.
 */
export function isLocalRequest(headers: Pick<Headers, 'get' | 'has'>, peer: string | undefined): boolean {
  const host = headers.get('host')
  if (host === null || peer === undefined || !isLoopbackAddress(peer)) return false
  if (forwardingHeaders.some((name) => headers.has(name))) return false
  return isLoopbackHost(host.toLowerCase().replace(/:\d+$/, ''))
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address)
}
