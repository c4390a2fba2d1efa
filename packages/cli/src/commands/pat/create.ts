import { Secret } from '@keyblok/core/server'
import { usageError } from '../../command/cli-error.js'
import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment, splitNames } from '../../environment/env-files.js'
import { connectAccount } from '../../storyblok/connect.js'
import { createPersonalToken, fullPermission, listScopes } from '../../storyblok/personal-tokens.js'
import { parseDuration } from '../../tokens/duration.js'
import { choosePlace, putToken } from '../../tokens/place.js'

const argsDefinition = {
  name: { type: 'string', required: true, description: 'What it is for, such as “CI of the shop”.' },
  scopes: { type: 'string', description: 'What it may do, with commas: stories:read,components:read' },
  spaces: { type: 'string', description: 'The ids of the spaces that it opens, with commas; all of yours by default.' },
  expires: { type: 'string', default: '90d', description: 'How long it is valid, a year at most.' },
  full: { type: 'boolean', description: 'All that you may do, in place of scopes.' },
  to: { type: 'string', description: 'The environment file that gets it; never one that git tracks.' },
  replace: { type: 'boolean', description: 'Replaces the token that the file has.' },
  show: { type: 'boolean', description: 'Prints it, once.' },
} as const

const variable = 'STORYBLOK_PERSONAL_ACCESS_TOKEN'

/** `keyblok pat create`: makes a personal access token with no more rights than it needs. */
export const createCommand: Command = defineCommand({
  name: 'create',
  description: 'Creates a personal access token. Its value is written into a file, or shown once.',
  args: argsDefinition,
  examples: [
    {
      call: 'pat create --name types --scopes components:read,datasources:read,datasource_entries:read --to .env',
      does: 'for `types --api`',
    },
    { call: 'pat create --name CI --scopes stories:read --spaces 100001 --expires 30d --show', does: 'for one space' },
  ],
  async run({ args, terminal, signal }) {
    const scopes = splitNames(args.scopes)
    const spaceIds = readSpaces(args.spaces)
    if (args.full && (scopes.length > 0 || spaceIds.length > 0)) {
      throw usageError('--full is everything, so it goes with neither --scopes nor --spaces.')
    }
    if (!args.full && scopes.length === 0) throw usageError('Give --scopes, or --full.')
    const life = parseDuration(args.expires, '--expires')
    if (life === 0) throw usageError('--expires is 0, and a token has to live for a while.')

    const { management } = await connectAccount(readEnvironment(), terminal, { scopes: [fullPermission], signal })
    const known = await listScopes(management)
    const unknown = scopes.filter((scope) => !known.includes(scope))
    if (unknown.length > 0)
      throw usageError(`There is no scope ${unknown.join(', ')}.`, `There are: ${known.join(' ')}`)
    const instead = 'Give --replace for the new one in its place; one with scopes cannot manage tokens.'
    const place = await choosePlace({ ...args, variable, instead }, terminal)
    const { token, value } = await createPersonalToken(management, {
      name: args.name,
      scopes,
      spaceIds,
      expiresAt: new Date(Date.now() + life),
      hasFullPermission: args.full === true,
    })
    terminal.note(
      `Created “${token.name}” with the id ${token.id}, valid until ${token.expiresAt?.slice(0, 10) ?? 'it is revoked'}.`,
    )
    putToken(place, new Secret(value, 'personal'), terminal, `pat revoke ${token.id}`)
    terminal.result({ ...token, ...(place === 'terminal' ? { token: value } : { envFile: place.file, variable }) })
  },
})

function readSpaces(list: string | undefined): number[] {
  return splitNames(list).map((id) => {
    if (!/^[1-9]\d{0,15}$/.test(id)) throw usageError(`--spaces takes ids, which are numbers, and “${id}” is none.`)
    return Number(id)
  })
}
