import { storyblokEnv } from '@keyblok/sveltekit/env'
import { defineEnvVars } from '@sveltejs/kit/env'

export const variables = defineEnvVars({
  ...storyblokEnv(),
  CMS_KEY: { public: true, static: true, schema: (value) => value ?? '' },
  CMS_REGION: { public: true, static: true, schema: (value) => value ?? '' },
})
