import { createHash } from 'node:crypto'
import type { LocalSpace } from '@keyblok/space'

/** How a signature differs from one that the Visual Editor would make now. */
interface SignatureOptions {
  /** The token that signs, the space's preview token by default. */
  token?: string
  /** How many seconds ago it was made. */
  age?: number
}

/** The URL that a space's Visual Editor opens for a page. */
export function signedUrl(
  page: string,
  space: LocalSpace,
  { token = space.tokens.preview, age = 0 }: SignatureOptions = {},
): string {
  const timestamp = Math.floor(Date.now() / 1000) - age
  const signature = createHash('sha1').update(`${space.id}:${token}:${timestamp}`).digest('hex')
  const query = { space_id: space.id, timestamp, token: signature }
  const parameters = Object.entries(query).map(([name, value]) => `_storyblok_tk[${name}]=${value}`)
  return `${page}?_storyblok=1&${parameters.join('&')}`
}
