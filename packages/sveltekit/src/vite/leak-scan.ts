import { isAbsolute, join } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import { createSearch, envOf, logOf, proveNoSecrets, Provenance, variablesHolding } from '@keyblok/vite'
import type { GuardOptions, Log, Proof } from '@keyblok/vite'
import type { Plugin, ResolvedConfig } from 'vite'
import { watchAdapter } from './watch-adapter.js'
import type { Adapter, Adapted } from './watch-adapter.js'

/** Kit's plugin that holds its resolved options. */
const kitPlugin = 'vite-plugin-sveltekit-setup'

/** What is read of Kit’s options. */
interface KitOptions {
  outDir?: string
  adapter?: Adapter
  files?: { appTemplate?: string; errorTemplate?: string }
}

/**
 * Searches what Kit built for secrets. Once after prerendering, so that a hit stops the build before an adapter takes
 * anything; and once at the end, when the service worker and what adapters and other plugins add is written.
 *
 * @throws {KeyblokError} `KB_PLUGIN_ORDER` when it stands before `sveltekit()`, where nothing would be built yet.
 */
export function leakScan(guard: GuardOptions): Plugin[] {
  let config: ResolvedConfig
  let adapted: Adapted = { browser: [], server: [], onDemand: false }
  const known: Proof['known'] = new Map()
  const provenance = new Provenance({
    createSearch: () => createSearch(envOf(config), guard),
    variablesOf: (label) => variablesHolding(envOf(config), guard, label),
  })
  const prove = (log: Log, { browser, server, onDemand }: Adapted): Promise<void> => {
    const output = join(kitOutDir(config), 'output')
    const { root } = config
    return proveNoSecrets({
      guard,
      root,
      search: createSearch(envOf(config), guard),
      known,
      // A server sends the templates with each page.
      browser: [...['client', 'prerendered'].map((folder) => join(output, folder)), ...templates(config), ...browser],
      server: [join(output, 'server'), ...server],
      provenance,
      onDemand,
      log,
    })
  }

  return [
    ...provenance.plugins(),
    {
      name: 'keyblok:leak-scan',
      apply: 'build',
      configResolved(resolved) {
        config = resolved
        assertOrder(resolved)
        const { adapter } = kitOptions(resolved)
        if (adapter) watchAdapter(adapter, (written) => void (adapted = written))
        if (resolved.build.watch) {
          resolved.logger.warn('[keyblok] not proven: under --watch only the first build is searched for secrets')
        }
      },
      // The second search reports.
      buildApp: () => prove({ info: () => {}, warn: () => {} }, adapted),
    },
    {
      name: 'keyblok:leak-scan-end',
      apply: 'build',
      buildApp: { order: 'post', handler: () => prove(logOf(config), adapted) },
    },
  ]
}

function assertOrder({ plugins }: ResolvedConfig): void {
  const names = plugins.map(({ name }) => name)
  if (names.indexOf('keyblok:leak-scan') > names.indexOf(kitPlugin)) return
  throw new Error(new KeyblokError('KB_PLUGIN_ORDER', 'keyblok() stands before sveltekit().').report)
}

function templates(config: ResolvedConfig): string[] {
  const { appTemplate = 'src/app.html', errorTemplate = 'src/error.html' } = kitOptions(config).files ?? {}
  return [appTemplate, errorTemplate].map((file) => fromRoot(file, config))
}

function kitOutDir(config: ResolvedConfig): string {
  return fromRoot(kitOptions(config).outDir ?? '.svelte-kit', config)
}

function fromRoot(path: string, { root }: ResolvedConfig): string {
  return isAbsolute(path) ? path : join(root, path)
}

function kitOptions({ plugins }: ResolvedConfig): KitOptions {
  const api = plugins.find(({ name }) => name === kitPlugin)?.api as { options?: KitOptions } | undefined
  return api?.options ?? {}
}
