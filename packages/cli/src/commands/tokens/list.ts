import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment } from '../../environment/env-files.js'
import { lastFour, listApiKeys } from '../../storyblok/api-keys.js'
import type { ApiKey } from '../../storyblok/api-keys.js'
import { connectSpace } from '../../storyblok/connect.js'
import { table } from '../../terminal/table.js'
import { variablesHolding } from '../../tokens/token-variables.js'
import { prefixArgument } from './shared.js'

const argsDefinition = { prefix: prefixArgument } as const

/** `keyblok tokens list`: the tokens of the space, and which variables hold them. */
export const listCommand: Command = defineCommand({
  name: 'list',
  description: 'Lists the space’s access tokens, and which variables hold them. No token is shown.',
  args: argsDefinition,
  examples: [
    { call: 'tokens list', does: 'the space of STORYBLOK_SPACE_ID' },
    { call: 'tokens list --json', does: 'for scripts' },
  ],
  async run({ args, terminal, signal }) {
    const env = readEnvironment()
    const options = { scopes: ['spaces:read'], signal, prefix: args.prefix }
    const { management, space } = await connectSpace(env, terminal, options)
    const keys = await listApiKeys(management, space)
    const rows = keys.map((key) => ({ ...show(key), variables: variablesHolding(key.token, env) }))
    if (rows.length === 0) terminal.line('The space has no access token.')
    else terminal.line(table([['ID', 'KIND', 'ENDS IN', 'NAME', 'NARROWED TO', 'HELD BY'], ...rows.map(toCells)]))
    terminal.result({ tokens: rows })
  },
})

function show({ id, kind, name, token, storyIds, releaseIds, branchId, minCache }: ApiKey) {
  return { id, kind, name, endsIn: lastFour(token), storyIds, releaseIds, branchId, minCache }
}

function toCells(row: ReturnType<typeof show> & { variables: string[] }): string[] {
  const { storyIds, releaseIds, branchId, minCache } = row
  const narrowed = [
    storyIds.length > 0 && `stories ${storyIds.join(', ')}`,
    releaseIds.length > 0 && `releases ${releaseIds.join(', ')}`,
    branchId !== null && `stage ${branchId}`,
    minCache > 0 && `cached ${minCache} s`,
  ].filter((part) => part !== false)
  return [
    String(row.id),
    row.kind,
    row.endsIn,
    row.name || '–',
    narrowed.join('; ') || '–',
    row.variables.join(', ') || '–',
  ]
}
