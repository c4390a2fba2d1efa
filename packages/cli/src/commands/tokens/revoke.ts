import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment } from '../../environment/env-files.js'
import { deleteApiKey, describeApiKey, findApiKey, listApiKeys } from '../../storyblok/api-keys.js'
import { connectSpace } from '../../storyblok/connect.js'
import { assertRevocable } from '../../tokens/guard-revocation.js'
import { variablesHolding } from '../../tokens/token-variables.js'
import { prefixArgument } from './shared.js'

const argsDefinition = {
  token: { type: 'positional', required: true, description: 'The token’s id or name, as `tokens list` shows it.' },
  yes: { type: 'boolean', description: 'Does it; without it, it is only said what would be done.' },
  force: { type: 'boolean', description: 'Even if it is the only preview token of the space.' },
  prefix: prefixArgument,
} as const

/** `keyblok tokens revoke`: ends a token, at once. */
export const revokeCommand: Command = defineCommand({
  name: 'revoke',
  description: 'Revokes an access token, at once and for good. A dry run unless --yes is given.',
  args: argsDefinition,
  examples: [
    { call: 'tokens revoke 700001', does: 'says what would be revoked' },
    { call: 'tokens revoke 700001 --yes', does: 'revokes it' },
  ],
  async run({ args, terminal, signal }) {
    const env = readEnvironment()
    const options = { scopes: ['spaces:read', 'spaces:write'], signal, prefix: args.prefix }
    const { management, space } = await connectSpace(env, terminal, options)
    const keys = await listApiKeys(management, space)
    const key = findApiKey(keys, args.token)
    assertRevocable(key, keys, args.force === true)
    const variables = variablesHolding(key.token, env)
    if (variables.length > 0) terminal.warn(`${variables.join(', ')} holds this token here.`)
    const shown = { id: key.id, kind: key.kind, name: key.name, variables }
    if (!args.yes) {
      terminal.line(`Would revoke the ${describeApiKey(key)}. Nothing was done: --yes does it.`)
      terminal.result({ ...shown, revoked: false })
      return
    }
    await deleteApiKey(management, space, key.id)
    terminal.line(`The ${describeApiKey(key)} is revoked.`)
    terminal.result({ ...shown, revoked: true })
  },
})
