import { existsSync, readFileSync, watch } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fetchSchema, managementUrl, readCodeSchema } from '@keyblok/core/schema'
import type { SchemaSource } from '@keyblok/core/schema'
import { Secret } from '@keyblok/core/server'
import { readSchemaFiles, writeTypes } from '@keyblok/vite/files'
import { defineCommand } from 'citty'
import type { CommandDef } from 'citty'
import { fail } from '../fail.js'
import { assertKnownOptions } from '../known-options.js'

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
export const typesCommand: CommandDef<typeof argsDefinition> = defineCommand({
  meta: { name: 'types', description: 'Writes the types of a space’s components.' },
  args: argsDefinition,
  async run({ args, rawArgs }) {
    assertKnownOptions(rawArgs, argsDefinition)
    const adapter = findAdapter() ?? fail('Neither @keyblok/astro nor @keyblok/sveltekit is in package.json.')
    if (existsSync('.env')) process.loadEnvFile('.env')
    const out = resolve(args.out ?? adapter.out)
    const module = `${adapter.dependency}/stories`
    const update = async () => {
      const changed = writeTypes({
        source: await readSource(args),
        out,
        module,
        space: args.name,
        check: args.check === true,
      })
      if (changed && args.check) fail(`${relative('.', out)} is out of date. Run: npx keyblok types`)
      console.log(`${relative('.', out)} ${changed ? 'is written' : 'is up to date'}.`)
    }
    await update().catch(fail)
    if (args.watch) watchFolder(resolve(args.content), update)
  },
})

function findAdapter(): (typeof adapters)[number] | undefined {
  if (!existsSync('package.json')) return undefined
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const names = { ...dependencies, ...devDependencies }
  return adapters.find(({ dependency }) => dependency in names)
}

async function readSource({
  api,
  content,
  schema,
}: {
  api?: boolean | undefined
  content: string
  schema?: string | undefined
}): Promise<SchemaSource> {
  if (schema !== undefined) return readCodeSchema(await import(pathToFileURL(resolve(schema)).href))
  if (api) return fetchSchema(apiOptions())
  return (
    readSchemaFiles(resolve(content), process.env['STORYBLOK_SPACE_ID']) ??
    fail(
      `There are no components in ${join(content, 'components')}.\nRun \`storyblok components pull\` first, or use --api.`,
    )
  )
}

function apiOptions(): Parameters<typeof fetchSchema>[0] {
  const { env } = process
  const token = env['STORYBLOK_PERSONAL_ACCESS_TOKEN']
  const spaceId = env['STORYBLOK_SPACE_ID']
  if (!token || !spaceId) {
    const missing = [!spaceId && 'STORYBLOK_SPACE_ID', !token && 'STORYBLOK_PERSONAL_ACCESS_TOKEN'].filter(Boolean)
    return fail(
      `--api needs ${missing.join(' and ')} in the environment or in .env.\nCreate a token under My account → Account settings → Personal access tokens, with the scopes components:read and datasources:read.`,
    )
  }
  return { spaceId, token: new Secret(token, 'personal'), url: managementUrl((name) => env[name]) }
}

function watchFolder(folder: string, update: () => Promise<void>): void {
  let waiting: NodeJS.Timeout | undefined
  watch(folder, { recursive: true }, () => {
    // A pull writes many files.
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      update().catch((error: unknown) => console.error(error instanceof Error ? error.message : error))
    }, 100)
  })
  console.log(`Watching ${relative('.', folder)}. Press Ctrl+C to stop.`)
}
