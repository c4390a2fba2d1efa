import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KeyblokError } from '@keyblok/core'
import { Secret } from '@keyblok/core/server'
import { CliError, exitCodes, usageError } from '../../command/cli-error.js'
import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment, readVariables } from '../../environment/env-files.js'
import { assertEnvFile } from '../../environment/write-env-file.js'
import { describeApiKey, findApiKey, listApiKeys } from '../../storyblok/api-keys.js'
import type { ApiKey } from '../../storyblok/api-keys.js'
import { connectSpace, lookup } from '../../storyblok/connect.js'
import type { Terminal } from '../../terminal/terminal.js'
import { parseDuration } from '../../tokens/duration.js'
import { RotationJournal } from '../../tokens/journal.js'
import type { Rotation } from '../../tokens/journal.js'
import { platformCommands } from '../../tokens/platform-commands.js'
import { beginRotation, endRotation, ensureNewToken, isWritten, writeNewToken } from '../../tokens/rotate.js'
import type { RotatedTokens, RotationSite } from '../../tokens/rotate.js'
import { splitTokens, variableOf } from '../../tokens/token-variables.js'
import { prefixArgument } from './shared.js'

const argsDefinition = {
  kind: {
    type: 'enum',
    options: ['preview', 'public'] as string[],
    default: 'preview',
    description: 'Which token is replaced.',
  },
  token: {
    type: 'string',
    description: 'The id or name of the token to replace; by default the one that the variable holds.',
  },
  to: {
    type: 'string',
    description: 'The environment file that gets it; by default the one that holds the variable, else .env.',
  },
  overlap: { type: 'string', description: 'How long the old token stays valid, such as 30m or 7d. (Default: 24h)' },
  wait: { type: 'boolean', description: 'Waits for the end of the overlap, and then revokes.' },
  yes: { type: 'boolean', description: 'Revokes the old token once the overlap is over; without it, it is only said.' },
  force: { type: 'boolean', description: 'Revokes although another file, or the environment, holds the old token.' },
  prefix: prefixArgument,
} as const

const usualOverlap = '24h'

/** `keyblok tokens rotate`: replaces a token without a moment in which none is valid. */
export const rotateCommand: Command = defineCommand({
  name: 'rotate',
  description: 'Replaces an access token: creates a new one, lets both be valid for a while, then revokes the old one.',
  args: argsDefinition,
  examples: [
    { call: 'tokens rotate', does: 'a new preview token into .env; the old one stays for 24 hours' },
    { call: 'tokens rotate --yes', does: 'the same; run again after the overlap, it revokes the old one' },
    { call: 'tokens rotate --overlap 0 --yes', does: 'after a leak: the old one ends at once' },
  ],
  async run({ args, terminal, signal }) {
    if (args.wait && !args.yes && !terminal.interactive) {
      throw usageError('--wait revokes at its end, so it needs --yes.')
    }
    const overlap = args.overlap === undefined ? undefined : parseDuration(args.overlap, '--overlap')
    const variables = readVariables()
    const env = readEnvironment()
    const variable = variableOf(args.kind, args.prefix)
    const options = { scopes: ['spaces:read', 'spaces:write'], signal, prefix: args.prefix }
    const { management, space, spaceId } = await connectSpace(env, terminal, options)
    const journal = new RotationJournal(variable)
    const unlock = journal.lock()
    try {
      const site: RotationSite = { management, space, journal, env: lookup(env, args) }
      const kind = args.kind as 'preview' | 'public'
      const findMeant = (): Promise<ApiKey> => findOld(site, { ...args, value: env[variable], variable, kind })
      const begun = journal.read()
      const given = { to: args.to, overlap, meant: args.token === undefined ? undefined : await findMeant() }
      const file = begun?.file ?? args.to ?? variables.get(variable)?.file ?? '.env'
      assertEnvFile(begun?.revokeAt === undefined ? (args.to ?? file) : file)
      const rotation = begun
        ? goOn(site, begun, { ...given, spaceId, terminal })
        : await beginRotation(site, { spaceId, kind, file, variable, old: await findMeant() })
      const tokens = await ensureNewToken(site, rotation)
      const ready = isWritten(rotation, tokens)
        ? rotation
        : replace(site, rotation, tokens, overlap ?? parseDuration(usualOverlap, '--overlap'), terminal)
      const { yes, wait, force } = args
      return await finish(site, ready, tokens, { yes, wait, force, signal, terminal })
    } finally {
      unlock()
    }
  },
})

interface Given {
  to: string | undefined
  overlap: number | undefined
  meant: ApiKey | undefined
  spaceId: string
  terminal: Terminal
}

/** Goes on with a rotation that was begun, as it is told now. What it cannot do any more is refused, not passed over. */
function goOn(site: RotationSite, begun: Rotation, { to, overlap, meant, spaceId, terminal }: Given): Rotation {
  const { oldId, file, variable, revokeAt } = begun
  const hint = `Let it end first; or delete ${site.journal.file}, which leaves both tokens valid.`
  if (begun.spaceId !== spaceId) {
    throw new CliError(`A rotation of space ${begun.spaceId} is under way, and ${variable} is of space ${spaceId}.`, {
      hint,
    })
  }
  if (meant && meant.id !== oldId) {
    throw new CliError(`A rotation of token ${oldId} is under way, and ${meant.id} is meant.`, { hint })
  }
  if (to !== undefined && resolve(to) !== resolve(file) && revokeAt !== undefined) {
    throw new CliError(`The new token is in ${file} already.`, { hint })
  }
  terminal.note(`Going on with the rotation of token ${oldId}.`)
  const changed: Rotation = {
    ...begun,
    file: to ?? file,
    ...(revokeAt !== undefined && overlap !== undefined && { revokeAt: new Date(Date.now() + overlap).toISOString() }),
  }
  site.journal.write(changed)
  return changed
}

interface OldToken {
  token?: string | undefined
  value: string | undefined
  variable: string
  kind: 'preview' | 'public'
}

/** The token that is to be replaced: the one that is named, or the first that the variable holds. */
async function findOld(
  { management, space }: RotationSite,
  { token, value, variable, kind }: OldToken,
): Promise<ApiKey> {
  const keys = (await listApiKeys(management, space)).filter((key) => key.kind === kind)
  if (token !== undefined) return findApiKey(keys, token)
  const [first] = splitTokens(value)
  if (first === undefined) {
    throw new CliError(`${variable} is set neither in the environment nor in an environment file.`, {
      hint: 'Name the token to replace: --token <id>, as `npx keyblok tokens list` shows it.',
    })
  }
  const held = new Secret(first, kind)
  const found = keys.find((key) => key.token.equals(held))
  if (found) return found
  throw new CliError(`The token in ${variable} is no ${kind} token of this space.`, {
    hint: 'It may be revoked already, or of another space: `npx keyblok doctor` tells. Name the token to replace: --token <id>.',
  })
}

function replace(
  site: RotationSite,
  rotation: Rotation,
  tokens: RotatedTokens,
  overlap: number,
  terminal: Terminal,
): Rotation {
  const { file, variable, kind } = rotation
  const { fresh } = tokens
  terminal.line(`The ${describeApiKey(fresh)} with the id ${fresh.id} is new.`)
  const { rotation: written, addable } = writeNewToken(site, rotation, tokens, overlap)
  terminal.line(`${variable} in ${file} has it${kind === 'preview' ? ', with the old one behind it' : ''}.`)
  if (addable) terminal.warn(`git does not ignore ${file}. Add it to .gitignore.`)
  if (process.env[variable]) {
    terminal.warn(`${variable} is set in the environment as well, which goes before files: change it there too.`)
  }
  terminal.line('\nSet it wherever the site runs:')
  for (const { name, command } of platformCommands(variable, file)) terminal.line(`  ${name}: ${command}`)
  terminal.line()
  return written
}

interface FinishOptions {
  yes: boolean | undefined
  wait: boolean | undefined
  force: boolean | undefined
  signal: AbortSignal
  terminal: Terminal
}

async function finish(
  site: RotationSite,
  rotation: Rotation,
  tokens: RotatedTokens,
  options: FinishOptions,
): Promise<0> {
  const { yes, wait, force, signal, terminal } = options
  const { oldId, newId, revokeAt = '', file, variable } = rotation
  const result = { oldId, newId, envFile: file, variable, revokeAt }
  const end = Date.parse(revokeAt)
  if (end > Date.now() && wait) {
    terminal.line(`Waiting until ${revokeAt} to revoke token ${oldId}. Ctrl+C is fine: run the command again.`)
    await waitUntil(end, signal)
  } else if (end > Date.now()) {
    terminal.line(`Token ${oldId} stays valid until ${revokeAt}. Run the command again afterwards: it revokes it.`)
    terminal.result({ ...result, revoked: false })
    return exitCodes.done
  }
  const question = `Revoke token ${oldId} now? Every site that still uses it loses its content.`
  if (!yes && !(terminal.interactive && (await terminal.confirm(question, '--yes', false)))) {
    terminal.line(`Would revoke token ${oldId} now. Nothing was done: --yes does it.`)
    terminal.result({ ...result, revoked: false })
    return exitCodes.done
  }
  await endRotation(site, rotation, tokens, force === true)
  terminal.line(`Token ${oldId} is revoked.`)
  terminal.result({ ...result, revoked: true })
  return exitCodes.done
}

/** Timers take no more than 24 days at once. */
const longestTimer = 24 * 60 * 60 * 1000

async function waitUntil(time: number, signal: AbortSignal): Promise<void> {
  for (let left = time - Date.now(); left > 0; left = time - Date.now()) {
    await sleep(Math.min(left, longestTimer), undefined, { signal }).catch((): never => {
      throw new KeyblokError('KB_ABORTED', 'Ctrl+C was pressed.')
    })
  }
}
