import { KeyblokError } from '../errors.js'
import { isLoopbackHost } from '../tokens/loopback-host.js'
import { managementOrigins, regionOfSpace } from '../tokens/region.js'
import type { Region } from '../tokens/region.js'

/**
 * Finds the Management API of a space.
 *
 * @param env - Reads environment variables: `STORYBLOK_API_URL` (a local space), `STORYBLOK_REGION`, `STORYBLOK_SPACE_ID`.
 * @returns Its origin; that of the European region where nothing tells another.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when the address would send the token unencrypted, or is none.
 */
export function managementUrl(env: (name: string) => string | undefined): string {
  const local = env('STORYBLOK_API_URL')
  if (local) return checkedOrigin(local)
  const region = env('STORYBLOK_REGION')?.toLowerCase()
  const named = region === 'au' ? 'ap' : region
  if (named && Object.hasOwn(managementOrigins, named)) return managementOrigins[named as Region]
  return managementOrigins[regionOfSpace(Number(env('STORYBLOK_SPACE_ID') ?? 0))]
}

/** A personal access token outranks all others, so it goes to no other machine without encryption. */
function checkedOrigin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url && (url.username !== '' || url.password !== '' || url.search !== '')) {
    throw new KeyblokError(
      'KB_CONFIGURATION_INVALID',
      'STORYBLOK_API_URL carries credentials or a query. Give the origin only.',
    )
  }
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    return value.replace(/\/+$/, '')
  }
  throw new KeyblokError(
    'KB_CONFIGURATION_INVALID',
    'STORYBLOK_API_URL is neither https nor on this machine; a token would be sent unencrypted.',
  )
}
