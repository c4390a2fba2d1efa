import type { Listener, LocalSpace } from '@keyblok/space'
import { defineCommand } from 'citty'
import type { CommandDef } from 'citty'
import { fail } from '../fail.js'

const argsDefinition = {
  port: {
    type: 'string',
    default: '4110',
    description: 'The port to try first; the next free one is taken when it is not.',
  },
  content: {
    type: 'string',
    description: 'A folder as `storyblok components pull` and `storyblok stories pull` write it.',
  },
  data: { type: 'string', default: ':memory:', description: 'A file that keeps the space between runs.' },
} as const

/** `keyblok space`: serves a local space until it is stopped. */
export const spaceCommand: CommandDef<typeof argsDefinition> = defineCommand({
  meta: { name: 'space', description: 'Runs a local Storyblok space.' },
  args: argsDefinition,
  async run({ args }) {
    const port = Number(args.port)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      fail(`--port is “${args.port}”, and a port is a number up to 65535.`)

    const { createLocalSpace } = await loadSpacePackage()
    try {
      const space = createLocalSpace({ content: args.content, data: args.data })
      print(space, await space.listen({ port }), port)
    } catch (error) {
      fail(error)
    }
  },
})

/** Loads the local space, which a site needs in development only and installs by itself. */
async function loadSpacePackage(): Promise<typeof import('@keyblok/space')> {
  try {
    return await import('@keyblok/space')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    return fail('The local space is a package of its own. Install it: npm install --save-dev @keyblok/space')
  }
}

function print(space: LocalSpace, listener: Listener, wanted: number): void {
  if (listener.port !== wanted && wanted !== 0) console.log(`Port ${wanted} is taken.`)
  console.log(`${space.name} (space ${space.id}) is served at ${listener.url}

  STORYBLOK_API_URL=${listener.url}
  STORYBLOK_SPACE_ID=${space.id}
  STORYBLOK_PUBLIC_TOKEN=${space.tokens.public}
  STORYBLOK_PREVIEW_TOKEN=${space.tokens.preview}
  STORYBLOK_PERSONAL_ACCESS_TOKEN=${space.tokens.personal}

These tokens open this local space only. Press Ctrl+C to stop.`)
}
