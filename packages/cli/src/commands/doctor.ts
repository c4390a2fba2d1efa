import { resolve } from 'node:path'
import picomatch from 'picomatch'
import { exitCodes } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import type { Command } from '../command/define-command.js'
import { committedCheck } from '../doctor/checks/committed.js'
import { contentCheck } from '../doctor/checks/content.js'
import { runChecks } from '../doctor/report.js'
import { readEnvironment, splitNames } from '../environment/env-files.js'

const argsDefinition = {
  content: { type: 'boolean', description: 'Lists the stories whose content does not fit the space’s components.' },
  from: {
    type: 'string',
    default: '.storyblok',
    description: 'The folder that `npx keyblok pull` writes, or a components.json.',
  },
  secrets: { type: 'string', description: 'Variables that hold other secrets, separated by commas.' },
  ignore: { type: 'string', description: 'Files in which something may look like a token, as a glob.' },
} as const

/** `keyblok doctor`: finds what is wrong with a project and its space. */
export const doctorCommand: Command = defineCommand({
  name: 'doctor',
  description: 'Finds what is wrong with a project, its tokens and its space.',
  args: argsDefinition,
  examples: [
    { call: 'doctor', does: 'the project in this folder' },
    { call: 'doctor --content', does: 'the stories, against the pulled components' },
  ],
  async run({ args, terminal, signal }) {
    const context = {
      folder: process.cwd(),
      env: readEnvironment(),
      secrets: splitNames(args.secrets),
      isIgnored: args.ignore === undefined ? () => false : picomatch(args.ignore, { dot: true }),
      signal,
    }
    const checks = args.content ? [contentCheck(resolve(args.from))] : [committedCheck]
    return (await runChecks(checks, context, terminal)) ? exitCodes.done : exitCodes.failed
  },
})
