import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { exactly } from './exactly.js'

export interface VirtualModuleOptions {
  /** Files that may hold the map of components as their default export, relative to the root; the first that exists is used. */
  bloks: readonly string[]
  /** What the server reads at run time. Plain data, never a token. */
  options: Readonly<Record<string, unknown>>
}

const bloksId = 'virtual:keyblok/bloks'
const optionsId = 'virtual:keyblok/options'

/**
 * Provides `virtual:keyblok/bloks`, the site's map of components wherever it keeps it (empty when it keeps none), and
 * `virtual:keyblok/options`, what was configured.
 */
export function virtualModules({ bloks, options }: VirtualModuleOptions): Plugin {
  let root = ''
  return {
    name: 'keyblok:virtual-modules',
    configResolved(config) {
      root = config.root
    },
    resolveId: {
      filter: { id: [exactly(bloksId), exactly(optionsId)] },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: [exactly(`\0${bloksId}`), exactly(`\0${optionsId}`)] },
      handler(id) {
        if (id === `\0${optionsId}`) return `export default ${JSON.stringify(options)}`
        const file = bloks.map((candidate) => resolve(root, candidate)).find((path) => existsSync(path))
        return file === undefined
          ? 'export default {}'
          : `export { default } from ${JSON.stringify(file.replaceAll('\\', '/'))}`
      },
    },
  }
}
