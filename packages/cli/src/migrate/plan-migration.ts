import { findBloks } from './astro/find-bloks.js'
import { migrateAstroConfig } from './astro/migrate-config.js'
import { leaveHabits } from './leave-habits.js'
import { migratePackage } from './migrate-package.js'
import type { Framework, Project } from '../project/detect-project.js'
import { ProjectDraft } from './project-draft.js'
import type { FileEdit } from '../project/file-edits.js'
import type { Leftover } from './project-draft.js'
import { renameVariables } from './rename-variables.js'
import { rewriteImports } from './rewrite-imports.js'
import { addServerParts } from './sveltekit/add-server-parts.js'
import { extractInit } from './sveltekit/extract-init.js'
import { loadsToServer } from './sveltekit/loads-to-server.js'
import { writeBloksMap } from './write-bloks-map.js'

/** What is known of a project. */
export type MovingProject = Pick<Project, 'folder' | 'framework' | 'major'>

/** What a project's move to Keyblok is. */
export interface Migration {
  edits: readonly FileEdit[]
  /** What is left for a person: what is needed first, then by file and line. */
  leftovers: readonly Leftover[]
  /** Texts of the files that nobody may be shown. */
  secrets: readonly string[]
}

/**
 * Plans how a project moves from Storyblok's packages to Keyblok. Nothing is written, and a project that has moved gets no
 * edits.
 *
 * @param version - The version of Keyblok's packages to depend on.
 */
export function planMigration({ folder, framework, major }: MovingProject, version: string): Migration {
  const draft = new ProjectDraft(folder)
  steps[framework](draft, major)
  rewriteImports(draft, framework)
  leaveHabits(draft)
  renameVariables(draft, framework)
  migratePackage(draft, framework, version)
  return { edits: draft.edits(), leftovers: ordered(draft.leftovers), secrets: [...draft.secrets] }
}

/** What is done first, by the framework. */
const steps: Readonly<Record<Framework, (draft: ProjectDraft, major: number | undefined) => void>> = {
  astro(draft) {
    const components = migrateAstroConfig(draft)
    writeBloksMap(draft, 'astro', findBloks(draft, components))
  },
  sveltekit(draft, major) {
    writeBloksMap(draft, 'sveltekit', extractInit(draft))
    loadsToServer(draft)
    addServerParts(draft, major)
  },
}

function ordered(leftovers: readonly Leftover[]): Leftover[] {
  return leftovers.toSorted(
    (a, b) => Number(b.needed) - Number(a.needed) || a.file.localeCompare(b.file) || a.line - b.line,
  )
}
