import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readProjectFile } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'

/** Two pages, of the components that a new space of Storyblok has. */
const starter = fileURLToPath(new URL('../../starter', import.meta.url))

/** Where the local space's content is, as `keyblok pull` and Storyblok's command line write it. */
export const contentFolder = '.storyblok'

/** The demo content, as files of the project. */
export function starterFiles(folder: string): FileEdit[] {
  return readdirSync(starter, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => {
      const file = `${contentFolder}/${path.slice(starter.length + 1).replaceAll('\\', '/')}`
      const before = readProjectFile(folder, file)
      return { file, before, after: before ?? readFileSync(path, 'utf8'), generated: true }
    })
}

/** The folder of the demo content, to read its components from before it is written. */
export const starterFolder: string = starter
