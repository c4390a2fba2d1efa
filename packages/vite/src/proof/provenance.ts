import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { importChain } from '../boundary/import-chain.js'
import type { ImportGraph } from '../boundary/import-chain.js'
import { displayModule, withoutQuery } from '../module-id.js'
import type { Finding } from '../scan/finding.js'
import type { SecretSearch } from '../scan/secret-search.js'
import { placeInSource } from './module-place.js'
import type { ModulePlace } from './module-place.js'

/** Where a secret in a browser’s bundle comes from. */
export interface Origin extends ModulePlace {
  finding: Finding
  /** The bundle’s file, relative to the folder that it was written to. */
  fileName: string
  /** The modules from the one that nobody imports down to this one. */
  chain: readonly string[]
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

/** Remembers where the secrets in what is bundled for browsers come from: the bundles themselves do not say. */
export class Provenance {
  readonly origins: Origin[] = []
  readonly #options: ProvenanceOptions
  #root = ''
  #search: SecretSearch | undefined

  constructor(options: ProvenanceOptions) {
    this.#options = options
  }

  /** Lists the variables that hold a secret, by its label. */
  variablesOf(label: string): readonly string[] {
    return this.#options.variablesOf(label)
  }

  /** Finds the origin of what stands in a file that was written, or copied from there. */
  find(file: string, { label }: Finding): Origin | undefined {
    const written = file.replaceAll('\\', '/').replace(/\.(gz|br|zst|map)$/, '')
    return this.origins.find(({ fileName, finding }) => finding.label === label && written.endsWith(`/${fileName}`))
  }

  /** Makes the plugins that watch what is bundled for browsers. */
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
    const forget = (): void => void (this.origins.length = 0)
    const read = (output: Output, graph: ModuleGraph): void => void this.origins.push(...this.#originsIn(output, graph))
    return {
      name: `keyblok:provenance-${type}`,
      apply: 'build',
      sharedDuringBuild: true,
      applyToEnvironment: ({ config }) => config.consumer === 'client',
      configResolved: ({ root }) => configure(root),
      buildStart() {
        // What an earlier build had is mended perhaps.
        if (this.meta.watchMode) forget()
      },
      generateBundle: {
        order,
        handler(_options, bundle) {
          for (const output of Object.values(bundle)) {
            // What a source map holds is told by the map itself.
            if (output.type === type && !output.fileName.endsWith('.map')) read(output, this)
          }
        },
      },
    }
  }

  #originsIn(output: Output, graph: ModuleGraph): Origin[] {
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
      if (id === undefined) return { finding, fileName, module: fileName, isMarkup: false, chain: [] }
      const module = displayModule(id, this.#root)
      const source = readModule(id)
      const lookup = { search, variablesOf: (label: string) => this.variablesOf(label) }
      const place = source && placeInSource(module, source, finding, lookup)
      const chain = importChain(id, importersOf).map((imported) => displayModule(imported, this.#root))
      return { finding, fileName, module, isMarkup: false, ...place, chain }
    })
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
