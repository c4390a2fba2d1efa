import { findBuildStores } from '@keyblok/core/build'
import { Site } from '@keyblok/core/server'
import { dev, variable } from 'virtual:keyblok/kit'
import options from 'virtual:keyblok/options'

/** What all requests of this site share. Platforms' own markers are not declared in `src/env.ts`. */
export const site: Site = new Site({
  env: (name) => {
    const value = variable(name) ?? globalThis.process?.env[name]
    return typeof value === 'string' ? value : undefined
  },
  dev,
  built: options.built,
  guard: options.guard,
  rateLimit: options.rateLimit,
  spaces: options.spaces,
  routing: options.routing,
  buildStores: findBuildStores(),
})
