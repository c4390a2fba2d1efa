import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import type { FaultKind, FaultRule, Listener, LocalSpace } from '@keyblok/space'
import { defineCommand as defineGroup } from 'citty'
import { CliError, usageError } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import type { Command } from '../command/define-command.js'
import { loadSpacePackage } from '../storyblok/load-space-package.js'
import type { Terminal } from '../terminal/terminal.js'

const serveArgs = {
  port: {
    type: 'string',
    default: '4110',
    description: 'The port to try first; the next free one is taken when it is not.',
  },
  host: {
    type: 'string',
    default: '127.0.0.1',
    description: 'The address to bind; another one than the default lets other machines in.',
  },
  content: {
    type: 'string',
    description: 'A folder as `storyblok components pull` and `storyblok stories pull` write it.',
  },
  data: { type: 'string', default: ':memory:', description: 'A file that keeps the space between runs.' },
  latency: { type: 'string', default: '0', description: 'How long every answer waits, in milliseconds.' },
  'rate-limit': { type: 'boolean', description: 'Refuses requests past Storyblok’s rate limits with 429.' },
  faults: {
    type: 'string',
    description:
      'Requests that go wrong: `kind:every-how-many:path`, with commas between. Kinds: 429, 500, html, truncated, reset, hang.',
  },
} as const

const exportArgs = {
  out: { type: 'positional', required: true, description: 'The folder to write.' },
  data: { type: 'string', required: true, description: 'The file that keeps the space.' },
} as const

/** `keyblok space export`: writes a space that a data file keeps as a content folder. */
const exportCommand: Command = defineCommand({
  name: 'export',
  description: 'Writes a data file’s space in the layout that --content reads.',
  args: exportArgs,
  examples: [{ call: 'space export content --data space.sqlite', does: 'into the new folder `content`' }],
  async run({ args, terminal }) {
    if (!existsSync(args.data)) throw new CliError(`There is no data file ${args.data}.`)
    const { createLocalSpace } = await loadSpacePackage()
    const space = createLocalSpace({ data: args.data })
    space.export(args.out)
    space.close()
    terminal.line(`${space.name} (space ${space.id}) is written to ${args.out}.`)
    terminal.result({ spaceId: space.id, folder: args.out })
  },
})

const serveCommand: Command = defineCommand({
  name: 'space',
  description: 'Runs a local Storyblok space until it is stopped.',
  args: serveArgs,
  examples: [
    { call: 'space', does: 'an empty space' },
    { call: 'space --content .storyblok', does: 'with the content that `npx keyblok pull` wrote' },
    { call: 'space --data space.sqlite', does: 'keeps what is changed in a file' },
    { call: 'space export content --data space.sqlite', does: 'writes such a file as a content folder' },
  ],
  async run({ args, terminal }) {
    const port = Number(args.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw usageError(`--port is “${args.port}”, and a port is a number up to 65535.`)
    const latency = Number(args.latency)
    if (!Number.isFinite(latency) || latency < 0)
      throw usageError(`--latency is “${args.latency}”, and it is in milliseconds.`)

    // A server for one person needs no large young generation, which V8 would let grow beyond 100 MB.
    setFlagsFromString('--semi-space-growth-factor=1')
    const { createLocalSpace } = await loadSpacePackage()
    if (args.content !== undefined && args.data !== ':memory:' && existsSync(args.data)) {
      terminal.note(`${args.data} keeps a space already, so ${args.content} is not read again.`)
    }
    const space = createLocalSpace({
      content: args.content,
      data: args.data,
      latency,
      rateLimit: args['rate-limit'] === true,
      faults: readFaults(args.faults),
    })
    const listener = await space.listen({ port, host: args.host })
    print(space, { listener, wanted: port, releases: await restrictedReleases(space) }, terminal)
  },
})

/** `keyblok space`: serves a local space, or exports one. */
export const spaceCommand: Command = defineGroup({
  meta: { name: 'space', description: 'Runs a local Storyblok space.' },
  args: serveArgs,
  default: 'serve',
  subCommands: { serve: serveCommand, export: exportCommand },
})

/** Reads `kind:every:path`, with commas between. What makes no sense is for the space to say. */
function readFaults(value = ''): FaultRule[] {
  return value
    .split(',')
    .filter((rule) => rule.trim() !== '')
    .map((rule) => {
      const [kind = '', every, ...path] = rule.trim().split(':')
      return {
        kind: kind as FaultKind,
        ...(every && { every: Number(every) }),
        ...(path.length > 0 && { path: path.join(':') }),
      }
    })
}

/** The ids of the releases that the release token opens. */
async function restrictedReleases(space: LocalSpace): Promise<number[]> {
  const headers = { Authorization: space.tokens.personal }
  const response = await space.fetch(new Request(`http://space.invalid/v1/spaces/${space.id}/api_keys`, { headers }))
  const { api_keys: keys } = (await response.json()) as { api_keys: { token: string; release_ids: number[] }[] }
  return keys.find(({ token }) => token === space.tokens.release)?.release_ids ?? []
}

interface Printed {
  listener: Listener
  /** The port that was asked for. */
  wanted: number
  releases: readonly number[]
}

function print(space: LocalSpace, { listener, wanted, releases }: Printed, terminal: Terminal): void {
  const env = {
    STORYBLOK_API_URL: listener.url,
    STORYBLOK_SPACE_ID: String(space.id),
    STORYBLOK_PUBLIC_TOKEN: space.tokens.public,
    STORYBLOK_PREVIEW_TOKEN: space.tokens.preview,
    STORYBLOK_ASSET_TOKEN: space.tokens.asset,
    STORYBLOK_RELEASE_TOKEN: releases.map((id) => `${id}:${space.tokens.release}`).join(),
    STORYBLOK_PERSONAL_ACCESS_TOKEN: space.tokens.personal,
  }
  const editor = `${listener.url}/editor/`
  if (listener.port !== wanted && wanted !== 0) terminal.line(`Port ${wanted} is taken.`)
  terminal.line(`${space.name} (space ${space.id}) is served at ${listener.url}

${Object.entries(env)
  .map(([name, value]) => `  ${name}=${value}`)
  .join('\n')}

Visual Editor: ${editor}
These tokens open this local space only. Press Ctrl+C to stop.`)
  terminal.result({ name: space.name, url: listener.url, editor, env })
}
