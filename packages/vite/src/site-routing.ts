import type { Routing } from '@keyblok/core'
import type { Plugin } from 'vite'
import { exactly } from './module-id.js'

/**
 * Gives an adapter's `defineSpace` what the framework's configuration says of paths, in browsers too: a module that is
 * loaded is there before the code that needs it.
 *
 * @param file - The adapter's module that exports `siteRouting`.
 * @param routing - Tells the routing, once the configuration is read.
 */
export function loadSiteRouting(file: string, routing: () => Routing): Plugin {
  return {
    name: 'keyblok:site-routing',
    load: {
      filter: { id: exactly(file.replaceAll('\\', '/')) },
      handler: () => `export const siteRouting = ${JSON.stringify(routing())}`,
    },
  }
}
