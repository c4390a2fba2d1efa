import { findBuildStores } from '@keyblok/core/build'
import { Site } from '@keyblok/core/server'
import { dev } from '$app/env'
import * as declared from '$app/env/private'
import options from 'virtual:keyblok/options'

const variables: Readonly<Record<string, unknown>> = declared

/** What all requests of this site share. Platforms' own markers are not declared in `src/env.ts`. */
export const site: Site = new Site({
  env: (name) => {
    const value = variables[name] ?? globalThis.process?.env[name]
    return typeof value === 'string' ? value : undefined
  },
  dev,
  built: options.built,
  guard: options.guard,
  rateLimit: options.rateLimit,
  spaces: options.spaces,
  buildStores: findBuildStores(),
})
