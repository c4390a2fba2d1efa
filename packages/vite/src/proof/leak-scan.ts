import { dirname, resolve } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import { loadEnv } from 'vite'
import type { Plugin, ResolvedConfig } from 'vite'
import { createSearch, missingSecrets, variablesHolding } from './guard-options.js'
import type { GuardOptions } from './guard-options.js'
import { Provenance } from './provenance.js'
import { proveNoSecrets } from './prove-no-secrets.js'
import type { Log } from './prove-no-secrets.js'
import type { KnownFiles } from '../scan/search-files.js'

/**
 * Searches what a plain Vite build wrote: each part as soon as it is written and, where a builder makes several, all of
 * them at the end.
 */
export function leakScan(guard: GuardOptions): Plugin[] {
  let config: ResolvedConfig
  const known: KnownFiles = new Map()
  const all: Outputs = { browser: new Set(), server: new Set() }
  let part: Outputs | undefined
  const provenance = new Provenance({
    createSearch: () => createSearch(envOf(config), guard),
    variablesOf: (label) => variablesHolding(envOf(config), guard, label),
  })
  const prove = ({ browser, server }: Outputs): Promise<void> =>
    proveNoSecrets({
      guard,
      root: config.root,
      search: createSearch(envOf(config), guard),
      browser: [...browser],
      // What browsers get may lie below.
      server: [...server].filter((folder) => !browser.has(folder)),
      known,
      provenance,
      missing: missingSecrets(envOf(config), guard),
      onDemand: server.size > 0,
      log: logOf(config),
    })

  return [
    ...provenance.plugins(),
    {
      name: 'keyblok:leak-scan',
      apply: 'build',
      sharedDuringBuild: true,
      configResolved(resolved) {
        config = resolved
      },
      writeBundle({ dir, file }) {
        const { root, consumer, build } = this.environment.config
        const kind = consumer === 'client' ? 'browser' : 'server'
        const written = [build.outDir, dir ?? dirname(file ?? '')].map((folder) => resolve(root, folder))
        // A build may have several outputs.
        part ??= { browser: new Set(), server: new Set() }
        for (const folder of written) for (const outputs of [part, all]) outputs[kind].add(folder)
      },
      closeBundle: {
        order: 'post',
        sequential: true,
        async handler() {
          // A build that failed before wrote nothing.
          if (!part) return
          const proof = prove(part)
          part = undefined
          await proof.catch((error: unknown) => {
            // It would end the process that watches.
            if (!config.build.watch || !(error instanceof KeyblokError)) throw error
            config.logger.error(error.report)
          })
        },
      },
      buildApp: {
        order: 'post',
        // Without a builder of several parts, this hook runs before the build.
        handler: async () => void (all.browser.size + all.server.size > 0 && (await prove(all))),
      },
    },
  ]
}

/** The folders that were written, by who gets them. */
interface Outputs {
  browser: Set<string>
  server: Set<string>
}

/** Reads the environment as Vite does: the process’s, and the files of the mode; or as SvelteKit does, from its folder. */
export function envOf({
  mode,
  envDir,
  root,
  plugins,
}: Pick<ResolvedConfig, 'mode' | 'envDir' | 'root' | 'plugins'>): Record<string, string> {
  const kit = plugins.find(({ name }) => name === kitPlugin)?.api as KitApi | undefined
  const dir = kit?.options?.env?.dir ?? kit?.options?.kit?.env?.dir
  return loadEnv(mode, dir === undefined ? envDir || root : resolve(root, dir), '')
}

/** SvelteKit’s plugin that holds its options: flat in SvelteKit 3, below `kit` in SvelteKit 2. */
const kitPlugin = 'vite-plugin-sveltekit-setup'

interface KitApi {
  options?: { env?: { dir?: string }; kit?: { env?: { dir?: string } } }
}

/** Logs in Vite’s way, in Keyblok’s name. */
export function logOf({ logger }: Pick<ResolvedConfig, 'logger'>): Log {
  return {
    info: (message) => logger.info(`[keyblok] ${message}`),
    warn: (message) => logger.warn(`[keyblok] ${message}`),
  }
}
