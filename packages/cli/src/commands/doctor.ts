import { resolve } from 'node:path'
import picomatch from 'picomatch'
import { exitCodes, usageError } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import type { Command } from '../command/define-command.js'
import type { Check } from '../doctor/check.js'
import { buildOutputCheck } from '../doctor/checks/build-output.js'
import { committedCheck } from '../doctor/checks/committed.js'
import { contentCheck } from '../doctor/checks/content.js'
import { editorFrameCheck } from '../doctor/checks/editor-frame.js'
import { envFilesCheck } from '../doctor/checks/env-files.js'
import { packagesCheck } from '../doctor/checks/packages.js'
import { personalTokenCheck } from '../doctor/checks/personal-token.js'
import { previewCheck } from '../doctor/checks/preview.js'
import { tokensCheck } from '../doctor/checks/tokens.js'
import { variablesCheck } from '../doctor/checks/variables.js'
import { visitorCheck } from '../doctor/checks/visitor.js'
import { webhooksCheck } from '../doctor/checks/webhooks.js'
import { createContext } from '../doctor/context.js'
import { isListed, isSafe } from '../doctor/hosts.js'
import { Page } from '../doctor/page/page.js'
import { runChecks } from '../doctor/report.js'
import { originsToAsk } from '../doctor/token-asker.js'
import { splitNames } from '../environment/env-files.js'

const argsDefinition = {
  url: {
    type: 'positional',
    required: false,
    description: 'A page of the site, to be looked at as a visitor and as the editor’s frame.',
  },
  yes: {
    type: 'boolean',
    description: 'Sends an editor’s signature to the host of the page, listed by the space or not.',
  },
  china: { type: 'boolean', description: 'Asks the region of China, too, about a token that no other knows.' },
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
    { call: 'doctor https://www.example.com/', does: 'a page of the site, too' },
    { call: 'doctor --content', does: 'the stories, against the pulled components' },
  ],
  async run({ args, terminal, signal }) {
    const isIgnored = args.ignore === undefined ? () => false : picomatch(args.ignore, { dot: true })
    const context = createContext({ folder: process.cwd(), secrets: splitNames(args.secrets), isIgnored, signal })
    const checks = args.content
      ? [contentCheck(resolve(args.from))]
      : [...projectChecks(args.china === true), ...(await pageChecks(args.url))]
    return (await runChecks(checks, context, terminal)) ? exitCodes.done : exitCodes.failed

    async function pageChecks(address: string | undefined): Promise<Check[]> {
      if (address === undefined) return []
      const url = parseAddress(address)
      const isMeant = args.yes === true || (await isListed(url, context.account)) || (await confirm(url.host))
      const maySign = async ({ host }: URL): Promise<boolean> =>
        (isMeant && host === url.host) || (await isListed(new URL(`https://${host}`), context.account))
      const page = new Page(url, maySign)
      return [visitorCheck(page), editorFrameCheck(page)]
    }

    async function confirm(host: string): Promise<boolean> {
      if (!terminal.interactive) return false
      const question = `The space does not list ${host}. Send it an editor’s signature that is good for a minute?`
      return terminal.confirm(question, '--yes', false)
    }
  },
})

function projectChecks(china: boolean): Check[] {
  return [
    packagesCheck,
    variablesCheck,
    tokensCheck(originsToAsk({ china })),
    personalTokenCheck,
    envFilesCheck,
    committedCheck,
    buildOutputCheck,
    previewCheck,
    webhooksCheck,
  ]
}

function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url && isSafe(url) && url.username === '' && url.password === '') return url
  throw usageError(
    'The page’s address has to begin with https://, or to be on this machine.',
    'Such as: https://www.example.com/',
  )
}
