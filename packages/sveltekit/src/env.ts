/** A private variable that is read when the app runs. */
export interface StoryblokVariableDefinition {
  schema: (value: string | undefined) => string | undefined
  description: string
}

type StoryblokVariableSuffix =
  | 'PUBLIC_TOKEN'
  | 'PREVIEW_TOKEN'
  | 'ASSET_TOKEN'
  | 'RELEASE_TOKEN'
  | 'WEBHOOK_SECRET'
  | 'SPACE_ID'
  | 'REGION'
  | 'API_URL'

/** The variables of a space, by the prefix of their names. */
export type StoryblokVariable<Prefix extends string = 'STORYBLOK'> =
  | `${Prefix}_${StoryblokVariableSuffix}`
  | 'STORYBLOK_ENVIRONMENT'

export interface StoryblokEnvOptions<Prefix extends string = 'STORYBLOK'> {
  /** Whether the public token may be missing, such as while the app is built, or in dev. */
  optional?: boolean
  /** What the names of the variables begin with; `STORYBLOK` unless an app reads several spaces. */
  prefix?: Prefix
}

const descriptions: Readonly<Record<StoryblokVariableSuffix, string>> = {
  PUBLIC_TOKEN: 'Reads published content.',
  PREVIEW_TOKEN: 'Reads drafts, in development and for editors.',
  ASSET_TOKEN: 'Opens private assets.',
  RELEASE_TOKEN: 'Reads releases: id:token, separated by commas.',
  WEBHOOK_SECRET: 'Proves that a webhook is Storyblok’s.',
  SPACE_ID: 'The space’s id; the region follows from it.',
  REGION: 'The space’s region: eu, us, ca, ap or cn.',
  API_URL: 'Another API, such as a local space.',
}

/**
 * Defines the environment variables that Keyblok reads, all private and read at run time. An app without its public token
 * does not start.
 *
 * @returns Definitions to spread into `defineEnvVars` in `src/env.ts`.
 *
 * @example
 * ```ts
 * // src/env.ts
 * import { storyblokEnv } from '@keyblok/sveltekit/env'
 * import { defineEnvVars } from '@sveltejs/kit/env'
 * import { building, dev } from '$app/env'
 *
 * export const variables = defineEnvVars({ ...storyblokEnv({ optional: building || dev }) })
 * ```
 */
export function storyblokEnv<Prefix extends string = 'STORYBLOK'>({
  optional = false,
  prefix = 'STORYBLOK' as Prefix,
}: StoryblokEnvOptions<Prefix> = {}): Record<StoryblokVariable<Prefix>, StoryblokVariableDefinition> {
  const ofSpace = Object.entries(descriptions).map(([suffix, description]) => {
    const name = `${prefix}_${suffix}`
    const isRequired = suffix === 'PUBLIC_TOKEN' && !optional
    return [name, isRequired ? publicToken(name, description) : variable(description)]
  })
  return {
    ...(Object.fromEntries(ofSpace) as Record<StoryblokVariable<Prefix>, StoryblokVariableDefinition>),
    STORYBLOK_ENVIRONMENT: variable('Overrides the environment: production, staging, development or test.'),
  }
}

function variable(description: string): StoryblokVariableDefinition {
  return { schema: (value) => value, description }
}

function publicToken(name: string, description: string): StoryblokVariableDefinition {
  return {
    schema: (value) => {
      // A staging site that shows drafts to everyone reads with the preview token.
      const environment = globalThis.process?.env['STORYBLOK_ENVIRONMENT']?.trim()
      if (!value?.trim() && (environment === undefined || environment === '' || environment === 'production')) {
        throw new Error(`${name} is not set. Create a public token in Storyblok under Settings → Access tokens.`)
      }
      return value
    },
    description,
  }
}
