import { isLoopbackHost } from '@keyblok/core/management'
import type { Account } from './account.js'

/** Whether an address may be asked: encrypted, or on this machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}

/** Whether the space says that its site runs on the host of an address. */
export async function isListed({ host }: URL, account: Account): Promise<boolean> {
  const places = await account.places()
  return Array.isArray(places) && places.some(({ location }) => hostOf(location) === host)
}

function hostOf(location: string): string | undefined {
  return URL.canParse(location) ? new URL(location).host : undefined
}
