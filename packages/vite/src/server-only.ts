import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { EnvironmentModuleGraph, Plugin } from 'vite'
import { exactly } from './exactly.js'
import { formatChain, importChain } from './import-chain.js'
import type { ImportGraph } from './import-chain.js'

/** The server entries: what is imported, and the file behind it. */
export type ServerEntries = Readonly<Record<string, string>>

/**
 * Keeps server entries out of browser code, by whatever name they are imported. In dev the module that imports one fails
 * to load; a build goes on to find every such import and then fails, each with the chain of imports that leads there.
 *
 * In Vitest it does nothing: there a browser-like environment is no browser.
 *
 * @throws {KeyblokError} `KB_SERVER_ONLY`, as a plugin error.
 */
export function serverOnly(entries: ServerEntries): Plugin {
  return {
    ...boundary(entries),
    applyToEnvironment: (environment) =>
      environment.config.consumer === 'client' && process.env['VITEST'] === undefined,
    config({ worker }) {
      return {
        // Workers are bundled apart, by plugins of their own.
        worker: { plugins: () => [...(worker?.plugins?.() ?? []), boundary(entries)] },
        // Bundled into another dependency, an entry would not be seen again.
        optimizeDeps: { exclude: Object.keys(entries) },
      }
    },
  }
}

function boundary(entries: ServerEntries): Plugin {
  const entryByFile = new Map(Object.entries(entries).map(([entry, file]) => [file.replaceAll('\\', '/'), entry]))
  const found = new Set<string>()
  let root = ''
  let isBuild = false

  const display = (module: string): string =>
    entryByFile.get(withoutQuery(module)) ?? (module.startsWith(root) ? relative(root, module) : module)

  const describe = (files: Iterable<string>, graph: ImportGraph): string => {
    const chains = [...files].map((file) => formatChain(importChain(file, graph).map(display)))
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
      filter: { id: [...entryByFile.keys()].map(exactly) },
      async handler(id) {
        if (!isBuild) {
          const { environment } = this
          const graph: ImportGraph = (module) =>
            environment.mode === 'dev' ? importersInDev(environment.moduleGraph, module) : []
          this.error(describe([id], graph))
        }
        // The graph is whole only when the bundle is generated. Until then a stand-in without the entry's imports lets
        // the build go on, so that every violation is reported at once.
        found.add(id)
        return stubOf(this.parse(await readFile(withoutQuery(id), 'utf8')))
      },
    },
    generateBundle() {
      if (found.size === 0) return
      const files = [...found]
      found.clear()
      this.error(
        describe(files, (module) => {
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

function withoutQuery(id: string): string {
  return id.replace(/\?.*$/, '')
}

interface Program {
  body: readonly unknown[]
}

/** Builds a module with the same exports and nothing behind them. The entries only re-export, by name. */
function stubOf(program: Program): string {
  const names = (program.body as ExportNode[]).flatMap(({ type, specifiers }) =>
    type === 'ExportNamedDeclaration' ? (specifiers ?? []).map(({ exported }) => exported.name) : [],
  )
  return names.map((name, index) => `const e${index} = undefined\nexport { e${index} as ${name} }`).join('\n')
}

interface ExportNode {
  type: string
  specifiers?: readonly { exported: { name: string } }[]
}
