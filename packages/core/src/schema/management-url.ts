import { managementOrigins, regionOfSpace } from '../tokens/region.js'
import type { Region } from '../tokens/region.js'

/**
 * Finds the Management API of a space.
 *
 * @param env - Reads environment variables: `STORYBLOK_API_URL` (a local space), `STORYBLOK_REGION`, `STORYBLOK_SPACE_ID`.
 * @returns Its origin; that of the European region where nothing tells another.
 */
export function managementUrl(env: (name: string) => string | undefined): string {
  const local = env('STORYBLOK_API_URL')
  if (local) return local
  const region = env('STORYBLOK_REGION')
  const named = region === 'au' ? 'ap' : region
  if (named && Object.hasOwn(managementOrigins, named)) return managementOrigins[named as Region]
  return managementOrigins[regionOfSpace(Number(env('STORYBLOK_SPACE_ID') ?? 0))]
}
