import { setTimeout as sleep } from 'node:timers/promises'
import { KeyblokError } from '@keyblok/core'
import { Secret } from '@keyblok/core/server'
import { CliError, exitCodes } from '../../command/cli-error.js'
import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment } from '../../environment/env-files.js'
import { assertEnvFile } from '../../environment/write-env-file.js'
import { describeApiKey, findApiKey, listApiKeys } from '../../storyblok/api-keys.js'
import type { ApiKey } from '../../storyblok/api-keys.js'
import { connectSpace, lookup } from '../../storyblok/connect.js'
import type { Terminal } from '../../terminal/terminal.js'
import { parseDuration } from '../../tokens/duration.js'
import { RotationJournal } from '../../tokens/journal.js'
import type { Rotation } from '../../tokens/journal.js'
import { platformCommands } from '../../tokens/platform-commands.js'
import { beginRotation, endRotation, ensureNewToken, writeNewToken } from '../../tokens/rotate.js'
import type { RotationSite } from '../../tokens/rotate.js'
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
    default: '.env',
    description: 'The environment file that gets it; never one that git tracks.',
  },
  overlap: { type: 'string', default: '24h', description: 'How long the old token stays valid, such as 30m or 7d.' },
  wait: { type: 'boolean', description: 'Waits for the end of the overlap, and then revokes.' },
  yes: { type: 'boolean', description: 'Revokes the old token once the overlap is over; without it, it is only said.' },
  prefix: prefixArgument,
} as const

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
    const env = readEnvironment()
    const variable = variableOf(args.kind, args.prefix)
    const overlap = parseDuration(args.overlap, '--overlap')
    const options = { scopes: ['spaces:read', 'spaces:write'], signal, prefix: args.prefix }
    const { management, space, spaceId } = await connectSpace(env, terminal, options)
    const journal = new RotationJournal(variable)
    const site: RotationSite = { management, space, journal, env: lookup(env, args) }
    const kind = args.kind as 'preview' | 'public'

    const begun = journal.read()
    if (begun && begun.spaceId !== spaceId) {
      throw new CliError(
        `A rotation of space ${begun.spaceId} is under way here, and ${variable} is of space ${spaceId}.`,
      )
    }
    assertEnvFile(begun?.file ?? args.to)
    if (begun) terminal.note(`Going on with the rotation of token ${begun.oldId}.`)
    const rotation =
      begun ??
      (await beginRotation(site, {
        spaceId,
        kind,
        file: args.to,
        variable,
        old: await findOld(site, { ...args, value: env[variable], variable, kind }),
        overlap,
      }))
    const ready = rotation.revokeAt === undefined ? await replace(site, rotation, overlap, terminal) : rotation
    return finish(site, ready, { yes: args.yes === true, wait: args.wait === true, signal, terminal })
  },
})

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

async function replace(site: RotationSite, rotation: Rotation, overlap: number, terminal: Terminal): Promise<Rotation> {
  const { file, variable } = rotation
  const key = await ensureNewToken(site, rotation)
  terminal.line(`Created the ${describeApiKey(key)} with the id ${key.id}.`)
  const { rotation: written, addable } = writeNewToken(site, rotation, key, overlap)
  terminal.line(`${variable} in ${file} has it${rotation.kind === 'preview' ? ', with the old one behind it' : ''}.`)
  if (addable) terminal.warn(`git does not ignore ${file}. Add it to .gitignore.`)
  terminal.line('\nSet it wherever the site runs:')
  for (const { name, command } of platformCommands(variable, file)) terminal.line(`  ${name}: ${command}`)
  terminal.line()
  return written
}

interface FinishOptions {
  yes: boolean
  wait: boolean
  signal: AbortSignal
  terminal: Terminal
}

async function finish(site: RotationSite, rotation: Rotation, options: FinishOptions): Promise<0> {
  const { yes, wait, signal, terminal } = options
  const { oldId, newId, revokeAt = '', file, variable } = rotation
  const result = { oldId, newId, envFile: file, variable, revokeAt }
  const left = Date.parse(revokeAt) - Date.now()
  if (left > 0 && wait) {
    terminal.line(`Waiting until ${revokeAt} to revoke token ${oldId}. Ctrl+C is fine: run the command again.`)
    await sleep(left, undefined, { signal }).catch((): never => {
      throw new KeyblokError('KB_ABORTED', 'Ctrl+C was pressed.')
    })
  } else if (left > 0) {
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
  await endRotation(site, rotation)
  terminal.line(`Token ${oldId} is revoked.`)
  terminal.result({ ...result, revoked: true })
  return exitCodes.done
}
