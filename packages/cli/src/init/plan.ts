import { join } from 'node:path'
import { fetchSchema, readSchema } from '@keyblok/core/schema'
import type { SchemaSource } from '@keyblok/core/schema'
import { readSchemaFiles } from '@keyblok/vite/files'
import { resolveCommand } from 'package-manager-detector/commands'
import type { Project } from '../project/detect-project.js'
import { realEdits } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'
import { connectSpace } from '../storyblok/connect.js'
import type { Terminal } from '../terminal/terminal.js'
import { adapters } from './adapter.js'
import type { ContentSource } from './choose-content.js'
import { environmentFiles } from './environment-files.js'
import { packageEdit } from './package-edit.js'
import { sharedFiles } from './shared-files.js'
import { contentFolder, starterFiles, starterFolder } from './starter.js'

/** What would be done. */
export interface InitPlan {
  edits: FileEdit[]
  /** What has to be done by hand. */
  notes: string[]
  /** What to do next. */
  next: string[]
  /** How the project's package manager runs a script. */
  runs(script: string): string
}

export interface PlanOptions {
  content: ContentSource
  prerender: boolean
  env: Readonly<Record<string, string | undefined>>
  terminal: Terminal
  signal: AbortSignal
}

/** Plans all changes, and makes none. */
export async function planInit(project: Project, options: PlanOptions): Promise<InitPlan> {
  const adapter = adapters[project.framework]
  const schema = readSchema(await readSource(project.folder, options))
  const setup = adapter.setUp(project, options)
  const edits = [
    packageEdit(project, adapter),
    ...setup.edits,
    ...sharedFiles(project, adapter, schema),
    ...environmentFiles(project.folder),
    ...(options.content === 'demo' ? starterFiles(project.folder) : []),
  ]
  const runs = (script: string): string => {
    const { command, args } = resolveCommand(project.agent, 'run', [script]) ?? {
      command: 'npm',
      args: ['run', script],
    }
    return [command, ...args].join(' ')
  }
  return { edits: realEdits(edits), notes: setup.notes, next: [], runs }
}

/** The components: those of the content; a new space of Storyblok has those of the demo. */
async function readSource(folder: string, { content, env, terminal, signal }: PlanOptions): Promise<SchemaSource> {
  const pulled = readSchemaFiles(join(folder, contentFolder), env['STORYBLOK_SPACE_ID'])
  if (pulled) return pulled
  if (content === 'own' && env['STORYBLOK_SPACE_ID'] && env['STORYBLOK_PERSONAL_ACCESS_TOKEN']) {
    const scopes = ['components:read', 'datasources:read', 'datasource_entries:read']
    const { management, spaceId } = await connectSpace(env, terminal, { scopes, signal })
    return fetchSchema(management, spaceId)
  }
  return readSchemaFiles(starterFolder) ?? { components: [] }
}
