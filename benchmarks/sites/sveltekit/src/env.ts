import { storyblokEnv } from '@keyblok/sveltekit/env'
import { defineEnvVars } from '@sveltejs/kit/env'

export const variables = defineEnvVars({ ...storyblokEnv({ optional: true }) })
