import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { detect } from 'package-manager-detector/detect'
import type { Agent } from 'package-manager-detector'
import { CliError } from '../command/cli-error.js'
import { packagesOf, readPackageJson } from './package-json.js'
import type { PackageJson } from './package-json.js'

/** The frameworks that Keyblok is for. */
export type Framework = 'astro' | 'sveltekit'

/** An Astro site or a SvelteKit app, as its files say. */
export interface Project {
  /** Absolute. */
  folder: string
  framework: Framework
  /** The framework's major version; `undefined` where neither an installed package nor a range tells. */
  major: number | undefined
  /** The package manager, such as `pnpm`. */
  agent: Agent
  /** The package of the adapter that runs the site, where there is one. */
  adapter: string | undefined
  packages: Record<string, string>
  packageJson: PackageJson
  /** The file that configures the framework, relative to the folder; `undefined` where there is none. */
  configFile: string | undefined
}

interface KnownFramework {
  framework: Framework
  /** The package that tells it. */
  dependency: string
  /** The name of its configuration, without extension. */
  config: string
  adapters: RegExp
}

const frameworks: readonly KnownFramework[] = [
  {
    framework: 'astro',
    dependency: 'astro',
    config: 'astro.config',
    adapters: /^@astrojs\/(node|vercel|netlify|cloudflare)$|^(@deno\/astro-adapter|astro-aws-amplify)$/,
  },
  {
    framework: 'sveltekit',
    dependency: '@sveltejs/kit',
    config: 'vite.config',
    adapters: /^@sveltejs\/adapter-|^svelte-adapter-/,
  },
]

const extensions = ['ts', 'mts', 'js', 'mjs']

/**
 * Recognises the project in a folder.
 *
 * @throws {CliError} When it is neither an Astro site nor a SvelteKit app; it names the apps below, as in a monorepo.
 */
export async function detectProject(folder: string): Promise<Project> {
  const packageJson = readPackageJson(folder)
  const found = packageJson && frameworkOf(packageJson)
  if (!packageJson || !found) throw noProject(folder)
  const packages = packagesOf(packageJson)
  return {
    folder,
    framework: found.framework,
    major: majorOf(folder, found.dependency, packages),
    agent: (await detect({ cwd: folder }))?.agent ?? 'npm',
    adapter: Object.keys(packages).find((name) => found.adapters.test(name)),
    packages,
    packageJson,
    configFile: extensions
      .map((extension) => `${found.config}.${extension}`)
      .find((file) => existsSync(join(folder, file))),
  }
}

/** Lists the folders below that hold an Astro site or a SvelteKit app, with `/` between their steps. */
export function findApps(folder: string): string[] {
  return globSync(['*/package.json', '*/*/package.json', '*/*/*/package.json'], {
    cwd: folder,
    exclude: (name) => /(^|[\\/])(node_modules|\..+|dist|build)$/.test(name),
  })
    .map((file) => dirname(file))
    .filter((app) => {
      const packageJson = readPackageJson(join(folder, app))
      return packageJson !== undefined && frameworkOf(packageJson) !== undefined
    })
    .map((app) => app.replaceAll('\\', '/'))
    .toSorted()
}

/** Tells the framework of a package. */
export function frameworkOf(packageJson: PackageJson): Readonly<KnownFramework> | undefined {
  const packages = packagesOf(packageJson)
  return frameworks.find(({ dependency }) => Object.hasOwn(packages, dependency))
}

function noProject(folder: string): CliError {
  const apps = findApps(folder)
  const hint =
    apps.length > 0
      ? `Below it there are: ${apps.join(', ')}. Name one: --dir ${apps[0]}`
      : 'Create one first: `npm create astro@latest`, or `npx sv create`.'
  return new CliError('This folder holds neither an Astro site nor a SvelteKit app.', { hint })
}

/** The installed version says it best; the range says it where nothing is installed yet. */
function majorOf(folder: string, dependency: string, packages: Record<string, string>): number | undefined {
  const installed = readPackageJson(join(folder, 'node_modules', dependency)) as { version?: string } | undefined
  const text = installed?.version ?? packages[dependency] ?? ''
  const major = /(\d+)(?:\.|$)/.exec(text)?.[1]
  return major === undefined ? undefined : Number(major)
}
