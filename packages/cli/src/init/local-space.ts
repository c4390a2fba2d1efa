import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '../environment/env-files.js'
import { writeEnvFile } from '../environment/write-env-file.js'
import { CliError } from '../command/cli-error.js'
import { loadSpacePackage } from '../storyblok/load-space-package.js'
import type { Framework, Project } from '../project/detect-project.js'
import type { Terminal } from '../terminal/terminal.js'
import type { InitPlan } from './plan.js'
import { contentFolder } from './starter.js'

/** Where the local space is kept, so that its tokens stay. */
export const localSpaceData: string = `${contentFolder}/space.sqlite`

const address = 'http://127.0.0.1:4110'

/** `localhost`, not the address: the editor has to be another site than the page. */
const devServers: Readonly<Record<Framework, string>> = {
  astro: 'http://localhost:4321/',
  sveltekit: 'http://localhost:5173/',
}

/** Makes the local space's file, whose tokens stay the same from then on, and tells them to `.env`. */
export async function setUpLocalSpace(
  { folder, framework }: Pick<Project, 'folder' | 'framework'>,
  plan: InitPlan,
  terminal: Terminal,
): Promise<void> {
  plan.next.push(
    `${plan.runs('space')}   # the local space; its Visual Editor is at ${address}/editor/`,
    plan.runs('dev'),
  )
  const taken = names.filter((name) => readEnvironment()[name]?.trim())
  if (taken.length > 0) {
    if (!readEnvironment()['STORYBLOK_API_URL']) plan.notes.push(keepsOwn(taken))
    return
  }
  const spacePackage = await loadSpacePackage(folder).catch((error: unknown) => {
    // As under --no-install; whatever else went wrong is told.
    if (error instanceof CliError) return undefined
    throw error
  })
  if (!spacePackage) {
    plan.notes.push(
      `Install the packages, start the local space (${plan.runs('space')}), and copy the variables that it prints into .env.`,
    )
    return
  }
  const data = join(folder, localSpaceData)
  const content = existsSync(data) ? undefined : join(folder, contentFolder)
  const space = spacePackage.createLocalSpace({ data, content })
  // Where the framework's dev server listens, so that the Visual Editor need not ask.
  space.setEnvironments([{ name: 'Development', location: devServers[framework] }])
  const { id, tokens } = space
  space.close()
  const { addable } = writeEnvFile(join(folder, '.env'), {
    STORYBLOK_API_URL: address,
    STORYBLOK_SPACE_ID: String(id),
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_PREVIEW_TOKEN: tokens.preview,
  })
  terminal.line('The tokens of the local space are in .env.')
  if (addable) terminal.warn('git does not ignore .env. Add it to .gitignore.')
}

/** What leads to a space; a value that is there is never replaced. */
const names = ['STORYBLOK_SPACE_ID', 'STORYBLOK_PUBLIC_TOKEN', 'STORYBLOK_PREVIEW_TOKEN']

function keepsOwn(taken: readonly string[]): string {
  return (
    `${taken.join(', ')} ${taken.length === 1 ? 'is' : 'are'} set already, so the local space’s are not written. ` +
    'To use it, start it and set the variables that it prints.'
  )
}
