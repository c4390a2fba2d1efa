import { isAbsolute, join } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import { collectTokens } from '@keyblok/core/server'
import { proveNoTokens } from '@keyblok/vite'
import type { GuardOptions, Proof } from '@keyblok/vite'
import { loadEnv } from 'vite'
import type { Plugin, ResolvedConfig } from 'vite'

/** Kit's plugin that holds its resolved options. */
const kitPlugin = 'vite-plugin-sveltekit-setup'

/**
 * Searches what Kit built for tokens. Once after prerendering, so that a hit stops the build before an adapter takes
 * anything; and once at the end, when the service worker and what other plugins add is written.
 *
 * @throws {KeyblokError} `KB_PLUGIN_ORDER` when it stands before `sveltekit()`, where nothing would be built yet.
 */
export function leakScan(guard: GuardOptions = {}): Plugin[] {
  let config: ResolvedConfig
  const prove = (log: Proof['log']): Promise<void> => proveNoTokens({ ...guard, ...whatKitWrote(config), log })
  return [
    {
      name: 'keyblok:leak-scan',
      apply: 'build',
      configResolved(resolved) {
        config = resolved
        assertOrder(resolved)
        if (resolved.build.watch) {
          resolved.logger.warn('[keyblok] not proven: under --watch only the first build is searched for tokens')
        }
      },
      // The second search reports.
      buildApp: () => prove({ info: () => {}, warn: () => {} }),
    },
    {
      name: 'keyblok:leak-scan-end',
      apply: 'build',
      buildApp: {
        order: 'post',
        handler: () => {
          const { logger } = config
          return prove({
            info: (message) => logger.info(`[keyblok] ${message}`),
            warn: (message) => logger.warn(`[keyblok] ${message}`),
          })
        },
      },
    },
  ]
}

function assertOrder({ plugins }: ResolvedConfig): void {
  const names = plugins.map(({ name }) => name)
  if (names.indexOf('keyblok:leak-scan') > names.indexOf(kitPlugin)) return
  throw new Error(new KeyblokError('KB_PLUGIN_ORDER', 'keyblok() stands before sveltekit().').report)
}

function whatKitWrote(config: ResolvedConfig): Pick<Proof, 'root' | 'folders' | 'secrets'> {
  const { root, mode, envDir } = config
  const output = join(kitOutDir(config), 'output')
  return {
    root,
    // What the server bundle holds, such as the page's template or inlined scripts, a page can send.
    folders: ['client', 'prerendered', 'server'].map((folder) => join(output, folder)),
    secrets: collectTokens(loadEnv(mode, envDir || root, '')),
  }
}

function kitOutDir({ root, plugins }: ResolvedConfig): string {
  const api = plugins.find(({ name }) => name === kitPlugin)?.api as { options?: { outDir?: string } } | undefined
  const outDir = api?.options?.outDir ?? '.svelte-kit'
  return isAbsolute(outDir) ? outDir : join(root, outDir)
}
