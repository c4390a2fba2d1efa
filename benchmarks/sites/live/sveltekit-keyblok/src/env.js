import { storyblokEnv } from '@keyblok/sveltekit/env'
import { defineEnvVars } from '@sveltejs/kit/env'
import { building } from '$app/env'

export const variables = defineEnvVars({ ...storyblokEnv({ optional: building }) })
