import { CliError } from '../../command/cli-error.js'
import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment } from '../../environment/env-files.js'
import { connectAccount } from '../../storyblok/connect.js'
import {
  deletePersonalToken,
  findPersonalToken,
  fullPermission,
  isSameToken,
  listPersonalTokens,
} from '../../storyblok/personal-tokens.js'

const argsDefinition = {
  token: { type: 'positional', required: true, description: 'The token’s id or name, as `pat list` shows it.' },
  yes: { type: 'boolean', description: 'Does it; without it, it is only said what would be done.' },
  force: { type: 'boolean', description: 'Even if it is the token that this command itself uses.' },
} as const

/** `keyblok pat revoke`: ends a personal access token, at once. */
export const revokeCommand: Command = defineCommand({
  name: 'revoke',
  description: 'Revokes a personal access token, at once and for good. A dry run unless --yes is given.',
  args: argsDefinition,
  examples: [
    { call: 'pat revoke "CI of the shop"', does: 'says what would be revoked' },
    { call: 'pat revoke 42 --yes', does: 'revokes it' },
  ],
  async run({ args, terminal, signal }) {
    const { management, token } = await connectAccount(readEnvironment(), terminal, {
      scopes: [fullPermission],
      signal,
    })
    const found = findPersonalToken(await listPersonalTokens(management), args.token)
    const { id, name, revokedAt } = found
    if (isSameToken(found, token.reveal()) && !args.force) {
      throw new CliError(`“${name}” is the token that this command uses.`, {
        hint: 'Revoke it with another one, or all the same with --force.',
      })
    }
    if (revokedAt !== null) {
      terminal.line(`“${name}” (${id}) is revoked already.`)
    } else if (args.yes) {
      await deletePersonalToken(management, id)
      terminal.line(`“${name}” (${id}) is revoked.`)
    } else {
      terminal.line(`Would revoke “${name}” (${id}). Nothing was done: --yes does it.`)
    }
    terminal.result({ id, name, revoked: revokedAt !== null || args.yes === true })
  },
})
