import { collectSecrets } from '@keyblok/core/guard'
import { createFingerprint } from '@keyblok/vite/files'
import { defineCommand } from 'citty'
import type { CommandDef } from 'citty'
import { readEnvironment } from '../env-files.js'
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
    const env = readEnvironment()
    const secrets = collectSecrets(
      (name) => env[name],
      Object.keys(env),
      args.secrets?.split(',').map((name) => name.trim()),
    )
    if (secrets.length === 0) fail('There is no token in the environment, nor in .env.')
    try {
      const fingerprints = secrets.map(({ label, secret }) => createFingerprint(label, secret.reveal()))
      console.log(`STORYBLOK_TOKEN_FINGERPRINTS="${fingerprints.join(' ')}"`)
    } catch (error) {
      fail(error)
    }
  },
})
