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

const navigationId = 'virtual:keyblok/navigation'

/** What an editor's page does in the browser, by the names that each major has for it. */
const navigations = {
  3: ["import { goto, refreshAll as refreshPage } from '$app/navigation'", '{ replace: true, reset: false }'],
  2: [
    "import { goto, invalidateAll as refreshPage } from '$app/navigation'",
    '{ replaceState: true, noScroll: true, keepFocus: true }',
  ],
} as const

/** Until SvelteKit has started, it knows no address. */
function navigationModule(major: keyof typeof navigations): string {
  const [imports, stay] = navigations[major]
  return `
    ${imports}
    import { page } from '$app/state'
    const wait = () => new Promise((resolve) => setTimeout(resolve, 50))
    async function untilStarted() {
      do await wait()
      while (page.url?.host !== location.host)
    }
    let start
    export const started = () => (start ??= untilStarted())
    export const go = (address) => started().then(() => goto(address))
    export const refresh = () => started().then(() => refreshPage())
    export const renewAddress = () => started().then(() => goto(location.href, ${stay}))`
}

/**
 * Provides `virtual:keyblok/kit`: the environment variables, and whether the app is built or runs in dev; and
 * `virtual:keyblok/navigation`, how an editor's page goes on.
 */
export function kitModule(): Plugin {
  let major: keyof typeof modules = 3
  return {
    name: 'keyblok:kit-module',
    configResolved(config) {
      major = kitMajor(config.root)
      if (major === 2 && config.command === 'build') provideFileVariables(envOf(config))
    },
    resolveId: { filter: { id: [id, navigationId].map(exactly) }, handler: (source) => `\0${source}` },
    load: {
      filter: { id: [id, navigationId].map((one) => exactly(`\0${one}`)) },
      handler: (loaded) => (loaded === `\0${id}` ? modules[major] : navigationModule(major)),
    },
  }
}

/** Lets what SvelteKit 2 prerenders read the variables of `.env` files, which no other process than the build’s gets. */
function provideFileVariables(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (name.startsWith('STORYBLOK') && value !== undefined) process.env[name] ??= value
  }
}
