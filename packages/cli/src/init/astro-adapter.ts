import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../project/detect-project.js'
import { addToConfig } from '../project/module-edits.js'
import { readProjectFile } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'
import type { Edits, InitAdapter, SetupOptions } from './adapter.js'

const astroPackage = '@keyblok/astro'

export const astroAdapter: InitAdapter = {
  package: astroPackage,
  folder: 'src/storyblok',
  extension: 'astro',
  dialect: {
    optional: (value, markup) => `{${value} && ${markup}}`,
    each: (list, item, markup) => `{${list}?.map((${item}) => ${markup})}`,
    comment: (text) => `{/* ${text} */}`,
  },
  importPath: (_project, file) => `../storyblok/${file}`,
  writeComponent: ({ name }, { lines, uses }) => `---
${uses.length > 0 ? `import { ${uses.join(', ')} } from '${astroPackage}/components'\n` : ''}import { editable } from '${astroPackage}/stories'
import type { BlokProps } from '${astroPackage}/stories'

type Props = BlokProps<'${name}'>
const { blok } = Astro.props
---

<section {...editable(blok)}>
${lines.map((line) => `  ${line}`).join('\n')}
</section>
`,
  setUp,
}

function setUp(project: Project, options: SetupOptions): Edits {
  const config = configEdit(project, options)
  const pages = routeEdits(project, options)
  return { edits: [...config.edits, ...pages.edits], notes: [...config.notes, ...pages.notes] }
}

function configEdit({ folder, configFile, adapter }: Project, { prerender }: SetupOptions): Edits {
  const call = prerender && adapter !== undefined ? `keyblok({ preview: { path: '/_preview' } })` : 'keyblok()'
  const file = configFile ?? 'astro.config.mjs'
  const before = readProjectFile(folder, file)
  const fresh = `import { defineConfig } from 'astro/config'\n\nexport default defineConfig({})\n`
  const imported = { from: astroPackage, name: 'keyblok', isDefault: true }
  const after = addToConfig(before ?? fresh, 'integrations', call, imported)
  if (after !== undefined) return { edits: [{ file, before, after }], notes: [] }
  const note = `Add to ${file}: import keyblok from '${astroPackage}', and ${call} to its integrations.`
  return { edits: [], notes: [note] }
}

const route = 'src/pages/[...slug].astro'

function routeEdits({ folder, adapter }: Project, { prerender }: SetupOptions): Edits {
  if (existsSync(join(folder, route))) {
    const isOurs = readProjectFile(folder, route)?.includes('locals.storyblok')
    return { edits: [], notes: isOurs ? [] : [`${route} is there, so no route was added: show stories in it.`] }
  }
  const isOnDemand = adapter !== undefined && !prerender
  const edits: FileEdit[] = [{ file: route, before: undefined, after: writeRoute(isOnDemand) }]
  const notes =
    isOnDemand || adapter
      ? []
      : ['Editors see drafts in dev. On a deployed site they need an adapter: npx astro add node']
  const index = 'src/pages/index.astro'
  const text = readProjectFile(folder, index)
  if (text === undefined) return { edits, notes }
  if (isPlaceholder(text)) return { edits: [...edits, { file: index, before: text, after: undefined }], notes }
  return { edits, notes: [...notes, `${index} shows /. Delete it to show the story “home” there.`] }
}

/** What `npm create astro` puts there, in its templates `minimal` and `basics`; whatever a person changed is theirs. */
function isPlaceholder(text: string): boolean {
  const bare = text
    .replaceAll(/<!--[^]*?-->|\/\/[^\n]*/g, '')
    .replaceAll(/<(meta|link)\b[^>]*>|<!doctype html>/gi, '')
    .replaceAll(/["';\s]/g, '')
  return bare === minimal || bare === basics
}

const minimal = '------<htmllang=en><head><title>Astro</title></head><body><h1>Astro</h1></body></html>'
const basics =
  '---importWelcomefrom../components/Welcome.astroimportLayoutfrom../layouts/Layout.astro---<Layout><Welcome/></Layout>'

function writeRoute(isOnDemand: boolean): string {
  const paths = isOnDemand
    ? { imports: '', line: 'export const prerender = false' }
    : {
        imports: `import { storyPaths } from '${astroPackage}/server'\n`,
        line: 'export const getStaticPaths = storyPaths(pages)',
      }
  return `---
import { Blok } from '${astroPackage}/components'
${paths.imports}import { pages } from '../storyblok/stories'

${paths.line}

const story = await Astro.locals.storyblok.story(pages, Astro.params.slug)
if (!story) return new Response(null, { status: 404 })
---

<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>{story.name}</title>
  </head>
  <body>
    <main><Blok blok={story.content} /></main>
  </body>
</html>
`
}
