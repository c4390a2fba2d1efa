import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeyblokError } from '@keyblok/core'
import { kitOptionsOf, kitPlugin } from '@keyblok/vite'
import type { Plugin, ResolvedConfig } from 'vite'
import { kitMajor } from './kit-major.js'

/** What the configuration says of an app. */
interface App {
  /** Its folder. */
  root: string
  /** The path that it lies under; empty for the root. */
  base: string
  /** Where its scripts are, where that is another host. */
  assets: string | undefined
  /** The folder of its scripts. */
  appDir: string
  /** The name of its adapter. */
  adapter: string | undefined
}

/**
 * Sets what a Kit app needs, and says what it lacks: one copy of Kit, whose errors are told by their class, and entries
 * that a dev server takes as they are, since the plugin loads some of their modules in its own way.
 *
 * @param onApp - Is told what the configuration says of the app.
 * @throws {KeyblokError} `KB_PLUGIN_ORDER` when it stands before `sveltekit()`, where nothing would be built yet.
 */
export function kitDefaults(onApp: (app: App) => void): Plugin {
  return {
    name: 'keyblok:kit-defaults',
    config: () => ({
      resolve: { dedupe: ['@sveltejs/kit'] },
      optimizeDeps: {
        exclude: ['@keyblok/sveltekit'],
        // Found on the first page otherwise, which then loads again.
        include: [
          '@keyblok/sveltekit > @keyblok/core',
          '@keyblok/sveltekit > @keyblok/core/browser',
          '@keyblok/sveltekit > @keyblok/core/compat',
          '@keyblok/sveltekit > @keyblok/core/editor',
          '@keyblok/sveltekit > devalue',
        ],
      },
    }),
    configResolved(config) {
      assertOrder(config)
      const { adapter, appDir = '_app', paths } = kitOptionsOf<{ name: string }>(config) ?? {}
      onApp({
        root: config.root,
        base: paths?.base ?? '',
        assets: paths?.assets || undefined,
        appDir,
        adapter: adapter?.name,
      })
      if (kitMajor(config.root) === 3) warnOfUndeclared(config)
    },
  }
}

function assertOrder({ plugins }: ResolvedConfig): void {
  const names = plugins.map(({ name }) => name)
  if (names.indexOf('keyblok:kit-defaults') > names.indexOf(kitPlugin)) return
  throw new Error(new KeyblokError('KB_PLUGIN_ORDER', 'keyblok() stands before sveltekit().').report)
}

/** SvelteKit 3 gives an app the variables that it declares, and no others, whatever is in `.env`. */
function warnOfUndeclared({ root, logger }: ResolvedConfig): void {
  if (process.env['VITEST'] !== undefined) return
  const file = ['src/env.ts', 'src/env.js'].map((path) => join(root, path)).find((path) => existsSync(path))
  const declares = file !== undefined && /storyblokEnv|STORYBLOK_/.test(readFileSync(file, 'utf8'))
  if (declares) return
  logger.warn(
    `[keyblok] ${file === undefined ? 'There is no src/env.ts' : 'src/env.ts declares no variable of Storyblok'}, ` +
      'so tokens in .env files are not found. Declare them: ' +
      'export const variables = defineEnvVars({ ...storyblokEnv({ optional: building || dev }) })',
  )
}
