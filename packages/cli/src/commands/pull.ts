import { relative, resolve } from 'node:path'
import { parseSettings } from '@keyblok/core/server'
import type { CommandDef } from 'citty'
import { CliError, exitCodes, usageError } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import { readEnvironment, splitNames } from '../environment/env-files.js'
import { offerIgnoring } from '../pull/gitignore.js'
import { describeResult, noteLeftOut, sayTally } from '../pull/print-report.js'
import { assertOwnFolder, pull } from '../pull/pull.js'
import type { PullOptions } from '../pull/pull-context.js'
import type { Kind } from '../pull/report.js'
import { connectSpace } from '../storyblok/connect.js'
import type { Terminal } from '../terminal/terminal.js'

const argsDefinition = {
  out: { type: 'string', default: '.storyblok', description: 'The folder to write into.', valueHint: 'folder' },
  only: {
    type: 'string',
    description: 'What to pull: a comma list of stories, components, datasources and assets; all by default.',
    valueHint: 'list',
  },
  'starts-with': {
    type: 'string',
    default: '',
    description: 'Pulls the stories whose full slug begins so.',
    valueHint: 'slug',
  },
  drafts: { type: 'boolean', description: 'Pulls what is not published too: drafts, changes and releases.' },
  assets: { type: 'boolean', default: true, negativeDescription: 'Leaves the files of the asset library out.' },
  'all-assets': { type: 'boolean', description: 'Pulls assets too that no story shows, as --drafts does.' },
  'private-assets': { type: 'boolean', description: 'Pulls private assets too, with STORYBLOK_ASSET_TOKEN.' },
  yes: { type: 'boolean', description: 'Puts the folder into .gitignore without asking, where it should be there.' },
  force: {
    type: 'boolean',
    description: 'Writes into a folder that holds another space, and over files that no pull wrote.',
  },
} as const

const scopes = [
  'spaces:read',
  'components:read',
  'datasources:read',
  'datasource_entries:read',
  'stories:read',
  'assets:read',
]

const selectable: readonly Kind[] = ['stories', 'components', 'datasources', 'assets']

/** `keyblok pull`: a space into a folder, to develop on offline. */
export const pullCommand: CommandDef<typeof argsDefinition> = defineCommand({
  name: 'pull',
  description: 'Pulls a space’s content into a folder that a local space reads.',
  args: argsDefinition,
  examples: [
    { call: 'pull', does: 'what is published, and what has changed since' },
    { call: 'pull --only stories --starts-with blog/', does: 'some of the stories' },
    { call: 'pull --drafts --out .drafts', does: 'what is not published too' },
    { call: 'space --content .storyblok', does: 'runs what was pulled' },
  ],
  async run({ args, terminal, signal: interruption }) {
    const options = readOptions(args)
    const environment = readEnvironment()
    const settings = parseSettings((name) => environment[name])
    if (options.privateAssets && !settings.tokens.asset) {
      throw usageError('--private-assets needs STORYBLOK_ASSET_TOKEN.', 'Create an asset token in Storyblok.')
    }
    const out = resolve(args.out)
    const stopping = new AbortController()
    const signal = AbortSignal.any([interruption, stopping.signal])
    const { management, spaceId } = await connectSpace(environment, terminal, {
      scopes: options.drafts ? [...scopes, 'releases:read'] : scopes,
      signal,
    })
    if (!args.force) assertOwnFolder(out, spaceId)
    await warn(options, out, terminal, args.yes === true)

    const progress = terminal.progress('Asking for the space')
    try {
      const report = await pull({
        management,
        spaceId,
        settings,
        out,
        options,
        signal,
        stop: () => stopping.abort(),
        say: (text) => progress.update(text),
      })
      progress.clear()
      sayTally(report, terminal)
      noteLeftOut(report, terminal)
      terminal.result(describeResult(report, { folder: relative('.', out), spaceId, drafts: options.drafts }))
      return report.problems.length > 0 ? exitCodes.failed : exitCodes.done
    } catch (error) {
      progress.clear()
      throw interruption.aborted ? stopped() : explained(error, args.out)
    } finally {
      stopping.abort()
    }
  },
})

interface OptionArgs {
  only?: string | undefined
  drafts?: boolean | undefined
  assets?: boolean | undefined
  'all-assets'?: boolean | undefined
  'private-assets'?: boolean | undefined
  'starts-with': string
  force?: boolean | undefined
}

function readOptions(args: OptionArgs): PullOptions {
  const named = args.only === undefined ? selectable : splitNames(args.only)
  const unknown = named.filter((name) => !selectable.some((kind) => kind === name))
  if (unknown.length > 0 || named.length === 0) {
    throw usageError(`--only takes ${selectable.join(', ')}; ${unknown.join(', ') || 'nothing'} was given.`)
  }
  const kinds = new Set(named as readonly Kind[])
  if (args.assets === false) kinds.delete('assets')
  const drafts = args.drafts === true
  // A release is about stories anywhere.
  if (drafts && kinds.has('stories') && args['starts-with'] === '') kinds.add('releases')
  return {
    kinds,
    drafts,
    privateAssets: args['private-assets'] === true,
    allAssets: drafts || args['all-assets'] === true,
    startsWith: args['starts-with'],
    force: args.force === true,
  }
}

async function warn({ drafts, privateAssets }: PullOptions, out: string, terminal: Terminal, yes: boolean) {
  if (!drafts && !privateAssets) return
  const what = [...(drafts ? ['unpublished content'] : []), ...(privateAssets ? ['private files'] : [])].join(' and ')
  terminal.warn(`${relative('.', out) || 'The folder'} will hold ${what}: whoever reads it sees that.`)
  await offerIgnoring(out, terminal, yes)
}

function stopped(): CliError {
  return new CliError('Stopped.', {
    hint: 'What was written stays. Run the same command again to pull the rest.',
    exitCode: exitCodes.interrupted,
  })
}

/** What the system refuses is about the folder; all else says itself what to do. */
function explained(error: unknown, out: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('path' in error)) return error
  return new CliError(`${out} cannot be written: ${error.message}.`, {
    hint: 'Make room, or the folder writable, or name another one with --out. What was written stays.',
  })
}
