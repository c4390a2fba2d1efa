import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { Plugin } from 'vite'
import { importFolder } from './bloks-folder.js'
import { exactly } from './module-id.js'

export interface VirtualModuleOptions {
  /**
   * The file that holds the map of components as its default export, or the folder that holds the components, relative to
   * the root, where the site names it.
   */
  bloks: string | undefined
  /** Where the map may be otherwise; the first file that exists is used. */
  bloksDefaults: readonly string[]
  /** How the framework's components end, such as `.astro`. */
  extension: string
  /** The folder into which Storyblok's command line pulls. */
  content?: string | undefined
  /** What the server reads at run time. Plain data, never a token. */
  options: Readonly<Record<string, unknown>>
}

const bloksId = 'virtual:keyblok/bloks'
const optionsId = 'virtual:keyblok/options'

/**
 * Provides `virtual:keyblok/bloks`, the site's map of components wherever it keeps it (empty when it keeps none), and
 * `virtual:keyblok/options`, what was configured.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`, as a plugin error, when a named map is not there.
 */
export function virtualModules({
  bloks,
  bloksDefaults,
  extension,
  content = '.storyblok',
  options,
}: VirtualModuleOptions): Plugin {
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
        const candidates = bloks === undefined ? bloksDefaults : [bloks]
        const file = candidates.map((candidate) => resolve(root, candidate)).find((path) => existsSync(path))
        if (file === undefined && bloks !== undefined) {
          const details = `The option “bloks” names ${bloks}, and there is no such file.`
          this.error(
            new KeyblokError('KB_CONFIGURATION_INVALID', details, { hint: 'Name the file from the project’s root.' })
              .report,
          )
        }
        if (file !== undefined && statSync(file).isDirectory()) {
          const { code, missing } = importFolder(file, extension, resolve(root, content))
          if (missing.length > 0) this.warn(missingMessage(missing))
          return code
        }
        return file === undefined
          ? 'export default {}'
          : `export { default } from ${JSON.stringify(file.replaceAll('\\', '/'))}`
      },
    },
  }
}

function missingMessage(missing: readonly string[]): string {
  const bloks = missing.length === 1 ? 'blok of the space has' : 'bloks of the space have'
  return `[keyblok] ${missing.length} ${bloks} no component: ${missing.join(', ')}`
}
