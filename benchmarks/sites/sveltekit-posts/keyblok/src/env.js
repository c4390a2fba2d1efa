import { storyblokEnv } from '@keyblok/sveltekit/env'
import { defineEnvVars } from '@sveltejs/kit/env'
import { building, dev } from '$app/env'

export const variables = defineEnvVars({ ...storyblokEnv({ optional: building || dev }) })
