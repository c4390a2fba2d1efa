import { generateTypes } from '@keyblok/core/schema'
import type { SpaceSchema } from '@keyblok/core/schema'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../project/detect-project.js'
import { readProjectFile } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'
import type { InitAdapter } from './adapter.js'
import { writeMarkup } from './component-markup.js'
import { componentNames } from './component-names.js'

/** The files that both frameworks have: stories, types, components and their map. A person's own stay as they are. */
export function sharedFiles({ folder }: Project, adapter: InitAdapter, schema: SpaceSchema): FileEdit[] {
  const types = `${adapter.folder}/types.ts`
  const typesNow = readProjectFile(folder, types)
  const names = componentNames(schema.components.map(({ name }) => name))
  const map = `${adapter.folder}/bloks.ts`
  // Whoever has a map has components, wherever they are.
  const components = existsSync(join(folder, map))
    ? []
    : schema.components.map((component) => {
        const file = `${adapter.folder}/components/${names.get(component.name)}.${adapter.extension}`
        const text = adapter.writeComponent(component, writeMarkup(component, adapter.dialect))
        return { ...newFile(folder, file, text), generated: true }
      })
  return [
    newFile(folder, `${adapter.folder}/stories.ts`, writeStories(adapter, schema)),
    newFile(folder, map, writeMap(adapter, names)),
    {
      file: types,
      before: typesNow,
      after: generateTypes(schema, { module: `${adapter.package}/stories` }),
      generated: true,
    },
    ...components,
  ]
}

/** A file that is written where there is none. */
function newFile(folder: string, file: string, text: string): FileEdit {
  const before = readProjectFile(folder, file)
  return { file, before, after: before ?? text }
}

function writeStories({ package: module }: InitAdapter, { components }: SpaceSchema): string {
  const relations = components.flatMap(({ name, fields }) =>
    fields.filter(({ value }) => value.type.startsWith('relation')).map((field) => `'${name}.${field.name}'`),
  )
  const roots = components.filter(({ isRoot }) => isRoot).map(({ name }) => `'${name}'`)
  const space = relations.length > 0 ? `{\n  resolveRelations: [${relations.join(', ')}],\n}` : ''
  const contentType = roots.length === 1 ? roots[0] : `[${roots.join(', ')}]`
  const narrowed = roots.length > 0 ? `, { contentType: ${contentType} }` : ''
  return `import { defineSpace, defineStories } from '${module}/stories'

export const space = defineSpace(${space})

declare module '${module}/stories' {
  interface Register {
    space: typeof space
  }
}

/** The stories that have a page. */
export const pages = defineStories(space${narrowed})
`
}

function writeMap({ package: module, extension }: InitAdapter, names: ReadonlyMap<string, string>): string {
  const imports = [...names.values()]
    .toSorted()
    .map((name) => `import ${name} from './components/${name}.${extension}'`)
  const entries = [...names].map(
    ([blok, name]) => `  ${/^[A-Za-z_$][\w$]*$/.test(blok) ? blok : `'${blok}'`}: ${name},`,
  )
  return `import { defineBloks } from '${module}/stories'
${imports.join('\n')}

export default defineBloks({
${entries.join('\n')}
})
`
}
