import { fileURLToPath } from 'node:url'
import type { ServerEntries } from './server-only.js'

/** The core's entries that handle tokens. */
export const coreServerEntries: ServerEntries = Object.fromEntries(
  ['server', 'preview', 'webhooks', 'assets', 'verify', 'guard', 'sync', 'management', 'compat-server'].map((name) => {
    const entry = `@keyblok/core/${name}`
    return [entry, fileURLToPath(import.meta.resolve(entry))]
  }),
)
