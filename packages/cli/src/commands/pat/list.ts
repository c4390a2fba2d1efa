import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment } from '../../environment/env-files.js'
import { connectAccount } from '../../storyblok/connect.js'
import { fullPermission, isSameToken, listPersonalTokens } from '../../storyblok/personal-tokens.js'
import type { PersonalToken } from '../../storyblok/personal-tokens.js'
import { table } from '../../terminal/table.js'

const argsDefinition = {
  all: { type: 'boolean', description: 'Revoked ones too.' },
} as const

/** `keyblok pat list`: the user's personal access tokens, and what each may do. */
export const listCommand: Command = defineCommand({
  name: 'list',
  description: 'Lists your personal access tokens, and what each may do. No token is shown.',
  args: argsDefinition,
  examples: [
    { call: 'pat list', does: 'those that are valid' },
    { call: 'pat list --all --json', does: 'revoked ones too, for scripts' },
  ],
  async run({ args, terminal, signal }) {
    const env = readEnvironment()
    const { management, token } = await connectAccount(env, terminal, { scopes: [fullPermission], signal })
    const listed = await listPersonalTokens(management)
    const rows = listed
      .filter(({ revokedAt }) => args.all === true || revokedAt === null)
      .map((row) => ({ ...row, isInUse: isSameToken(row, token.reveal()) }))
    if (rows.length === 0) terminal.line('There is no personal access token.')
    else terminal.line(table([['ID', 'ENDS IN', 'NAME', 'MAY', 'SPACES', 'UNTIL', 'LAST USED'], ...rows.map(toCells)]))
    terminal.result({ tokens: rows })
  },
})

const day = (time: string | null, none: string): string => time?.slice(0, 10) ?? none

function toCells(row: PersonalToken & { isInUse: boolean }): string[] {
  return [
    String(row.id),
    row.endsIn === '' ? '–' : `…${row.endsIn}`,
    `${row.name}${row.isInUse ? ' (this one)' : ''}`,
    rightsOf(row),
    row.spaceIds.length > 0 ? row.spaceIds.join(', ') : 'all',
    row.revokedAt === null ? day(row.expiresAt, 'no end') : `revoked ${day(row.revokedAt, '')}`,
    day(row.lastUsedAt, 'never'),
  ]
}

function rightsOf({ isLegacy, hasFullPermission, scopes }: PersonalToken): string {
  if (isLegacy) return 'everything (legacy)'
  return hasFullPermission ? 'everything' : scopes.join(', ') || '–'
}
