/** A private variable that is read when the app runs, and may be missing. */
export interface OptionalVariable {
  schema: (value: string | undefined) => string | undefined
  description: string
}

/** The variables of the space named `default`. */
export type StoryblokVariable =
  | 'STORYBLOK_PUBLIC_TOKEN'
  | 'STORYBLOK_PREVIEW_TOKEN'
  | 'STORYBLOK_ASSET_TOKEN'
  | 'STORYBLOK_RELEASE_TOKEN'
  | 'STORYBLOK_WEBHOOK_SECRET'
  | 'STORYBLOK_SPACE_ID'
  | 'STORYBLOK_REGION'
  | 'STORYBLOK_API_URL'
  | 'STORYBLOK_ENVIRONMENT'

const optional = (description: string): OptionalVariable => ({ schema: (value) => value, description })

/**
 * Defines the environment variables that Keyblok reads, all private and read at run time.
 *
 * @returns Definitions to spread into `defineEnvVars` in `src/env.ts`.
 *
 * @example
 * ```ts
 * import { storyblokEnv } from '@keyblok/sveltekit/env'
 * import { defineEnvVars } from '@sveltejs/kit/env'
 *
 * export const variables = defineEnvVars({ ...storyblokEnv() })
 * ```
 */
export function storyblokEnv(): Record<StoryblokVariable, OptionalVariable> {
  return {
    STORYBLOK_PUBLIC_TOKEN: optional('Reads published content.'),
    STORYBLOK_PREVIEW_TOKEN: optional('Reads drafts, in development and for editors.'),
    STORYBLOK_ASSET_TOKEN: optional('Opens private assets.'),
    STORYBLOK_RELEASE_TOKEN: optional('Reads releases: id:token, separated by commas.'),
    STORYBLOK_WEBHOOK_SECRET: optional('Proves that a webhook is Storyblok’s.'),
    STORYBLOK_SPACE_ID: optional('The space’s id; the region follows from it.'),
    STORYBLOK_REGION: optional('The space’s region: eu, us, ca, ap or cn.'),
    STORYBLOK_API_URL: optional('Another API, such as a local space.'),
    STORYBLOK_ENVIRONMENT: optional('Overrides the environment: production, staging, development or test.'),
  }
}
