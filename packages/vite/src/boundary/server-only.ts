import { resolve } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import picomatch from 'picomatch'
import type { EnvironmentModuleGraph, Plugin } from 'vite'
import { displayModule, exactly, withoutQuery } from '../module-id.js'
import { formatChain, importChains } from './import-chain.js'
import type { ImportGraph } from './import-chain.js'
import { stubOf } from './stub.js'

/** The server entries: what is imported, and the file behind it. */
export type ServerEntries = Readonly<Record<string, string>>

export interface ServerOnlyOptions {
  /** Entries of packages that handle secrets. */
  entries?: ServerEntries
  /** The site’s own files that handle secrets, as folders or globs from the root, such as `src/lib/mail`. */
  files?: readonly string[]
}

/**
 * Keeps server entries, and files that the site names, out of browser code, by whatever name they are imported. In dev the
 * module that imports one fails to load; a build goes on to find every such import and then fails, each with the chain of
 * imports that leads there.
 *
 * In Vitest it does nothing: there a browser-like environment is no browser.
 *
 * @throws {KeyblokError} `KB_SERVER_ONLY`, as a plugin error.
 */
export function serverOnly(options: ServerOnlyOptions): Plugin {
  return {
    ...boundary(options),
    applyToEnvironment: (environment) =>
      environment.config.consumer === 'client' && process.env['VITEST'] === undefined,
    config({ worker }) {
      return {
        // Workers are bundled apart, by plugins of their own.
        worker: { plugins: () => [...(worker?.plugins?.() ?? []), boundary(options)] },
        // Bundled into another dependency, an entry would not be seen again.
        optimizeDeps: { exclude: Object.keys(options.entries ?? {}) },
      }
    },
  }
}

/** Takes a name for a glob or a folder, however it begins and ends. */
export function serverOnlyGlobs(file: string): string[] {
  const glob = file.replace(/^(\.?\/)+/, '').replace(/\/+$/, '')
  return [glob, `${glob}/**`]
}

function boundary({ entries = {}, files = [] }: ServerOnlyOptions): Plugin {
  const entryByFile = new Map(Object.entries(entries).map(([entry, file]) => [file.replaceAll('\\', '/'), entry]))
  const isNamed = files.length > 0 ? picomatch(files.flatMap(serverOnlyGlobs), { dot: true }) : () => false
  // Globs are known to match only below the root, which comes later; entries are few, and spare a call for each module.
  const filter = files.length > 0 ? {} : { filter: { id: [...entryByFile.keys()].map(exactly) } }
  const found = new Set<string>()
  let root = ''
  let isBuild = false

  const isServerOnly = (id: string): boolean => {
    const file = withoutQuery(id)
    return entryByFile.has(file) || (file.startsWith(`${root}/`) && isNamed(file.slice(root.length + 1)))
  }
  const display = (module: string): string => entryByFile.get(withoutQuery(module)) ?? displayModule(module, root)

  const describe = (modules: Iterable<string>, graph: ImportGraph): string => {
    const chains = [...modules].flatMap((module) =>
      importChains(module, graph).map((chain) => formatChain(chain.map(display))),
    )
    return new KeyblokError('KB_SERVER_ONLY', `\n\n${chains.join('\n\n')}\n`).report
  }

  return {
    name: 'keyblok:server-only',
    enforce: 'pre',
    configResolved(config) {
      root = config.root
      isBuild = config.command === 'build'
    },
    load: {
      order: 'pre',
      ...filter,
      handler(id) {
        if (isBuild || !isServerOnly(id)) return
        const { environment } = this
        const graph: ImportGraph = (module) =>
          environment.mode === 'dev' ? importersInDev(environment.moduleGraph, module) : []
        this.error(describe([id], graph))
      },
    },
    transform: {
      // After whatever makes JavaScript of it.
      order: 'post',
      ...filter,
      handler(code, id) {
        if (!isBuild || !isServerOnly(id)) return
        // The graph is whole only when the bundle is generated. Until then a stand-in without the module's imports lets
        // the build go on, so that every violation is reported at once.
        found.add(id)
        return { code: stubOf(this.parse(code)), map: { mappings: '' } }
      },
    },
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        // A file whose address is asked for is no module.
        if (output.type === 'asset') {
          for (const name of output.originalFileNames)
            if (isServerOnly(resolve(root, name))) found.add(resolve(root, name))
        }
      }
      if (found.size === 0) return
      const modules = [...found]
      found.clear()
      this.error(
        describe(modules, (module) => {
          const info = this.getModuleInfo(module)
          return info === null ? [] : [...info.importers, ...info.dynamicImporters]
        }),
      )
    },
  }
}

function importersInDev(graph: EnvironmentModuleGraph, module: string): string[] {
  const importers = graph.getModuleById(module)?.importers ?? []
  return [...importers].map(({ id }) => id).filter((id) => id !== null)
}
