import { sha256 } from '../encoding.js'
import type { Secret } from './secret.js'

const names = new WeakMap<Secret, Promise<string>>()

/** Names a token without telling it, for the keys of caches: tokens of one space can see different stories. */
export function tokenName(token: Secret): Promise<string> {
  const known = names.get(token)
  if (known) return known
  const name = sha256(`keyblok token name: ${token.reveal()}`).then((hash) => hash.slice(0, 32))
  names.set(token, name)
  return name
}
