import { Site } from '@keyblok/core/server'
import type { SiteOptions, Storyblok, Visit } from '@keyblok/core/server'
import StoryblokClient from 'storyblok-js-client'
import { tokens } from './tokens.ts'

/** Opens a reader, of published content unless a version is asked for. */
export function createReader(
  apiOrigin: string,
  { version, ...options }: Partial<SiteOptions> & Pick<Visit, 'version'> = {},
): Storyblok {
  const variables: Record<string, string> = {
    STORYBLOK_API_URL: apiOrigin,
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_PREVIEW_TOKEN: tokens.preview,
    STORYBLOK_ENVIRONMENT: 'test',
  }
  return new Site({ env: (name) => variables[name], dev: false, ...options }).visit({ local: false, version })
}

export interface ClientOptions {
  cache: 'none' | 'memory'
  /** Requests a second; by default the client's own tiers. */
  rateLimit?: number
}

/** Opens Storyblok's own client. */
export function createClient(apiOrigin: string, { cache, rateLimit }: ClientOptions): StoryblokClient {
  return new StoryblokClient({
    accessToken: tokens.preview,
    endpoint: `${apiOrigin}/v2`,
    cache: { type: cache, clear: 'manual' },
    ...(rateLimit !== undefined && { rateLimit }),
  })
}
