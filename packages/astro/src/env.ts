import type { AstroUserConfig } from 'astro'
import { envField } from 'astro/config'

type EnvSchema = NonNullable<NonNullable<AstroUserConfig['env']>['schema']>

const secret = (): EnvSchema[string] => envField.string({ context: 'server', access: 'secret', optional: true })

/**
 * The environment variables that Keyblok reads, all at run time: Astro bakes no secret into a build. They are optional,
 * since one that is required and missing would fail every route that imports any secret.
 */
export const envSchema: EnvSchema = {
  STORYBLOK_PUBLIC_TOKEN: secret(),
  STORYBLOK_PREVIEW_TOKEN: secret(),
  STORYBLOK_ASSET_TOKEN: secret(),
  STORYBLOK_RELEASE_TOKEN: secret(),
  STORYBLOK_WEBHOOK_SECRET: secret(),
  STORYBLOK_SPACE_ID: secret(),
  STORYBLOK_REGION: secret(),
  STORYBLOK_API_URL: secret(),
  STORYBLOK_ENVIRONMENT: secret(),
}
