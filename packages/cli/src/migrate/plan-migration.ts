import { findBloks } from './astro/find-bloks.js'
import { configFiles, migrateAstroConfig } from './astro/migrate-config.js'
import { leaveHabits } from './leave-habits.js'
import { migratePackage } from './migrate-package.js'
import type { Framework } from './official-names.js'
import { ProjectDraft } from './project-draft.js'
import type { FileEdit, Leftover } from './project-draft.js'
import { renameVariables } from './rename-variables.js'
import { rewriteImports } from './rewrite-imports.js'
import { addServerParts } from './sveltekit/add-server-parts.js'
import { extractInit } from './sveltekit/extract-init.js'
import { loadsToServer } from './sveltekit/loads-to-server.js'
import { writeBloksMap } from './write-bloks-map.js'

/** What a project's move to Keyblok is. */
export interface Migration {
  framework: Framework
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
 * @param folder - The project's folder.
 * @param version - The version of Keyblok's packages to depend on.
 * @returns The plan, or `undefined` where the folder has neither an Astro site nor a SvelteKit app.
 */
export function planMigration(folder: string, version: string): Migration | undefined {
  const draft = new ProjectDraft(folder)
  const framework = frameworkOf(draft)
  if (!framework) return undefined
  steps[framework](draft)
  rewriteImports(draft, framework)
  leaveHabits(draft)
  renameVariables(draft, framework)
  migratePackage(draft, framework, version)
  return { framework, edits: draft.edits(), leftovers: ordered(draft.leftovers), secrets: [...draft.secrets] }
}

/** What is done first, by the framework. */
const steps: Readonly<Record<Framework, (draft: ProjectDraft) => void>> = {
  astro(draft) {
    const components = migrateAstroConfig(draft)
    writeBloksMap(draft, 'astro', findBloks(draft, components))
  },
  sveltekit(draft) {
    writeBloksMap(draft, 'sveltekit', extractInit(draft))
    loadsToServer(draft)
    addServerParts(draft)
  },
}

function frameworkOf(draft: ProjectDraft): Framework | undefined {
  const { dependencies, devDependencies } = JSON.parse(draft.read('package.json') ?? '{}') as Record<string, object>
  const names = { ...dependencies, ...devDependencies }
  if ('astro' in names || draft.find(...configFiles)) return 'astro'
  return '@sveltejs/kit' in names ? 'sveltekit' : undefined
}

function ordered(leftovers: readonly Leftover[]): Leftover[] {
  return leftovers.toSorted(
    (a, b) => Number(b.needed) - Number(a.needed) || a.file.localeCompare(b.file) || a.line - b.line,
  )
}
