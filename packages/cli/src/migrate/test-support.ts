import type { Framework } from '../project/detect-project.js'
import { applyEdits } from '../project/file-edits.js'
import { createFolder } from '../test-support.js'
import { planMigration } from './plan-migration.js'

/** What became of a project. */
export interface Moved {
  /** Files as they are after, by their path; `undefined` for one that is gone. */
  files: Record<string, string | undefined>
  /** What is left, as `file:line what`; what is needed begins with an exclamation mark. */
  left: string[]
  secrets: readonly string[]
  /** Plans once more. */
  again(): Moved
}

/** Moves a project that has these files. */
export function move(framework: Framework, files: Readonly<Record<string, string>>, major?: number): Moved {
  const packages = framework === 'astro' ? { '@storyblok/astro': '^10.0.0' } : { '@storyblok/svelte': '^6.0.0' }
  const folder = createFolder({ 'package.json': JSON.stringify({ dependencies: packages }), ...files })
  return moveFolder(folder, framework, major)
}

function moveFolder(folder: string, framework: Framework, major: number | undefined): Moved {
  const { edits, leftovers, secrets } = planMigration({ folder, framework, major }, '1.2.3')
  applyEdits(folder, edits)
  return {
    files: Object.fromEntries(edits.map(({ file, after }) => [file, after])),
    left: leftovers.map(({ file, line, what, needed }) => `${needed ? '! ' : ''}${file}:${line} ${what}`),
    secrets,
    again: () => moveFolder(folder, framework, major),
  }
}
