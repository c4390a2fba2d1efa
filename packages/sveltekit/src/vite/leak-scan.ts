import { join } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import { collectTokens } from '@keyblok/core/server'
import { proveNoTokens } from '@keyblok/vite'
import type { GuardOptions } from '@keyblok/vite'
import { loadEnv } from 'vite'
import type { Plugin, ResolvedConfig } from 'vite'

/** Kit's plugin that holds its resolved options. */
const kitPlugin = 'vite-plugin-sveltekit-setup'

/**
 * Searches what Kit built for tokens: after prerendering, and before an adapter copies it.
 *
 * @throws {KeyblokError} `KB_PLUGIN_ORDER` when it stands before `sveltekit()`, where nothing would be built yet.
 */
export function leakScan(guard: GuardOptions = {}): Plugin {
  let config: ResolvedConfig
  return {
    name: 'keyblok:leak-scan',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
      const names = resolved.plugins.map(({ name }) => name)
      if (names.indexOf('keyblok:leak-scan') < names.indexOf(kitPlugin)) {
        throw new Error(new KeyblokError('KB_PLUGIN_ORDER', 'keyblok() stands before sveltekit().').report)
      }
    },
    async buildApp() {
      const { root, mode, envDir, logger } = config
      const output = join(kitOutDir(config), 'output')
      await proveNoTokens({
        ...guard,
        root,
        folders: [join(output, 'client'), join(output, 'prerendered')],
        secrets: collectTokens(loadEnv(mode, envDir || root, '')),
        log: {
          info: (message) => logger.info(`[keyblok] ${message}`),
          warn: (message) => logger.warn(`[keyblok] ${message}`),
        },
      })
    },
  }
}

function kitOutDir({ root, plugins }: ResolvedConfig): string {
  const api = plugins.find(({ name }) => name === kitPlugin)?.api as { options?: { outDir?: string } } | undefined
  const outDir = api?.options?.outDir ?? '.svelte-kit'
  return outDir.startsWith('/') ? outDir : join(root, outDir)
}
