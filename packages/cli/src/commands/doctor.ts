import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineCommand } from 'citty'
import type { CommandDef } from 'citty'
import { checkCommitted } from '../doctor/check-committed.js'
import { checkContent } from '../doctor/check-content.js'
import { readEnvironment, splitNames } from '../env-files.js'
import { fail } from '../fail.js'
import { assertKnownOptions } from '../known-options.js'

const argsDefinition = {
  content: { type: 'boolean', description: 'Lists the stories whose content does not fit the space’s components.' },
  from: {
    type: 'string',
    default: '.storyblok',
    description: 'The folder that `storyblok components pull` writes, or a components.json.',
  },
  secrets: { type: 'string', description: 'Variables that hold other secrets, separated by commas.' },
  ignore: { type: 'string', description: 'Files in which something may look like a token, as a glob.' },
} as const

/** `keyblok doctor`: finds what is wrong with a project and its space. */
export const doctorCommand: CommandDef<typeof argsDefinition> = defineCommand({
  meta: { name: 'doctor', description: 'Finds tokens in files that git tracks; checks stories against components.' },
  args: argsDefinition,
  async run({ args, rawArgs }) {
    assertKnownOptions(rawArgs, argsDefinition)
    if (args.content && existsSync('.env')) process.loadEnvFile('.env')
    const check = args.content
      ? checkContent(resolve(args.from))
      : checkCommitted(readEnvironment(), splitNames(args.secrets), args.ignore)
    if (!(await check.catch(fail))) process.exitCode = 1
  },
})
