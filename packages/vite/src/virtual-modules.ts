import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { Routing } from '@keyblok/core'
import type { Logger, Plugin, ViteDevServer } from 'vite'
import { importFolder } from './bloks-folder.js'
import { exactly, withoutQuery } from './module-id.js'

export interface VirtualModuleOptions {
  /**
   * The file that holds the map of components as its default export, or the folder that holds the components, relative to
   * the root, where the site names it.
   */
  bloks: string | undefined
  /** Where the map may be otherwise; the first file that exists is used. */
  bloksDefaults: readonly string[]
  /** The file that exports the space's definition, relative to the root, where the site names it. */
  stories?: string | undefined
  /** Where the definition may be otherwise; the first file that exists is used. */
  storiesDefaults?: readonly string[]
  /** The entry that exports `findSpace`, as the site imports it: by another name it would be loaded a second time. */
  entry?: string
  /** The file that exports the functions of blok data, relative to the root, where the site names it. */
  blokData?: string | undefined
  /** Where the functions may be otherwise; the first file that exists is used. */
  blokDataDefaults?: readonly string[]
  /** Tells what the framework's configuration says of paths, once that is read. */
  routing?: () => Routing
  /** How the framework's components end, such as `.astro`. */
  extension: string
  /** The folder into which Storyblok's command line pulls. */
  content?: string | undefined
  /** What the server reads at run time. Plain data, never a token. */
  options: () => Readonly<Record<string, unknown>>
}

const ids = {
  bloks: 'virtual:keyblok/bloks',
  blokData: 'virtual:keyblok/blok-data',
  space: 'virtual:keyblok/space',
  options: 'virtual:keyblok/options',
} as const

type ModuleName = keyof typeof ids

/**
 * Provides `virtual:keyblok/bloks`, the site's map of components wherever it keeps it (empty when it keeps none), and
 * whether any of them may be imported late;
 * `virtual:keyblok/blok-data`, its functions of blok data (likewise); `virtual:keyblok/space`, its space's definition with
 * the framework's routing (all defaults when it defines none); and `virtual:keyblok/options`, what was configured.
 *
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID`, as a plugin error, when a file that an option names is not there.
 */
export function virtualModules({
  bloks,
  bloksDefaults,
  stories,
  storiesDefaults = [],
  entry = '@keyblok/core',
  blokData,
  blokDataDefaults = [],
  routing = () => ({}),
  extension,
  content = '.storyblok',
  options,
}: VirtualModuleOptions): Plugin {
  let root = ''
  let isServed = false
  const told = new Set<string>()
  let logger: Logger | undefined
  /** Tells once: each of Vite's environments loads the modules for itself. */
  const warn = (message: string): void => {
    if (!told.has(message)) logger?.warn(`[keyblok] ${message}`)
    told.add(message)
  }
  /** Finds the file that an option names, or the first default that exists. */
  const findFile = (context: PluginContext, option: string, named: string | undefined, defaults: readonly string[]) => {
    const candidates = named === undefined ? defaults : [named]
    const file = candidates.map((candidate) => resolve(root, candidate)).find((path) => existsSync(path))
    if (file === undefined && named !== undefined) {
      const details = `The option “${option}” names ${named}, and there is no such file.`
      const hint = 'Name the file from the project’s root.'
      context.error(new KeyblokError('KB_CONFIGURATION_INVALID', details, { hint }).report)
    }
    return file
  }
  const load: Record<ModuleName, (context: PluginContext) => string> = {
    bloks(context) {
      const file = findFile(context, 'bloks', bloks, bloksDefaults)
      if (file === undefined) {
        warn(
          `There is no ${bloksDefaults[0]}, so no blok can be shown. Its default export is what defineBloks({ … }) gives.`,
        )
        return 'export default {}\nexport const hasLazy = false'
      }
      if (!statSync(file).isDirectory()) {
        // In dev the file changes, and this does not.
        const hasLazy = isServed || /\blazy\b/.test(readFileSync(file, 'utf8'))
        return `export { default } from ${specifier(file)}\nexport const hasLazy = ${hasLazy}`
      }
      const { code, missing } = importFolder(file, extension, resolve(root, content))
      if (missing.length > 0) warn(missingMessage(missing))
      return `${code}\nexport const hasLazy = false`
    },
    blokData(context) {
      const file = findFile(context, 'blokData', blokData, blokDataDefaults)
      return file === undefined ? 'export default {}' : `export { default } from ${specifier(file)}`
    },
    space(context) {
      const file = findFile(context, 'stories', stories, storiesDefaults)
      if (file === undefined && storiesDefaults.length > 0) {
        warn(`There is no ${storiesDefaults[0]}, so links know neither the space’s languages nor its home page.`)
      }
      return [
        `import { findSpace } from ${specifier(entry)}`,
        file === undefined ? 'const stories = {}' : `import * as stories from ${specifier(file)}`,
        `export default findSpace(stories, ${JSON.stringify(routing())})`,
      ].join('\n')
    },
    // By name too: a browser gets what it reads, and no more.
    options: () =>
      [
        ...Object.entries(options()).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`),
        `export default ${JSON.stringify(options())}`,
      ].join('\n'),
  }
  return {
    name: 'keyblok:virtual-modules',
    configResolved(config) {
      root = config.root
      isServed = config.command === 'serve'
      logger = config.logger
    },
    configureServer(server) {
      const named = [bloks, stories, blokData].filter((file) => file !== undefined)
      const files = new Set(
        [...named, ...bloksDefaults, ...storiesDefaults, ...blokDataDefaults].map((file) => resolve(root, file)),
      )
      // A file that comes or goes changes what a module is made of.
      const renew = (file: string): void => {
        if (files.has(resolve(file))) renewModules(server)
      }
      server.watcher.on('add', renew).on('unlink', renew)
    },
    resolveId: {
      filter: { id: Object.values(ids).map(exactly) },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: Object.values(ids).map((id) => exactly(`\0${id}`)) },
      handler(id) {
        const name = (Object.keys(ids) as ModuleName[]).find((name) => withoutQuery(id) === `\0${ids[name]}`)
        return name && load[name](this)
      },
    },
  }
}

function renewModules({ environments, ws }: ViteDevServer): void {
  for (const { moduleGraph } of Object.values(environments)) {
    for (const id of Object.values(ids)) {
      const module = moduleGraph.getModuleById(`\0${id}`)
      if (module) moduleGraph.invalidateModule(module)
    }
  }
  ws.send({ type: 'full-reload' })
}

/** What a plugin's hook can tell Vite. */
interface PluginContext {
  error(message: string): never
  warn(message: string): void
}

/** Writes a file or an entry as an import names it. */
function specifier(path: string): string {
  return JSON.stringify(path.replaceAll('\\', '/'))
}

function missingMessage(missing: readonly string[]): string {
  const bloks = missing.length === 1 ? 'blok of the space has' : 'bloks of the space have'
  return `${missing.length} ${bloks} no component: ${missing.join(', ')}`
}
