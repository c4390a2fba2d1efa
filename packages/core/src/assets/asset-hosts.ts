import { regionOfSpace, regionOrigins } from '../tokens/region.js'
import type { Region } from '../tokens/region.js'

/** The hosts of each region's asset libraries; the first is the one that content names (Storyblok's documentation of assets). */
const hostsByRegion: Readonly<Record<Region, readonly [string, ...string[]]>> = {
  eu: ['a.storyblok.com', 'a2.storyblok.com'],
  us: ['a-us.storyblok.com', 'a2-us.storyblok.com'],
  ca: ['a-ca.storyblok.com'],
  ap: ['a-ap.storyblok.com', 'a2-ap.storyblok.com'],
  cn: ['a.storyblokchina.cn'],
}

/** The hosts of all of Storyblok's asset libraries. */
export const assetHosts: readonly string[] = Object.values(hostsByRegion).flat()

/**
 * Gives the origin of a space's asset library, as its content names it.
 *
 * @param apiOrigin - The delivery API's origin; one that is not Storyblok's own leaves the region to the space's id.
 */
export function assetOriginOf(apiOrigin: string, spaceId: number): string {
  const named = Object.entries(regionOrigins).find(([, origin]) => origin === apiOrigin)
  const region = named ? (named[0] as Region) : regionOfSpace(spaceId)
  return `https://${hostsByRegion[region][0]}`
}
