import type { Plugin } from 'vite'
import { coreServerEntries } from './boundary/core-server-entries.js'
import { serverOnly } from './boundary/server-only.js'
import type { GuardOptions } from './proof/guard-options.js'
import { leakScan } from './proof/leak-scan.js'
import { devGuard } from './dev/dev-guard.js'
import { validateGuardOptions } from './proof/validate-options.js'
import { publicVariables } from './public-variables.js'

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
  validateGuardOptions(guard)
  return [
    serverOnly({ entries: coreServerEntries, files: guard.serverOnly ?? [] }),
    publicVariables(guard),
    devGuard({ guard, files: ['vite.config.*'] }),
    ...leakScan(guard),
  ]
}
