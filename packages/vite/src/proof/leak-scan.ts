import { resolve } from 'node:path'
import { loadEnv } from 'vite'
import type { Plugin, ResolvedConfig } from 'vite'
import { createSearch, variablesHolding } from './guard-options.js'
import type { GuardOptions } from './guard-options.js'
import { Provenance } from './provenance.js'
import { proveNoSecrets } from './prove-no-secrets.js'
import type { Log } from './prove-no-secrets.js'

/** Searches what a plain Vite build wrote, folder by folder, as soon as it is written. */
export function leakScan(guard: GuardOptions): Plugin[] {
  let config: ResolvedConfig
  const provenance = new Provenance({
    createSearch: () => createSearch(envOf(config), guard),
    variablesOf: (label) => variablesHolding(envOf(config), guard, label),
  })
  return [
    ...provenance.plugins(),
    {
      name: 'keyblok:leak-scan',
      apply: 'build',
      configResolved(resolved) {
        config = resolved
      },
      closeBundle: {
        order: 'post',
        sequential: true,
        async handler(error?: Error) {
          if (error) return
          const { root, consumer, build } = this.environment.config
          const output = resolve(root, build.outDir)
          const isBrowser = consumer === 'client'
          await proveNoSecrets({
            guard,
            root,
            search: createSearch(envOf(config), guard),
            browser: isBrowser ? [output] : [],
            server: isBrowser ? [] : [output],
            provenance,
            onDemand: !isBrowser,
            log: logOf(config),
          })
        },
      },
    },
  ]
}

/** Reads the environment as Vite does: the process’s, and the files of the mode. */
export function envOf({
  mode,
  envDir,
  root,
}: Pick<ResolvedConfig, 'mode' | 'envDir' | 'root'>): Record<string, string> {
  return loadEnv(mode, envDir || root, '')
}

/** Logs in Vite’s way, in Keyblok’s name. */
export function logOf({ logger }: Pick<ResolvedConfig, 'logger'>): Log {
  return {
    info: (message) => logger.info(`[keyblok] ${message}`),
    warn: (message) => logger.warn(`[keyblok] ${message}`),
  }
}
