import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort, startNode, waitForUrl } from './processes.ts'
import type { RunningProcess } from './processes.ts'

export type Framework = 'astro' | 'sveltekit'

/** The environment variables of a site, by their `STORYBLOK_` names. */
export type SiteEnvironment = Readonly<Record<`STORYBLOK_${string}`, string>>

/** A running site. */
export interface RunningSite {
  /** The site's origin. */
  url: string
  output(): string
  stop(): Promise<void>
}

export const repository: string = fileURLToPath(new URL('../..', import.meta.url))

export function playgroundFolder(framework: Framework): string {
  return join(repository, 'playgrounds', framework)
}

interface Commands {
  dev(port: number): string[]
  build: string[]
  start: string[]
}

const commands: Record<Framework, Commands> = {
  astro: {
    // Tests run a second dev server beside the first, with other variables.
    dev: (port) => [
      'node_modules/astro/bin/astro.mjs',
      'dev',
      '--ignore-lock',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
    ],
    build: ['node_modules/astro/bin/astro.mjs', 'build'],
    start: ['dist/server/entry.mjs'],
  },
  sveltekit: {
    dev: (port) => ['node_modules/vite/bin/vite.js', 'dev', '--host', '127.0.0.1', '--port', String(port)],
    build: ['node_modules/vite/bin/vite.js', 'build'],
    start: ['build/index.js'],
  },
}

/** Starts a site's dev server. */
export async function startDev(
  framework: Framework,
  environment: SiteEnvironment,
  { folder = playgroundFolder(framework), port }: { folder?: string; port?: number } = {},
): Promise<RunningSite> {
  const free = await findFreePort(port)
  const running = startNode(commands[framework].dev(free), { cwd: folder, env: cleanEnvironment(environment) })
  return ready(running, free)
}

/** Builds a site for production; resolves with the exit code and what the build printed. */
export async function build(
  framework: Framework,
  environment: SiteEnvironment,
  folder: string = playgroundFolder(framework),
): Promise<{ exitCode: number | null; output: string }> {
  const running = startNode(commands[framework].build, { cwd: folder, env: cleanEnvironment(environment) })
  const exitCode = await running.ended
  return { exitCode, output: running.output() }
}

/** Starts a site that was built. */
export async function startProduction(
  framework: Framework,
  environment: SiteEnvironment,
  { port }: { port?: number } = {},
): Promise<RunningSite> {
  const free = await findFreePort(port)
  const env = { ...cleanEnvironment(environment), NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(free) }
  const running = startNode(commands[framework].start, { cwd: playgroundFolder(framework), env })
  return ready(running, free)
}

async function ready(running: RunningProcess, port: number): Promise<RunningSite> {
  const url = `http://127.0.0.1:${port}`
  await waitForUrl(`${url}/`, running)
  return { url, output: running.output, stop: running.stop }
}

/** Takes this process's own mode and tokens away, so that a site sees only what it is given. */
function cleanEnvironment(environment: SiteEnvironment): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(STORYBLOK_|VITE|NODE_ENV$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/.test(name),
  )
  return {
    ...Object.fromEntries(inherited),
    ASTRO_TELEMETRY_DISABLED: '1',
    ASTRO_DEV_BACKGROUND: '0',
    ...environment,
  }
}
