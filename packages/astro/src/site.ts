import { Site } from '@keyblok/core/server'
import { getSecret } from 'astro:env/server'

/** What all requests of this site share. */
export const site: Site = new Site({ env: getSecret, dev: import.meta.env.DEV })
