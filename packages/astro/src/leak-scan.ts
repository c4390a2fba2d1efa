import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BuildProof, envOf } from '@keyblok/vite'
import type { Environment, GuardOptions } from '@keyblok/vite'
import type { AstroIntegration } from 'astro'

/** Where adapters put what they make of a build, below the root. */
const adapterFolders = {
  browser: ['.vercel/output/static', '.vercel/output/config.json'],
  server: ['.vercel/output/functions', '.netlify/v1', '.netlify/build'],
}

/** Searches what Astro built for secrets, after every other integration has written to it. */
export function leakScan(guard: GuardOptions): AstroIntegration {
  const started = Date.now()
  let env: Environment = {}
  let root = ''
  let server = ''
  let onDemand = false
  const proof = new BuildProof(guard, () => env, { once: true })
  const written = (folders: readonly string[]): string[] =>
    folders.map((folder) => join(root, folder)).filter((folder) => isNewer(folder, started))

  return {
    name: '@keyblok/astro:leak-scan',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        const readEnv = {
          name: 'keyblok:env',
          configResolved: (config: Parameters<typeof envOf>[0]) => void (env = envOf(config)),
        }
        updateConfig({ vite: { plugins: [readEnv, ...proof.plugins()] } })
      },
      'astro:config:done': ({ buildOutput, config }) => {
        root = fileURLToPath(config.root)
        server = fileURLToPath(config.build.server)
        onDemand = buildOutput === 'server'
      },
      'astro:build:done': async ({ dir, logger }) => {
        const client = fileURLToPath(dir)
        await proof.prove({
          root,
          browser: [client, ...written(adapterFolders.browser)],
          // A static site’s folder is served whole.
          server: [...(relative(client, server).startsWith('..') ? [server] : []), ...written(adapterFolders.server)],
          onDemand,
          log: logger,
        })
      },
    },
  }
}

/** What an earlier build left behind says nothing of this one. A folder is as old as what was added to it last. */
function isNewer(path: string, time: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return false
  if (stats.mtimeMs >= time) return true
  return stats.isDirectory() && readdirSync(path).some((entry) => isNewer(join(path, entry), time))
}
