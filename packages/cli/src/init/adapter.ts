import type { ComponentSchema } from '@keyblok/core/schema'
import type { Framework, Project } from '../project/detect-project.js'
import type { FileEdit } from '../project/file-edits.js'
import type { MarkupDialect } from './component-markup.js'
import { astroAdapter } from './astro-adapter.js'
import { sveltekitAdapter } from './sveltekit-adapter.js'

/** What a setup consists of, beside what both frameworks share. */
export interface SetupOptions {
  /** Whether visitors' pages are made at build; the preview is then below a path of its own. */
  prerender: boolean
}

/** What somebody has to do by hand. */
export interface Edits {
  edits: FileEdit[]
  notes: string[]
}

/** What differs between the frameworks when a project is set up. */
export interface InitAdapter {
  /** Keyblok's package for it. */
  package: string
  /** The folder of stories, map, types and components. */
  folder: string
  dialect: MarkupDialect
  /** The ending of a component's file. */
  extension: string
  /** What a module of this project imports another one of the folder by. */
  importPath(project: Project, file: string): string
  writeComponent(component: ComponentSchema, markup: { lines: string[]; uses: string[] }): string
  /** Configuration, hooks and route. */
  setUp(project: Project, options: SetupOptions): Edits
}

export const adapters: Readonly<Record<Framework, InitAdapter>> = { astro: astroAdapter, sveltekit: sveltekitAdapter }
