import { posix } from 'node:path'
import { compatEntries } from './official-names.js'
import type { Framework } from '../project/detect-project.js'
import type { ProjectDraft } from './project-draft.js'

/** A component, and the blok that it shows. */
export interface MappedBlok {
  /** The blok's name in Storyblok. */
  name: string
  /** Where it is imported from: a path from the project's folder, or a name that the project has for it. */
  from: string
  /** The name of the export; `default` by default. */
  imported?: string
}

const folders: Readonly<Record<Framework, string>> = { astro: 'src/storyblok', sveltekit: 'src/lib/storyblok' }

/** Writes the map of bloks. One that is there already stays. */
export function writeBloksMap(draft: ProjectDraft, framework: Framework, bloks: readonly MappedBlok[]): void {
  const folder = folders[framework]
  if (bloks.length === 0 || draft.find(`${folder}/bloks.ts`, `${folder}/bloks.js`)) return
  const names = new Map<string, string>()
  const imports = bloks.map(({ from, imported = 'default' }) => {
    const local = uniqueName(from, imported, names)
    const path = from.startsWith('src/') ? relativeTo(folder, from) : from
    const named = imported === local ? `{ ${local} }` : `{ ${imported} as ${local} }`
    return `import ${imported === 'default' ? local : named} from '${path}'`
  })
  const entries = bloks.map(({ name, from, imported = 'default' }) => {
    const local = names.get(`${imported} ${from}`) ?? ''
    return `  ${/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`}: ${local},`
  })
  const entry = compatEntries[framework].replace('/compat', '/stories')
  const code = [
    `import { defineBloks } from '${entry}'`,
    ...new Set(imports),
    '',
    'export default defineBloks({',
    ...entries,
    '})',
    '',
  ]
  draft.write(`${folder}/bloks.${isTypeScript(draft) ? 'ts' : 'js'}`, code.join('\n'))
}

/** Tells whether a project writes TypeScript. */
export function isTypeScript(draft: ProjectDraft): boolean {
  return draft.find('tsconfig.json') !== undefined
}

function relativeTo(folder: string, file: string): string {
  const path = posix.relative(folder, file)
  return path.startsWith('.') ? path : `./${path}`
}

/** Names a component after its file. */
function uniqueName(from: string, imported: string, names: Map<string, string>): string {
  const key = `${imported} ${from}`
  const known = names.get(key)
  if (known !== undefined) return known
  const file = posix.basename(from).replace(/\.\w+$/, '')
  const words = (imported === 'default' ? file : imported).split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const plain = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
  const first = /^\p{L}/u.test(plain) ? plain : `Blok${plain}`
  const taken = new Set(names.values())
  let name = first
  for (let count = 2; taken.has(name); count++) name = `${first}${count}`
  names.set(key, name)
  return name
}
