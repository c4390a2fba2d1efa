import { isAbsolute, join } from 'node:path'
import { BuildProof, envOf, kitOptionsOf, logOf } from '@keyblok/vite'
import type { GuardOptions, KitOptions, Log } from '@keyblok/vite'
import type { Plugin, ResolvedConfig } from 'vite'
import { watchAdapter } from './watch-adapter.js'
import type { Adapter, Adapted } from './watch-adapter.js'

/**
 * Searches what Kit built for secrets. Once before an adapter takes anything, so that a hit stops the build; and once at
 * the end, when the service worker and what adapters and other plugins add is written.
 *
 * Kit 3 builds by `buildApp`. Kit 2 builds the server, whose hooks build the browser’s code by another run of Vite, with
 * other instances of all plugins.
 */
export function leakScan(guard: GuardOptions): Plugin[] {
  let config: ResolvedConfig
  let adapted: Adapted = { browser: [], server: [], onDemand: false }
  const proof = new BuildProof(guard, () => envOf(config))
  const prove = (log: Log, { browser, server, onDemand }: Adapted): Promise<void> => {
    const output = join(kitOutDir(config), 'output')
    return proof.prove({
      root: config.root,
      // A server sends the templates with each page.
      browser: [...['client', 'prerendered'].map((folder) => join(output, folder)), ...templates(config), ...browser],
      server: [join(output, 'server'), ...server],
      onDemand,
      log,
    })
  }

  return [
    ...proof.plugins(),
    {
      name: 'keyblok:leak-scan',
      apply: 'build',
      configResolved(resolved) {
        config = resolved
        const { adapter } = kitOptions(resolved)
        if (adapter) watchAdapter(adapter, (written) => void (adapted = written))
        if (resolved.build.watch) {
          resolved.logger.warn('[keyblok] not proven: under --watch only the first build is searched for secrets')
        }
      },
      // The second search reports.
      buildApp: () => (buildsByApp(config) ? prove(silent, adapted) : Promise.resolve()),
    },
    {
      name: 'keyblok:leak-scan-end',
      apply: 'build',
      buildApp: {
        order: 'post',
        handler: () => (buildsByApp(config) ? prove(logOf(config), adapted) : Promise.resolve()),
      },
      closeBundle: {
        order: 'post',
        sequential: true,
        async handler(error?: Error) {
          if (error || buildsByApp(config)) return
          const { root, build } = config
          if (!build.ssr) return rememberFailure(root, prove(silent, adapted))
          // The server's build goes on to its end when the browser's has failed.
          if (failures.has(root)) throw failures.get(root)
          await prove(logOf(config), adapted)
        },
      },
    },
  ]
}

/** How the browser’s part of a build of Kit 2 failed, by the root: another instance of the plugin has to know. */
const failures = new Map<string, unknown>()

async function rememberFailure(root: string, proof: Promise<void>): Promise<void> {
  failures.delete(root)
  try {
    await proof
  } catch (error) {
    failures.set(root, error)
    throw error
  }
}

const silent: Log = { info: () => {}, warn: () => {} }

/** Tells Kit 3 from Kit 2, whose hooks of the same name would run before anything is built. */
function buildsByApp({ builder }: ResolvedConfig): boolean {
  return builder !== undefined
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

function kitOptions(config: ResolvedConfig): KitOptions<Adapter> {
  return kitOptionsOf(config) ?? {}
}
