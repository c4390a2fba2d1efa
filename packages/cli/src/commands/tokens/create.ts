import { KeyblokError } from '@keyblok/core'
import { CliError, usageError } from '../../command/cli-error.js'
import { defineCommand } from '../../command/define-command.js'
import type { Command } from '../../command/define-command.js'
import { readEnvironment, splitNames } from '../../environment/env-files.js'
import { createApiKey, describeApiKey } from '../../storyblok/api-keys.js'
import type { NewApiKey } from '../../storyblok/api-keys.js'
import { connectSpace, lookup } from '../../storyblok/connect.js'
import { offerPage } from '../../storyblok/offer-page.js'
import { findStoryIds } from '../../storyblok/find-story-ids.js'
import { tokenSettingsPage } from '../../storyblok/settings-page.js'
import type { Terminal } from '../../terminal/terminal.js'
import { choosePlace, putToken } from '../../tokens/place.js'
import { variableOf } from '../../tokens/token-variables.js'
import { prefixArgument } from './shared.js'

const argsDefinition = {
  kind: {
    type: 'enum',
    options: ['public', 'preview', 'asset', 'release'] as string[],
    description: 'What it reads.',
  },
  name: { type: 'string', description: 'What it is called in Storyblok.', default: 'Keyblok' },
  stories: {
    type: 'string',
    description: 'Stories or folders that it is narrowed to: full slugs or ids, with commas.',
  },
  releases: { type: 'string', description: 'Ids of the restricted releases that it may read, with commas.' },
  stage: { type: 'string', description: 'The id of the pipeline stage that it reads.' },
  'min-cache': {
    type: 'string',
    default: '0',
    description: 'How many seconds Storyblok’s CDN keeps answers at least.',
  },
  to: { type: 'string', description: 'The environment file that gets it; never one that git tracks.' },
  show: { type: 'boolean', description: 'Prints it, once.' },
  prefix: prefixArgument,
} as const

/** `keyblok tokens create`: makes a token. */
export const createCommand: Command = defineCommand({
  name: 'create',
  description: 'Creates an access token, and writes it into an environment file.',
  args: argsDefinition,
  examples: [
    { call: 'tokens create --kind public --to .env', does: 'reads what is published' },
    { call: 'tokens create --kind preview --name Review --stories campaigns/ --show', does: 'drafts of one folder' },
  ],
  async run({ args, terminal, signal }) {
    const env = readEnvironment()
    const wanted = readNarrowing(args)
    const kind = args.kind ?? (await askForKind(terminal))
    const scopes = ['spaces:write', ...(wanted.stories.length > 0 ? ['stories:read'] : [])]
    const { management, space, spaceId } = await connectSpace(env, terminal, { scopes, signal, prefix: args.prefix })
    const page = tokenSettingsPage(spaceId, lookup(env, args)('STORYBLOK_REGION'))
    if (kind !== 'public' && kind !== 'preview') {
      await offerPage(page, terminal)
      throw new CliError(`Storyblok’s Management API makes no ${kind} tokens: they are made by hand.`, {
        hint: `Create it at ${page} and set ${variableOf(kind, args.prefix)}.`,
      })
    }
    const variable = variableOf(kind, args.prefix)
    const instead = 'Replace it with `npx keyblok tokens rotate`.'
    const place = await choosePlace({ ...args, variable, instead }, terminal)
    const key: NewApiKey = {
      kind,
      name: args.name,
      storyIds: await findStoryIds(management, space, wanted.stories),
      releaseIds: wanted.releases,
      branchId: wanted.stage,
      minCache: wanted.minCache,
    }
    const made = await createApiKey(management, space, key).catch((error: unknown): never => {
      if (!(error instanceof KeyblokError) || error.status !== 403) throw error
      throw new CliError(`${error.message} Only an admin of the space can create a ${kind} token.`, {
        hint: `${error.hint}\nAn admin creates it at ${page}`,
        exitCode: 3,
      })
    })
    terminal.note(`Created the ${describeApiKey(made)} with the id ${made.id}.`)
    putToken(place, made.token, terminal, `tokens revoke ${made.id}`)
    terminal.result({
      id: made.id,
      kind,
      name: made.name,
      ...(place === 'terminal' ? { token: made.token.reveal() } : { envFile: place.file, variable: place.variable }),
    })
  },
})

function askForKind(terminal: Terminal): Promise<string> {
  return terminal.choose(
    'What is the token to read?',
    [
      { value: 'public', label: 'What is published', hint: 'public' },
      { value: 'preview', label: 'Drafts too', hint: 'preview' },
    ],
    '--kind public, or --kind preview',
  )
}

interface Narrowing {
  stories: string[]
  releases: number[]
  stage: number | null
  minCache: number
}

function readNarrowing(args: {
  stories?: string | undefined
  releases?: string | undefined
  stage?: string | undefined
  'min-cache': string
}): Narrowing {
  return {
    stories: splitNames(args.stories),
    releases: splitNames(args.releases).map((id) => number(id, '--releases')),
    stage: args.stage === undefined ? null : number(args.stage, '--stage'),
    minCache: number(args['min-cache'], '--min-cache'),
  }
}

function number(value: string, option: string): number {
  if (!/^\d{1,15}$/.test(value)) throw usageError(`${option} is “${value}”, and takes whole numbers.`)
  return Number(value)
}
