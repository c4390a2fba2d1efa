import { findBuildStores } from '@keyblok/core/build'
import { Site } from '@keyblok/core/server'
import { getSecret } from 'astro:env/server'
import options from 'virtual:keyblok/options'

const { dev, built, guard, rateLimit, routing, spaces, variables } = options

/** What all requests of this site share. */
export const site: Site = new Site({
  env: (name) => getSecret(name) || variables[name],
  dev,
  built,
  guard,
  rateLimit,
  routing,
  spaces,
  buildStores: findBuildStores(),
})
