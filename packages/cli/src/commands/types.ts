import { watch } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fetchSchema, readCodeSchema } from '@keyblok/core/schema'
import type { SchemaSource } from '@keyblok/core/schema'
import { readSchemaFiles, writeTypes } from '@keyblok/vite/files'
import { CliError } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import type { Command } from '../command/define-command.js'
import { readEnvironment } from '../environment/env-files.js'
import { packagesOf, readPackageJson } from '../project/package-json.js'
import { connectSpace } from '../storyblok/connect.js'
import type { Terminal } from '../terminal/terminal.js'

const argsDefinition = {
  content: {
    type: 'string',
    default: '.storyblok',
    description:
      'The folder that `storyblok components pull` and `storyblok datasources pull` write, or a components.json.',
  },
  api: {
    type: 'boolean',
    description:
      'Asks the Management API, with STORYBLOK_PERSONAL_ACCESS_TOKEN; STORYBLOK_API_URL means a local space.',
  },
  schema: { type: 'string', description: 'A module that exports a schema made with `@storyblok/schema`.' },
  out: { type: 'string', description: 'The file to write; `types.ts` beside your stories by default.' },
  name: { type: 'string', default: 'default', description: 'The space’s name in `defineSpace`.' },
  watch: { type: 'boolean', description: 'Writes again whenever the pulled files change.' },
  check: { type: 'boolean', description: 'Writes nothing, and fails when the types are out of date.' },
} as const

/** What differs between the frameworks. */
const adapters = [
  { dependency: '@keyblok/astro', out: 'src/storyblok/types.ts' },
  { dependency: '@keyblok/sveltekit', out: 'src/lib/storyblok/types.ts' },
]

/** `keyblok types`: writes a space's components as TypeScript. */
export const typesCommand: Command = defineCommand({
  name: 'types',
  description: 'Writes the types of a space’s components.',
  args: argsDefinition,
  examples: [
    { call: 'types', does: 'from the folder .storyblok, as pulled' },
    { call: 'types --api', does: 'from the space itself, with a personal access token' },
    { call: 'types --check', does: 'for CI: fails when the types are out of date' },
  ],
  async run({ args, terminal }) {
    const adapter = findAdapter()
    const out = resolve(args.out ?? adapter.out)
    const module = `${adapter.dependency}/stories`
    const update = async () => {
      const changed = writeTypes({
        source: await readSource(args, terminal),
        out,
        module,
        space: args.name,
        check: args.check === true,
      })
      const file = relative('.', out)
      if (changed && args.check) throw new CliError(`${file} is out of date.`, { hint: 'Run: npx keyblok types' })
      terminal.line(`${file} ${changed ? 'is written' : 'is up to date'}.`)
      terminal.result({ file, changed })
    }
    await update()
    if (args.watch) watchFolder(resolve(args.content), update, terminal)
  },
})

function findAdapter(): (typeof adapters)[number] {
  const names = packagesOf(readPackageJson('.') ?? {})
  const found = adapters.find(({ dependency }) => dependency in names)
  if (found) return found
  throw new CliError('Neither @keyblok/astro nor @keyblok/sveltekit is in package.json.', {
    hint: 'Run `npx keyblok init` in the folder of an Astro site or a SvelteKit app.',
  })
}

interface SourceOptions {
  api?: boolean | undefined
  content: string
  schema?: string | undefined
}

async function readSource({ api, content, schema }: SourceOptions, terminal: Terminal): Promise<SchemaSource> {
  if (schema !== undefined) return readCodeSchema(await import(pathToFileURL(resolve(schema)).href))
  if (api) {
    const { management, spaceId } = await connectSpace(readEnvironment(), terminal, {
      scopes: ['components:read', 'datasources:read', 'datasource_entries:read'],
    })
    return fetchSchema(management, spaceId)
  }
  const found = readSchemaFiles(resolve(content), readEnvironment()['STORYBLOK_SPACE_ID'])
  if (found) return found
  throw new CliError(`There are no components in ${join(content, 'components')}.`, {
    hint: 'Run `npx keyblok pull` or `storyblok components pull` first, or use --api.',
  })
}

function watchFolder(folder: string, update: () => Promise<void>, terminal: Terminal): void {
  let waiting: NodeJS.Timeout | undefined
  watch(folder, { recursive: true }, () => {
    // A pull writes many files.
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      update().catch((error: unknown) => terminal.problem(error instanceof Error ? error.message : String(error)))
    }, 100)
  })
  terminal.line(`Watching ${relative('.', folder)}. Press Ctrl+C to stop.`)
}
