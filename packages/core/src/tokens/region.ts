/** Where a space is stored. */
export type Region = keyof typeof regionOrigins

/** The delivery API's origin of each region, as Storyblok's documentation lists them. */
export const regionOrigins = {
  eu: 'https://api.storyblok.com',
  us: 'https://api-us.storyblok.com',
  ca: 'https://api-ca.storyblok.com',
  ap: 'https://api-ap.storyblok.com',
  cn: 'https://app.storyblokchina.cn',
} as const

/** The regions' names. */
export const regions: readonly Region[] = Object.keys(regionOrigins) as Region[]

/** The Management API's origin of each region. */
export const managementOrigins: Readonly<Record<Region, string>> = {
  ...regionOrigins,
  eu: 'https://mapi.storyblok.com',
}

const byHighBits: Record<number, Region> = { 2: 'us', 3: 'ca', 4: 'ap', 6: 'cn' }

/**
 * Derives the region from a space id: ids of 2^48 and more carry it in their high bits, smaller ones lie in ranges
 * (Storyblok's region helper). A small id may also be Chinese, which only `STORYBLOK_REGION` can say.
 */
export function regionOfSpace(spaceId: number): Region {
  if (spaceId >= 2 ** 48) return byHighBits[Math.floor(spaceId / 2 ** 48) % 16] ?? 'eu'
  if (spaceId < 1_000_000) return 'eu'
  if (spaceId < 2_000_000) return 'us'
  if (spaceId < 3_000_000) return 'ca'
  return spaceId < 4_000_000 ? 'ap' : 'eu'
}
