import { envOf, exactly } from '@keyblok/vite'
import type { Plugin } from 'vite'
import { kitMajor } from './kit-major.js'

const id = 'virtual:keyblok/kit'

/** What SvelteKit tells the server, by the names that each major has for it. */
const modules = {
  3: `
    import * as variables from '$app/env/private'
    export { building, dev } from '$app/env'
    export const variable = (name) => variables[name]`,
  // While it builds, SvelteKit 2 lets nobody read a variable.
  2: `
    import { env } from '$env/dynamic/private'
    import { building, dev } from '$app/environment'
    export { building, dev }
    export const variable = (name) => (building ? undefined : env[name])`,
} as const

/** Provides `virtual:keyblok/kit`: the environment variables, and whether the app is built or runs in dev. */
export function kitModule(): Plugin {
  let major: keyof typeof modules = 3
  return {
    name: 'keyblok:kit-module',
    configResolved(config) {
      major = kitMajor(config.root)
      if (major === 2 && config.command === 'build') provideFileVariables(envOf(config))
    },
    resolveId: { filter: { id: exactly(id) }, handler: () => `\0${id}` },
    load: { filter: { id: exactly(`\0${id}`) }, handler: () => modules[major] },
  }
}

/** Lets what SvelteKit 2 prerenders read the variables of `.env` files, which no other process than the build’s gets. */
function provideFileVariables(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (name.startsWith('STORYBLOK') && value !== undefined) process.env[name] ??= value
  }
}
