import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LocalSpace } from '@keyblok/space'
import { expect, onTestFinished } from 'vitest'
import { environmentOf } from '../../../scripts/lib/demo-space.ts'
import { build, cleanEnvironment, startDev, startPreview, startProduction } from '../../../scripts/lib/playground.ts'
import type { RunningSite, SiteEnvironment } from '../../../scripts/lib/playground.ts'
import { findFreePort, startNode, waitForUrl } from '../../../scripts/lib/processes.ts'
import { copySite } from './copy-site.ts'
import { startFaultyApi } from './faulty-api.ts'
import type { FaultyApi } from './faulty-api.ts'
import { serveDemoSpace } from './space.ts'
import type { AtEnd } from './space.ts'

/** Files of a site, by their path. */
export type Files = Readonly<Record<string, string>>

export interface KitSiteOptions {
  /** SvelteKit's major version. */
  major?: 2 | 3
  /** The adapter's package and options, as code. */
  adapter?: { from: string; call?: string }
  /** Options of SvelteKit and of Keyblok's plugin, as code. */
  kit?: string
  keyblok?: string
  /** The space that it reads; the demo's by default. */
  space?: LocalSpace
  atEnd?: AtEnd
}

/** A copy of the small SvelteKit site, and what it reads. */
export interface KitSite {
  folder: string
  space: LocalSpace
  api: FaultyApi
  environment: SiteEnvironment
}

const source = fileURLToPath(new URL('../fixtures/kit', import.meta.url))
// Inside of packages that have the one SvelteKit, or the other.
const copies = { 3: undefined, 2: fileURLToPath(new URL('../../sveltekit-2/.fixtures', import.meta.url)) }

/** Makes a copy of the small site, which goes when the test ends. */
export async function createKitSite(files: Files = {}, options: KitSiteOptions = {}): Promise<KitSite> {
  const { major = 3, atEnd = onTestFinished } = options
  const { space, listener } = options.space
    ? { space: options.space, listener: await options.space.listen() }
    : await serveDemoSpace(atEnd)
  const api = await startFaultyApi(listener.url)
  const folder = copySite(source, { ...configuration(options), ...files }, copies[major])
  atEnd(async () => {
    await api.close()
    if (options.space) await listener.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { folder, space, api, environment: environmentOf(space, api.url) }
}

function configuration({ major = 3, adapter, kit = '', keyblok = '' }: KitSiteOptions): Files {
  const { from, call = '' } = adapter ?? { from: '@sveltejs/adapter-node' }
  const importAdapter = `import adapter from '${from}'\n`
  const options = `{ adapter: adapter(${call}), ${kit} }`
  const plugins = (sveltekit: string) => `import { keyblok } from '@keyblok/sveltekit'
import { sveltekit } from '@sveltejs/kit/vite'

export default { plugins: [${sveltekit}, keyblok(${keyblok})] }
`
  if (major === 2) {
    return {
      'svelte.config.js': `${importAdapter}\nexport default { kit: ${options} }\n`,
      'vite.config.js': plugins('sveltekit()'),
    }
  }
  return {
    'vite.config.js': importAdapter + plugins(`sveltekit(${options})`),
    'src/env.js': `import { storyblokEnv } from '@keyblok/sveltekit/env'
import { defineEnvVars } from '@sveltejs/kit/env'
import { building, dev } from '$app/env'

export const variables = defineEnvVars({ ...storyblokEnv({ optional: building || dev }) })
`,
  }
}

/** Makes the route prerender its stories. */
export const prerendered: Files = {
  'src/routes/[...slug]/+page.server.js': `import { prerenderStories, storyEntries, storyLoad } from '@keyblok/sveltekit/server'
import { stories } from '../../lib/storyblok/stories.js'

export const prerender = prerenderStories()
export const entries = storyEntries(stories)
export const load = storyLoad(stories, ({ params }) => params.slug)
`,
}

/** Builds a site, and gives what the build printed. */
export async function buildKitSite({ folder, environment }: KitSite, more: SiteEnvironment = {}): Promise<string> {
  const { exitCode, output } = await build('sveltekit', { ...environment, ...more }, folder)
  expect(exitCode, output).toBe(0)
  return output
}

const starts = { dev: startDev, preview: startPreview, production: startProduction }

interface StartKitOptions {
  atEnd?: AtEnd
  environment?: SiteEnvironment
  port?: number
  /** What has to answer, in production. */
  path?: string
}

/** Serves a site until the test ends. */
export async function startKitSite(
  { folder, environment }: KitSite,
  how: keyof typeof starts,
  { atEnd = onTestFinished, port, path, ...more }: StartKitOptions = {},
): Promise<RunningSite> {
  const site = await starts[how]('sveltekit', { ...environment, ...more.environment }, { folder, port, path })
  atEnd(() => site.stop())
  return site
}

/** The worker’s configuration. */
const wrangler = {
  name: 'kit',
  compatibility_date: '2026-10-01',
  compatibility_flags: ['nodejs_als'],
  main: '.svelte-kit/cloudflare/_worker.js',
  assets: { directory: '.svelte-kit/cloudflare', binding: 'ASSETS' },
}

/** Runs a site that was built for Cloudflare in workerd, until the test ends. */
export async function startWorker({ folder, environment }: KitSite): Promise<RunningSite> {
  const port = await findFreePort()
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  writeFileSync(join(folder, '.dev.vars'), variables.join('\n'))
  writeFileSync(join(folder, 'wrangler.jsonc'), JSON.stringify(wrangler))
  const command = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin/wrangler.js')
  const args = [command, 'dev', '--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0']
  const env = { ...cleanEnvironment({}), CI: 'true', WRANGLER_SEND_METRICS: 'false' }
  const running = startNode(args, { cwd: folder, env })
  onTestFinished(() => running.stop())
  const url = `http://127.0.0.1:${port}`
  await waitForUrl(`${url}/`, running)
  return { url, pid: running.child.pid ?? 0, output: running.output, stop: running.stop }
}

/** Where the build puts what browsers get, and the server's code. */
export function outputOf({ folder }: KitSite): { client: string; server: string } {
  return { client: join(folder, '.svelte-kit/output/client'), server: join(folder, '.svelte-kit/output/server') }
}
