import type { Plugin } from 'vite'
import { guardPlugins } from './guard-plugins.js'
import type { GuardOptions } from './proof/guard-options.js'
import { leakScan } from './proof/leak-scan.js'

/**
 * Keeps secrets out of what a browser can get, in any Vite project; `@keyblok/astro` and `@keyblok/sveltekit` have it
 * built in. Browser code that imports a server-only file fails; variables that browsers get may hold no secret; the dev
 * server overwrites secrets in what it answers; and each build is searched for them.
 *
 * @example
 * ```ts
 * import { secretGuard } from '@keyblok/vite'
 * import { defineConfig } from 'vite'
 *
 * export default defineConfig({
 *   plugins: [secretGuard({ secrets: ['SMTP_PASSWORD'], serverOnly: ['src/server/**'] })],
 * })
 * ```
 */
export function secretGuard(guard: GuardOptions = {}): Plugin[] {
  return [...guardPlugins(guard, { deniedFiles: ['vite.config.*'] }), ...leakScan(guard)]
}
