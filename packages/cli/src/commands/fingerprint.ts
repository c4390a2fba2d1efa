import { KeyblokError } from '@keyblok/core'
import { collectSecrets } from '@keyblok/core/guard'
import { createFingerprint } from '@keyblok/vite/files'
import { defineCommand } from 'citty'
import type { CommandDef } from 'citty'
import { readEnvironment, splitNames } from '../env-files.js'
import { fail } from '../fail.js'
import { assertKnownOptions } from '../known-options.js'

const argsDefinition = {
  secrets: { type: 'string', description: 'Variables that hold other secrets, separated by commas.' },
} as const

/** `keyblok fingerprint`: lets a build find secrets that it does not know. */
export const fingerprintCommand: CommandDef<typeof argsDefinition> = defineCommand({
  meta: { name: 'fingerprint', description: 'Writes fingerprints of tokens, by which a build finds them unknown.' },
  args: argsDefinition,
  run({ args, rawArgs }) {
    assertKnownOptions(rawArgs, argsDefinition)
    if (args._.length > 0) fail(`Which option? There is only --secrets, such as --secrets ${args._.join(',')}`)
    const env = readEnvironment()
    const names = splitNames(args.secrets)
    const unset = names.filter((name) => !env[name]?.trim())
    if (unset.length > 0) fail(`Not set, neither in the environment nor in .env: ${unset.join(', ')}`)
    const secrets = collectSecrets((name) => env[name], Object.keys(env), names)
    if (secrets.length === 0) fail('There is no token in the environment, nor in .env.')
    const fingerprints = secrets.flatMap(({ label, secret }) => {
      try {
        return [createFingerprint(label, secret.reveal())]
      } catch (error) {
        if (!(error instanceof KeyblokError)) throw error
        console.error(error.report)
        process.exitCode = 1
        return []
      }
    })
    if (fingerprints.length > 0) console.log(`STORYBLOK_TOKEN_FINGERPRINTS="${fingerprints.join(' ')}"`)
  },
})
