import { defineCommand as defineGroup } from 'citty'
import type { Command } from '../command/define-command.js'

/** `keyblok pat`: the user's personal access tokens. */
export const patCommand: Command = defineGroup({
  meta: { name: 'pat', description: 'Lists, creates and revokes your personal access tokens.' },
  subCommands: {
    list: () => import('./pat/list.js').then(({ listCommand }) => listCommand),
    create: () => import('./pat/create.js').then(({ createCommand }) => createCommand),
    revoke: () => import('./pat/revoke.js').then(({ revokeCommand }) => revokeCommand),
  },
})
