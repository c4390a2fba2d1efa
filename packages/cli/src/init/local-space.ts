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
  if (readEnvironment()['STORYBLOK_PUBLIC_TOKEN']) return
  try {
    const { createLocalSpace } = await loadSpacePackage(folder)
    const data = join(folder, localSpaceData)
    const space = createLocalSpace({ data, ...(!existsSync(data) && { content: join(folder, contentFolder) }) })
    // Where the framework's dev server listens, so that the Visual Editor need not ask.
    space.setEnvironments([{ name: 'Development', location: devServers[framework] }])
    const { addable } = writeEnvFile(join(folder, '.env'), {
      STORYBLOK_API_URL: address,
      STORYBLOK_SPACE_ID: String(space.id),
      STORYBLOK_PUBLIC_TOKEN: space.tokens.public,
      STORYBLOK_PREVIEW_TOKEN: space.tokens.preview,
    })
    space.close()
    terminal.line('The tokens of the local space are in .env.')
    if (addable) terminal.warn('git does not ignore .env. Add it to .gitignore.')
  } catch (error) {
    // Without the package, as under --no-install, a person does it: the command prints what .env needs.
    if (!(error instanceof CliError)) throw error
    plan.notes.push(
      `Install the packages, start the local space (${plan.runs('space')}), and copy the variables that it prints into .env.`,
    )
  }
}
