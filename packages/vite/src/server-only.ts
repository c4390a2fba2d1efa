import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { EnvironmentModuleGraph, Plugin } from 'vite'
import { exactly } from './exactly.js'
import { formatChain, importChain } from './import-chain.js'
import type { ImportGraph } from './import-chain.js'

/** The server entries: what is imported, and the file behind it. */
export type ServerEntries = Readonly<Record<string, string>>

interface Violation {
  entry: string
  importer: string | undefined
}

const stubPrefix = '\0keyblok:server-only:'

/**
 * Keeps server entries out of browser code. In dev the module that imports one fails to load; a build collects every
 * such import and fails, each with the chain of imports that leads there.
 *
 * In Vitest it does nothing: there a browser-like environment is no browser.
 *
 * @throws {KeyblokError} `KB_SERVER_ONLY`, as a plugin error.
 */
export function serverOnly(entries: ServerEntries): Plugin {
  const violations: Violation[] = []
  let root = ''
  let isBuild = false

  return {
    name: 'keyblok:server-only',
    enforce: 'pre',
    applyToEnvironment: (environment) =>
      environment.config.consumer === 'client' && process.env['VITEST'] === undefined,
    configResolved(config) {
      root = config.root
      isBuild = config.command === 'build'
    },
    resolveId: {
      order: 'pre',
      filter: { id: Object.keys(entries).map(exactly) },
      handler(id, importer, options) {
        // The optimizer’s scan only looks ahead: it has no graph to name, and the import fails when it is asked for.
        if ('scan' in options && options.scan === true) return null
        if (!isBuild) {
          const { environment } = this
          const graph: ImportGraph = (module) =>
            environment.mode === 'dev' ? importersInDev(environment.moduleGraph, module) : []
          this.error(describe([{ entry: id, importer }], graph, root))
        }
        // The graph is whole only when the bundle is generated. Until then a stand-in without the entry’s imports lets
        // the build go on, so that every violation is reported at once.
        violations.push({ entry: id, importer })
        return stubPrefix + id
      },
    },
    load: {
      filter: { id: new RegExp(`^${stubPrefix}`) },
      async handler(id) {
        const file = entries[id.slice(stubPrefix.length)]
        return file === undefined ? null : stubOf(this.parse(await readFile(file, 'utf8')))
      },
    },
    generateBundle() {
      if (violations.length === 0) return
      const graph: ImportGraph = (module) => this.getModuleInfo(module)?.importers ?? []
      this.error(describe(violations.splice(0), graph, root))
    },
  }
}

function describe(violations: readonly Violation[], graph: ImportGraph, root: string): string {
  const display = (module: string): string => (module.startsWith('/') ? relative(root, module) : module)
  const chains = violations.map(({ entry, importer }) =>
    formatChain([...(importer === undefined ? [] : importChain(importer, graph)), entry].map(display)),
  )
  return new KeyblokError('KB_SERVER_ONLY', `\n\n${chains.join('\n\n')}\n`).report
}

function importersInDev(graph: EnvironmentModuleGraph, module: string): string[] {
  const importers = graph.getModuleById(module)?.importers ?? []
  return [...importers].map(({ id }) => id).filter((id) => id !== null)
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
