import { dirname, resolve } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import type { Plugin, ResolvedConfig } from 'vite'
import { BuildProof } from './build-proof.js'
import { envOf } from './environment.js'
import type { GuardOptions } from './guard-options.js'
import type { Log } from './prove-no-secrets.js'

/**
 * Searches what a plain Vite build wrote: each part as soon as it is written and, where a builder makes several, all of
 * them at the end.
 */
export function leakScan(guard: GuardOptions): Plugin[] {
  let config: ResolvedConfig
  const proof = new BuildProof(guard, () => envOf(config))
  const all: Outputs = { browser: new Set(), server: new Set() }
  let part: Outputs | undefined
  const prove = ({ browser, server }: Outputs): Promise<void> =>
    proof.prove({
      root: config.root,
      browser: [...browser],
      // What browsers get may lie below.
      server: [...server].filter((folder) => !browser.has(folder)),
      onDemand: server.size > 0,
      log: logOf(config),
    })

  return [
    ...proof.plugins(),
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
          const written = part
          part = undefined
          await prove(written).catch((error: unknown) => {
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

/** Logs in Vite’s way, in Keyblok’s name. */
export function logOf({ logger }: Pick<ResolvedConfig, 'logger'>): Log {
  return {
    info: (message) => logger.info(`[keyblok] ${message}`),
    warn: (message) => logger.warn(`[keyblok] ${message}`),
  }
}
