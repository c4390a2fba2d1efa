import { isLoopbackHost } from './settings.js'

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
 * Tells whether a request to a dev server comes from this machine: it names a loopback host, and nothing forwarded it.
 * A tunnel that exposes a dev server fails one or the other, so drafts stay here.
 */
export function isLocalRequest(headers: Pick<Headers, 'get' | 'has'>): boolean {
  const host = headers.get('host')
  if (host === null || forwardingHeaders.some((name) => headers.has(name))) return false
  return isLoopbackHost(host.toLowerCase().replace(/:\d+$/, ''))
}
