import { defineCommand as defineGroup } from 'citty'
import type { Command } from '../command/define-command.js'

/** `keyblok tokens`: the delivery tokens of a space. */
export const tokensCommand: Command = defineGroup({
  meta: { name: 'tokens', description: 'Lists, creates, rotates and revokes a space’s access tokens.' },
  subCommands: {
    list: () => import('./tokens/list.js').then(({ listCommand }) => listCommand),
    create: () => import('./tokens/create.js').then(({ createCommand }) => createCommand),
    rotate: () => import('./tokens/rotate.js').then(({ rotateCommand }) => rotateCommand),
    revoke: () => import('./tokens/revoke.js').then(({ revokeCommand }) => revokeCommand),
  },
})
