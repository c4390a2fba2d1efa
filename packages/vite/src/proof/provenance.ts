import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { importChain } from '../boundary/import-chain.js'
import type { ImportGraph } from '../boundary/import-chain.js'
import { displayModule, withoutQuery } from '../module-id.js'
import type { Finding } from '../scan/finding.js'
import { lineAndColumn } from '../scan/search-files.js'
import type { SecretSearch } from '../scan/secret-search.js'
import { isMarkup } from './markup.js'

/** Where a secret in a bundle comes from. */
export interface Origin extends ModulePlace {
  finding: Finding
  /** The bundle’s file, relative to the folder that it was written to. */
  fileName: string
  /** Whether browsers get the bundle. */
  isBrowser: boolean
  /** The modules from the one that nobody imports down to this one. */
  chain: readonly string[]
}

/** Where in a module a secret is. */
interface ModulePlace {
  /** The module’s file, relative to the root where it is below; its id where it has none. */
  module: string
  /** From 1; missing where the source does not say. */
  line?: number
  column?: number
  /** The variable whose value the module has. */
  reads?: string
  /** Whether the secret stands in markup, which a server sends as it is. */
  isMarkup: boolean
}

export interface ProvenanceOptions {
  /** Makes the search, once the configuration is known. */
  createSearch(): SecretSearch
  /** Lists the variables that hold a secret, by its label. */
  variablesOf(label: string): readonly string[]
}

/** What a bundler knows of its modules. */
interface ModuleGraph {
  getModuleIds(): Iterable<string>
  getModuleInfo(id: string): ModuleInfo | null
}

interface ModuleInfo {
  code: string | null
  importers: readonly string[]
  dynamicImporters: readonly string[]
}

/** Remembers where the secrets in the bundles of a build come from: the bundles themselves do not say. */
export class Provenance {
  /** What is found, from all environments. */
  readonly origins: Origin[] = []
  readonly #options: ProvenanceOptions
  #root = ''
  #search: SecretSearch | undefined

  constructor(options: ProvenanceOptions) {
    this.#options = options
  }

  /** Finds the origin of what stands in a file that was written, or copied from there. */
  find(file: string, { label }: Finding): Origin | undefined {
    const written = file.replaceAll('\\', '/').replace(/\.(gz|br|zst|map)$/, '')
    return this.origins.find(({ fileName, finding }) => finding.label === label && written.endsWith(`/${fileName}`))
  }

  /** Makes the plugins that watch the bundles of every environment. */
  plugins(): Plugin[] {
    return [
      // Before frameworks take small scripts out, to put them into pages.
      this.#watch('chunk', 'pre'),
      // After they are put in.
      this.#watch('asset', 'post'),
    ]
  }

  #watch(type: Output['type'], order: 'pre' | 'post'): Plugin {
    // Hooks have a `this` of their own.
    const configure = (root: string): void => void (this.#root = root)
    const read = (output: Output, isBrowser: boolean, graph: ModuleGraph): void =>
      void this.origins.push(...this.#originsIn(output, isBrowser, graph))
    return {
      name: `keyblok:provenance-${type}`,
      apply: 'build',
      sharedDuringBuild: true,
      configResolved: ({ root }) => configure(root),
      generateBundle: {
        order,
        handler(_options, bundle) {
          const isBrowser = this.environment.config.consumer === 'client'
          for (const output of Object.values(bundle)) {
            // What a source map holds is told by the map itself.
            if (output.type === type && !output.fileName.endsWith('.map')) read(output, isBrowser, this)
          }
        },
      },
    }
  }

  #originsIn(output: Output, isBrowser: boolean, graph: ModuleGraph): Origin[] {
    const search = (this.#search ??= this.#options.createSearch())
    const findings = search.find(Buffer.from(output.type === 'chunk' ? output.code : output.source))
    // One of each secret is enough.
    const first = new Map(findings.toReversed().map((finding) => [finding.label, finding]))
    const importersOf: ImportGraph = (id) => {
      const { importers = [], dynamicImporters = [] } = graph.getModuleInfo(id) ?? {}
      return [...importers, ...dynamicImporters]
    }
    return [...first.values()].map((finding): Origin => {
      const { fileName } = output
      const id = moduleWith(finding, output, search, graph)
      if (id === undefined) return { finding, fileName, isBrowser, module: fileName, isMarkup: false, chain: [] }
      const chain = importChain(id, importersOf).map((module) => displayModule(module, this.#root))
      return { finding, fileName, isBrowser, ...this.#locate(id, finding, search), chain }
    })
  }

  /** Finds the line in the module’s source: the secret itself, or the variable that it was taken from. */
  #locate(id: string, { label }: Finding, search: SecretSearch): ModulePlace {
    const module = displayModule(id, this.#root)
    const source = readModule(id)
    if (!source) return { module, isMarkup: false }
    const literal = search.find(source).find((finding) => finding.label === label)
    if (literal) {
      return { module, ...lineAndColumn(source, literal.index), isMarkup: isMarkup(module, source, literal.index) }
    }
    for (const reads of this.#options.variablesOf(label)) {
      const index = source.indexOf(reads)
      if (index !== -1) return { module, ...lineAndColumn(source, index), reads, isMarkup: false }
    }
    return { module, isMarkup: false }
  }
}

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset

/** Finds the module that a secret in a bundle is from: as the bundle has it, as it was before, or as its file is. */
function moduleWith({ label }: Finding, output: Output, search: SecretSearch, graph: ModuleGraph): string | undefined {
  const holds = (code: string | Buffer | null | undefined): boolean =>
    code !== null && code !== undefined && search.find(Buffer.from(code)).some((finding) => finding.label === label)
  if (output.type === 'chunk') {
    const ids = Object.keys(output.modules)
    return ids.find((id) => holds(output.modules[id]?.code)) ?? ids.find((id) => holds(graph.getModuleInfo(id)?.code))
  }
  // Of a style only the file is left: a script of its own takes its place.
  const ids = [...graph.getModuleIds()]
  return [...output.originalFileNames, ...ids.filter((id) => style.test(id)), ...ids].find((id) =>
    holds(readModule(id)),
  )
}

/** The module of a style, or of a component’s. */
const style = /\.(css|scss|sass|less|styl|stylus|pcss|postcss)(\?|$)|[?&]type=style/

function readModule(id: string): Buffer | undefined {
  const file = withoutQuery(id)
  return isAbsolute(file) && existsSync(file) ? readFileSync(file) : undefined
}
