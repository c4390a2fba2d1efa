import { join } from 'node:path'
import { createLocalSpace } from '../../packages/space/dist/index.js'
import type { LocalSpace, LocalSpaceTokens } from '../../packages/space/dist/index.js'
import { repository } from './playground.ts'
import type { SiteEnvironment } from './playground.ts'

/** Makes the local space of both playgrounds. */
export function createDemoSpace(tokens?: LocalSpaceTokens): LocalSpace {
  return createLocalSpace({ content: join(repository, 'playgrounds/content/space'), tokens })
}

/** The environment of a site that reads a local space. */
export function environmentOf(space: LocalSpace, apiUrl: string): SiteEnvironment {
  return {
    STORYBLOK_API_URL: apiUrl,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: space.tokens.public,
    STORYBLOK_PREVIEW_TOKEN: space.tokens.preview,
  }
}
