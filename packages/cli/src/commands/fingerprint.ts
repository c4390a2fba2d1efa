import { KeyblokError } from '@keyblok/core'
import { collectSecrets } from '@keyblok/core/guard'
import { createFingerprint } from '@keyblok/vite/files'
import { CliError, exitCodes } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import type { Command } from '../command/define-command.js'
import { readEnvironment, splitNames } from '../environment/env-files.js'

const argsDefinition = {
  secrets: { type: 'string', description: 'Variables that hold other secrets, separated by commas.' },
} as const

/** `keyblok fingerprint`: lets a build find secrets that it does not know. */
export const fingerprintCommand: Command = defineCommand({
  name: 'fingerprint',
  description: 'Writes fingerprints of tokens, by which a build finds them unknown.',
  args: argsDefinition,
  examples: [
    { call: 'fingerprint', does: 'of the tokens in the environment and in .env' },
    { call: 'fingerprint --secrets SMTP_PASSWORD', does: 'of another secret too' },
  ],
  run({ args, terminal }) {
    const env = readEnvironment()
    const names = splitNames(args.secrets)
    const unset = names.filter((name) => !env[name]?.trim())
    if (unset.length > 0) throw new CliError(`Not set, neither in the environment nor in .env: ${unset.join(', ')}`)
    const secrets = collectSecrets((name) => env[name], Object.keys(env), names)
    if (secrets.length === 0) throw new CliError('There is no token in the environment, nor in .env.')
    let refused = false
    const fingerprints = secrets.flatMap(({ label, secret }) => {
      try {
        return [createFingerprint(label, secret.reveal())]
      } catch (error) {
        if (!(error instanceof KeyblokError)) throw error
        refused = true
        terminal.problem(error.message, error.hint)
        return []
      }
    })
    if (fingerprints.length > 0) terminal.line(`STORYBLOK_TOKEN_FINGERPRINTS="${fingerprints.join(' ')}"`)
    terminal.result({ fingerprints })
    return refused ? exitCodes.failed : exitCodes.done
  },
})
