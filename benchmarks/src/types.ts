import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateTypes, readSchema } from '@keyblok/core/schema'
import { summarize } from './figure.ts'
import type { Figure } from './figure.ts'

const folder = fileURLToPath(new URL('../.types', import.meta.url))
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
const module = '@keyblok/astro/stories'
const runs = 5

/** A field, as the Management API has it. */
interface Field {
  type: string
  pos: number
  [setting: string]: unknown
}

interface Component {
  name: string
  is_root: boolean
  is_nestable: boolean
  schema: Record<string, Field>
}

/** Measures what the types of a large space cost. */
export default async function measureTypes(): Promise<Figure[]> {
  try {
    const generating = Array.from({ length: runs }, () => timeOf(() => writeApp('generate', 500)))
    for (const size of [10, 20, 500]) writeApp(`app-${size}`, size)
    writeSchemaApp('schema-20', 20)

    const small: Checked[] = []
    const large: Checked[] = []
    for (let run = 0; run < runs; run++) {
      small.push(check('app-10'))
      large.push(check('app-500'))
    }
    const added = large.map(({ ms }, run) => ms - small[run]!.ms)
    const instantiations = large[0]!.instantiations
    const share = check('app-20').instantiations / check('schema-20').instantiations
    return [
      summarize('types.generate.ms', 'ms', generating),
      summarize('types.check.added-ms', 'ms', added),
      summarize('types.instantiations-500', 'count', [instantiations]),
      summarize('types.instantiations-vs-schema', 'ratio', [share]),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Makes components of 20 fields each; two of five have a relation, a tenth are content types. */
function createComponents(count: number): Component[] {
  const name = (index: number) => `comp_${index % count}`
  const roots = Math.max(1, Math.floor(count / 10))
  return Array.from({ length: count }, (_, index): Component => {
    const fields: Omit<Field, 'pos'>[] = [
      ...Array.from({ length: 9 }, () => ({ type: 'text', description: 'What it says' })),
      { type: 'text', required: true },
      { type: 'option', options: [{ value: 'low' }, { value: 'high' }] },
      { type: 'options', options: [{ value: 'red' }, { value: 'blue' }] },
      { type: 'asset' },
      { type: 'multiasset' },
      { type: 'multilink' },
      { type: 'boolean' },
      { type: 'number' },
      index % 3 === 0 ? { type: 'bloks' } : { type: 'datetime' },
      {
        type: 'bloks',
        restrict_components: true,
        component_whitelist: [1, 2, 3, 4, 5].map((step) => name(index + step)),
      },
      index % 5 < 2
        ? { type: 'option', source: 'internal_stories', filter_content_type: [`comp_${index % roots}`] }
        : { type: 'richtext', restrict_components: true, component_whitelist: [name(index + 1)] },
    ]
    return {
      name: name(index),
      is_root: index < roots,
      is_nestable: true,
      schema: Object.fromEntries(fields.map((field, pos) => [`field_${pos}`, { ...field, pos } as Field])),
    }
  })
}

/** Writes a site: ten sources, reads through relations and nested bloks, and a map of every component. */
function writeApp(app: string, count: number): void {
  const components = createComponents(count)
  const roots = components.filter(({ is_root: isRoot }) => isRoot)
  const relations = components.flatMap(({ name, schema }) =>
    schema['field_19']?.type === 'option' ? [`${name}.field_19`] : [],
  )
  const sources = Array.from({ length: 10 }, (_, index) => roots[index % roots.length]!.name)
  writeProject(app, {
    'types.ts': generateTypes(readSchema({ components }), { module }),
    'stories.ts': `import { defineSpace, defineStories } from '${module}'
export const space = defineSpace({ resolveRelations: ${JSON.stringify(relations)} })
declare module '${module}' {
  interface Register { space: typeof space }
}
${sources
  .map(
    (type, index) =>
      `export const source${index} = defineStories(space, { contentType: '${type}', startsWith: 's${index}/', sortBy: 'content.field_0:asc', filterQuery: { field_10: { in: ['low'] }, field_0: { like: 'a*' } } })`,
  )
  .join('\n')}
`,
    'pages.ts': `import type { Storyblok } from '@keyblok/astro/server'
import type { BlokProps } from '${module}'
import * as stories from './stories.ts'
declare function show<Name extends string>(blok: { component: Name }): void
${sources
  .map(
    (_type, index) => `export async function page${index}(storyblok: Storyblok): Promise<void> {
  const story = await storyblok.story(stories.source${index}, 'a')
  if (!story) return
  for (const blok of story.content.field_18 ?? []) {
    if (blok.component === 'comp_${(index % roots.length) + 1}') show(blok)
  }
  ${index % 5 < 2 ? `const related: string | undefined = story.content.field_19?.content.field_9` : `const related = story.content.field_9`}
  void related
}`,
  )
  .join('\n')}
export const props = (props: BlokProps<'${roots[0]!.name}'>): string => props.blok.field_9
`,
    'bloks.ts': `import { defineBloks } from '${module}'
import type { BlokProps } from '${module}'
export default defineBloks({
${components.map(({ name }) => `  ${name}: (_props: BlokProps<'${name}'>) => null,`).join('\n')}
})
`,
  })
}

/** Writes the same components with `@storyblok/schema`: ten reads through nested bloks, and a map of every component. */
function writeSchemaApp(app: string, count: number): void {
  const blocks = createComponents(count).map(({ name, schema, is_root: isRoot }) => {
    const fields = Object.entries(schema).map(([field, settings]) => {
      const { pos: _pos, options, restrict_components: _restrict, component_whitelist: allow, ...rest } = settings
      const own = { ...rest, ...(allow !== undefined && { allow }), ...(options !== undefined && { options }) }
      return `defineField('${field}', ${JSON.stringify(own)})`
    })
    return `const ${name} = defineBlock({ name: '${name}', is_root: ${isRoot}, is_nestable: true, fields: [${fields.join(', ')}] })`
  })
  const names = Array.from({ length: count }, (_, index) => `comp_${index}`)
  writeProject(app, {
    'schema.ts': `import { defineBlock, defineField, defineSchema } from '@storyblok/schema'
import type { BlockContent, Schema, Story } from '@storyblok/schema'
${blocks.join('\n')}
const schema = defineSchema({ blocks: { ${names.join(', ')} } })
type Blocks = Schema<typeof schema>['blocks']
type BlokProps<Name extends string> = { blok: BlockContent<Extract<Blocks, { name: Name }>, Blocks> }
declare function show<Name extends string>(blok: { component: Name }): void
${Array.from(
  { length: 10 },
  (_, index) => `export function page${index}(story: Story<Blocks>): string | null | undefined {
  if (story.content.component !== 'comp_${index % 2}') return
  for (const blok of story.content.field_18 ?? []) if (blok.component === 'comp_${(index % 2) + 1}') show(blok)
  return story.content.field_9
}`,
).join('\n')}
type BlokMap = { [Name in Blocks['name']]: (props: BlokProps<Name>) => unknown }
export const bloks: BlokMap = {
${names.map((name) => `  ${name}: (_props: BlokProps<'${name}'>) => null,`).join('\n')}
}
`,
  })
}

function writeProject(app: string, files: Record<string, string>): void {
  const root = join(folder, app)
  mkdirSync(root, { recursive: true })
  const compilerOptions = {
    target: 'ES2024',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    allowImportingTsExtensions: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  }
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
}

interface Checked {
  instantiations: number
  ms: number
}

function check(app: string): Checked {
  const { stdout, status } = spawnSync(
    process.execPath,
    [tsc, '--project', join(folder, app), '--extendedDiagnostics'],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (status !== 0) throw new Error(`${app} does not compile:\n${stdout.slice(0, 2000)}`)
  const value = (name: string) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1])
  return { instantiations: value('Instantiations'), ms: value('Total time') * 1000 }
}

function timeOf(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}
