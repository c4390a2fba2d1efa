import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort, startNode, waitForUrl } from './processes.ts'
import type { RunningProcess } from './processes.ts'

export type Framework = 'astro' | 'sveltekit'

/** The environment variables of a site. */
export type SiteEnvironment = Readonly<Record<string, string>>

/** A running site. */
export interface RunningSite {
  /** The site's origin. */
  url: string
  /** The process that serves it. */
  pid: number
  output(): string
  stop(): Promise<void>
}

export const repository: string = fileURLToPath(new URL('../..', import.meta.url))

function playgroundFolder(framework: Framework): string {
  return join(repository, 'playgrounds', framework)
}

/** How a framework is run: its command's package and file, and the arguments. */
interface Commands {
  command: [packageName: string, file: string]
  dev: readonly string[]
  /** The server that a build writes. */
  server: string
}

const commands: Record<Framework, Commands> = {
  astro: {
    command: ['astro', 'bin/astro.mjs'],
    // Tests run a second dev server beside the first, with other variables.
    dev: ['dev', '--ignore-lock'],
    server: 'dist/server/entry.mjs',
  },
  sveltekit: { command: ['vite', 'bin/vite.js'], dev: ['dev'], server: 'build/index.js' },
}

/** Finds the file of a framework's command, as a site's folder sees it. */
export function commandFile(framework: Framework, folder: string): string {
  const [packageName, file] = commands[framework].command
  return join(dirname(createRequire(join(folder, 'package.json')).resolve(`${packageName}/package.json`)), file)
}

interface StartOptions {
  folder?: string
  port?: number
}

/** Starts a site's dev server. */
export function startDev(
  framework: Framework,
  environment: SiteEnvironment,
  options?: StartOptions,
): Promise<RunningSite> {
  return startCommand(framework, commands[framework].dev, environment, options)
}

/** Serves a site that was built the way its framework, or its adapter, shows it before it is deployed. */
export function startPreview(
  framework: Framework,
  environment: SiteEnvironment,
  options?: StartOptions,
): Promise<RunningSite> {
  return startCommand(framework, ['preview'], environment, options)
}

async function startCommand(
  framework: Framework,
  command: readonly string[],
  environment: SiteEnvironment,
  { folder = playgroundFolder(framework), port }: StartOptions = {},
): Promise<RunningSite> {
  const free = await findFreePort(port)
  const args = [commandFile(framework, folder), ...command, '--host', '127.0.0.1', '--port', String(free)]
  const running = startNode(args, { cwd: folder, env: cleanEnvironment(environment) })
  return ready(running, free)
}

/** Runs a framework's command to its end; resolves with the exit code and what it printed. */
export async function runCommand(
  framework: Framework,
  args: readonly string[],
  environment: SiteEnvironment,
  folder: string,
): Promise<{ exitCode: number | null; output: string }> {
  const running = startNode([commandFile(framework, folder), ...args], {
    cwd: folder,
    env: cleanEnvironment(environment),
  })
  const exitCode = await running.ended
  return { exitCode, output: running.output() }
}

/** Builds a site for production; resolves with the exit code and what the build printed. */
export function build(
  framework: Framework,
  environment: SiteEnvironment,
  folder: string = playgroundFolder(framework),
): Promise<{ exitCode: number | null; output: string }> {
  return runCommand(framework, ['build'], environment, folder)
}

/** Starts a site that was built; `path` is what has to answer, and `server` the script to run, with its arguments, where that is not the usual one. */
export async function startProduction(
  framework: Framework,
  environment: SiteEnvironment,
  {
    folder = playgroundFolder(framework),
    port,
    path,
    server = [commands[framework].server],
  }: StartOptions & { path?: string; server?: readonly string[] } = {},
): Promise<RunningSite> {
  const free = await findFreePort(port)
  const env = { ...cleanEnvironment(environment), NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(free) }
  const running = startNode(server, { cwd: folder, env })
  return ready(running, free, path)
}

async function ready(running: RunningProcess, port: number, path = '/'): Promise<RunningSite> {
  const url = `http://127.0.0.1:${port}`
  try {
    await waitForUrl(`${url}${path}`, running)
  } catch (error) {
    await running.stop()
    throw error
  }
  return { url, pid: running.child.pid ?? 0, output: running.output, stop: running.stop }
}

/** Takes this process's own mode and tokens away, so that a site sees only what it is given. */
export function cleanEnvironment(environment: SiteEnvironment): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(STORYBLOK_|VITE|CI$|NODE_ENV$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/.test(name),
  )
  return {
    ...Object.fromEntries(inherited),
    ASTRO_TELEMETRY_DISABLED: '1',
    ASTRO_DEV_BACKGROUND: '0',
    ASTRO_PREVIEW_BACKGROUND: '0',
    ...environment,
  }
}
