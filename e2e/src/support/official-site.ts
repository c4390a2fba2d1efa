import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { onTestFinished } from 'vitest'
import { environmentOf } from '../../../scripts/lib/demo-space.ts'
import { repository } from '../../../scripts/lib/playground.ts'
import type { Framework, SiteEnvironment } from '../../../scripts/lib/playground.ts'
import { copySite } from './copy-site.ts'
import { tokens } from './tokens.ts'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
// Storyblok's guide for Svelte is written for SvelteKit 2.
const copies = { astro: undefined, sveltekit: fileURLToPath(new URL('../../sveltekit-2/.fixtures', import.meta.url)) }
const sources = { astro: 'official-astro', sveltekit: 'official-svelte' }

/** A site that is built as Storyblok's guide says, and what it reads. */
export interface OfficialSite {
  folder: string
  space: LocalSpace
  environment: SiteEnvironment
}

/** Makes a copy of a site, which goes when the test ends. */
export async function createOfficialSite(
  framework: Framework,
  files: Readonly<Record<string, string>> = {},
): Promise<OfficialSite> {
  const space = createLocalSpace({ content: join(fixtures, 'official-content'), tokens })
  const listener = await space.listen()
  const folder = copySite(join(fixtures, sources[framework]), files, copies[framework])
  onTestFinished(async () => {
    await listener.close()
    space.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { folder, space, environment: environmentOf(space, listener.url) }
}

/** Writes a page as the guide's demo space has it. */
export function page(headline: string): { _uid: string; component: string; body: object[] } {
  const text = { type: 'text', text: 'Fast <b>', marks: [{ type: 'bold' }] }
  const description = { type: 'doc', content: [{ type: 'paragraph', content: [text] }] }
  const feature = { _uid: 'feature', component: 'feature', name: 'Feature 1', description }
  return {
    _uid: 'page',
    component: 'page',
    body: [
      { _uid: 'teaser', component: 'teaser', headline },
      { _uid: 'grid', component: 'grid', columns: [feature] },
    ],
  }
}

/** What `keyblok migrate --json` prints. */
export interface Migrated {
  changes: { file: string; change: string }[]
  leftovers: { file: string; line: number; what: string; needed: boolean }[]
  doctor: { before: { what: string; where?: string }[]; after: { what: string; where?: string }[] }
}

/** Runs `keyblok migrate --yes` in a site. */
export function migrate({ folder }: Pick<OfficialSite, 'folder'>): Migrated {
  const command = join(repository, 'packages/cli/bin/keyblok.js')
  const output = execFileSync(process.execPath, [command, 'migrate', '--yes', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  return JSON.parse(output) as Migrated
}
