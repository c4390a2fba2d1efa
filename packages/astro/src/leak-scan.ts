import { fileURLToPath } from 'node:url'
import { collectTokens } from '@keyblok/core/server'
import { proveNoTokens } from '@keyblok/vite'
import type { GuardOptions } from '@keyblok/vite'
import type { AstroIntegration } from 'astro'

/** Searches what Astro built for tokens, after every other integration has written to it. */
export function leakScan(guard: GuardOptions = {}): AstroIntegration {
  let root = ''
  let server = ''
  return {
    name: '@keyblok/astro:leak-scan',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root)
        server = fileURLToPath(config.build.server)
      },
      'astro:build:done': async ({ dir, logger }) => {
        await proveNoTokens({
          ...guard,
          root,
          // Small scripts are inlined into pages, which a server bundle holds when they are rendered on demand.
          folders: [fileURLToPath(dir), server],
          // Astro has copied `.env` into the process's environment by now.
          secrets: collectTokens(process.env),
          log: logger,
        })
      },
    },
  }
}
