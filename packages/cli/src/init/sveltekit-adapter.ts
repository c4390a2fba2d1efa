import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../project/detect-project.js'
import { addHandle, addToConfig } from '../project/module-edits.js'
import { readProjectFile } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'
import type { Edits, InitAdapter, SetupOptions } from './adapter.js'

const kitPackage = '@keyblok/sveltekit'

export const sveltekitAdapter: InitAdapter = {
  package: kitPackage,
  folder: 'src/lib/storyblok',
  extension: 'svelte',
  dialect: {
    optional: (value, markup) => `{#if ${value}}${markup}{/if}`,
    each: (list, item, markup) => `{#each ${list} ?? [] as ${item}, index (index)}${markup}{/each}`,
    comment: (text) => `<!-- ${text} -->`,
  },
  // SvelteKit 3 has `#lib`, and takes the file with its ending.
  importPath: ({ major }, file) => (major === 2 ? `$lib/storyblok/${file}` : `#lib/storyblok/${file}.ts`),
  writeComponent: ({ name }, { lines, uses }) => `<script lang="ts">
${uses.length > 0 ? `  import { ${uses.join(', ')} } from '${kitPackage}/components'\n` : ''}  import { editable } from '${kitPackage}/stories'
  import type { BlokProps } from '${kitPackage}/stories'

  let { blok }: BlokProps<'${name}'> = $props()
</script>

<section {...editable(blok)}>
${lines.map((line) => `  ${line}`).join('\n')}
</section>
`,
  setUp,
}

function setUp(project: Project, options: SetupOptions): Edits {
  const parts = [
    pluginEdit(project, options),
    hooksEdit(project),
    ...(project.major === 2 ? [] : [envEdit(project)]),
    routeEdits(project, options),
  ]
  return { edits: parts.flatMap(({ edits }) => edits), notes: parts.flatMap(({ notes }) => notes) }
}

function pluginEdit({ folder, configFile: file = 'vite.config.ts' }: Project, { prerender }: SetupOptions): Edits {
  const call = prerender ? `keyblok({ preview: { path: '/_preview' } })` : 'keyblok()'
  const before = readProjectFile(folder, file)
  const after = before && addToConfig(before, 'plugins', call, { from: kitPackage, name: 'keyblok' })
  if (after) return { edits: [{ file, before, after }], notes: [] }
  const note = `Add to ${file}: import { keyblok } from '${kitPackage}', and ${call} behind sveltekit().`
  return { edits: [], notes: [note] }
}

function hooksEdit({ folder }: Project): Edits {
  const file = ['src/hooks.server.ts', 'src/hooks.server.js'].find((name) => existsSync(join(folder, name)))
  const from = `${kitPackage}/server`
  if (file === undefined) {
    const after = `import { storyblokHandle } from '${from}'\n\nexport const handle = storyblokHandle()\n`
    return { edits: [{ file: 'src/hooks.server.ts', before: undefined, after }], notes: [] }
  }
  const before = readProjectFile(folder, file) ?? ''
  const after = addHandle(before, 'storyblokHandle()', { from, name: 'storyblokHandle' })
  if (after !== undefined) return { edits: [{ file, before, after }], notes: [] }
  const note = `Put storyblokHandle() of ${from} before your handle in ${file}, with sequence().`
  return { edits: [], notes: [note] }
}

/** SvelteKit 3 gives an app the variables that it declares, and no others. */
function envEdit({ folder }: Project): Edits {
  const file = ['src/env.ts', 'src/env.js'].find((name) => existsSync(join(folder, name))) ?? 'src/env.ts'
  const before = readProjectFile(folder, file)
  if (before?.includes('storyblokEnv')) return { edits: [], notes: [] }
  const imports = `import { storyblokEnv } from '${kitPackage}/env'\n`
  const app = `import { building, dev } from '$app/env'\n`
  const spread = '...storyblokEnv({ optional: building || dev })'
  if (before === undefined) {
    const after = `${imports}import { defineEnvVars } from '@sveltejs/kit/env'\n${app}\nexport const variables = defineEnvVars({ ${spread} })\n`
    return { edits: [{ file, before, after }], notes: [] }
  }
  const call = /defineEnvVars\(\s*\{/
  if (!call.test(before)) return { edits: [], notes: [`Add ${spread} to the variables of ${file}.`] }
  const changed = before.replace(call, (start) => `${start}\n\t${spread},`)
  return { edits: [{ file, before, after: `${imports}${/\$app\/env'/.test(before) ? '' : app}${changed}` }], notes: [] }
}

function routeEdits(project: Project, { prerender }: SetupOptions): Edits {
  const { folder } = project
  const segment = prerender ? '[[preview=preview]]/[...slug]' : '[...slug]'
  const route = `src/routes/${segment}`
  const isThere = ['+page.svelte', '+page.server.ts', '+page.server.js', '+page.ts', '+page.js'].some((file) =>
    existsSync(join(folder, route, file)),
  )
  if (isThere) {
    const load = ['+page.server.ts', '+page.server.js'].map((file) => readProjectFile(folder, `${route}/${file}`))
    const isOurs = load.some((text) => text?.includes('storyLoad'))
    return { edits: [], notes: isOurs ? [] : [`${route} is there, so no route was added: show stories in it.`] }
  }
  const edits: FileEdit[] = [
    { file: `${route}/+page.server.ts`, before: undefined, after: writeLoad(project, prerender) },
    { file: `${route}/+page.svelte`, before: undefined, after: page },
  ]
  const params = prerender ? paramsEdit(project) : { edits: [], notes: [] }
  const index = 'src/routes/+page.svelte'
  const text = readProjectFile(folder, index)
  const notes = [...params.notes]
  if (text !== undefined && isPlaceholder(text)) edits.push({ file: index, before: text, after: undefined })
  else if (text !== undefined) notes.push(`${index} shows /. Delete it to show the story “home” there.`)
  return { edits: [...edits, ...params.edits], notes }
}

/** The segment before the slug is there for editors only. */
function paramsEdit({ folder, major }: Project): Edits {
  const matcher = `(param) => (param === '_preview' ? param : undefined)`
  if (major === 2) {
    const file = 'src/params/preview.ts'
    if (existsSync(join(folder, file))) return { edits: [], notes: [] }
    const after = `export const match = (param: string): boolean => param === '_preview'\n`
    return { edits: [{ file, before: undefined, after }], notes: [] }
  }
  const file = 'src/params.ts'
  const before = readProjectFile(folder, file)
  if (before?.includes('_preview')) return { edits: [], notes: [] }
  if (before !== undefined) return { edits: [], notes: [`Add to the params of ${file}: preview: ${matcher}`] }
  const after = `import { defineParams } from '@sveltejs/kit/params'\n\nexport const params = defineParams({ preview: ${matcher} })\n`
  return { edits: [{ file, before, after }], notes: [] }
}

/** What `npx sv create` puts there; whatever a person changed is theirs. */
function isPlaceholder(text: string): boolean {
  return text.replaceAll(/\s+/g, ' ').trim() === placeholder
}

const placeholder =
  '<h1>Welcome to SvelteKit</h1> <p>Visit <a href="https://svelte.dev/docs/kit">svelte.dev/docs/kit</a> to read the documentation</p>'

function writeLoad(project: Project, prerender: boolean): string {
  const stories = sveltekitAdapter.importPath(project, 'stories')
  const names = prerender ? 'prerenderStories, storyEntries, storyLoad' : 'storyLoad'
  const more = prerender
    ? 'export const prerender = prerenderStories()\nexport const entries = storyEntries(pages)\n'
    : ''
  return `import { ${names} } from '${kitPackage}/server'
import { pages } from '${stories}'

${more}export const load = storyLoad(pages, ({ params }) => params.slug)
`
}

const page = `<script lang="ts">
  import { Blok, useStory } from '${kitPackage}/components'

  let { data } = $props()

  const story = useStory(() => data.story)
</script>

<svelte:head><title>{story.current.name}</title></svelte:head>

<main><Blok blok={story.current.content} /></main>
`
