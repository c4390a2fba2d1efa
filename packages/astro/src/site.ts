import { findBuildStores } from '@keyblok/core/build'
import { detectEnvironment, Site } from '@keyblok/core/server'
import type { Environment, EnvLookup } from '@keyblok/core/server'
import { getSecret } from 'astro:env/server'
import options from 'virtual:keyblok/options'

const { dev, built, guard, rateLimit, routing, spaces, variables } = options

const env: EnvLookup = (name) => getSecret(name) || variables[name]

/** What all requests of this site share. */
export const site: Site = new Site({
  env,
  dev,
  built,
  guard,
  rateLimit,
  routing,
  spaces,
  buildStores: findBuildStores(),
})

/** Where this site runs. */
export function environment(): Environment {
  return detectEnvironment(env, dev, built)
}
