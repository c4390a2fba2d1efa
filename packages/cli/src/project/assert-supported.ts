import { usageError } from '../command/cli-error.js'
import type { Project } from './detect-project.js'

/**
 * Refuses a project whose framework is of a version that Keyblok does not support.
 *
 * @throws {CliError} With how to upgrade it.
 */
export function assertSupported({ framework, major }: Pick<Project, 'framework' | 'major'>): void {
  const supported = framework === 'astro' ? [7] : [2, 3]
  if (major === undefined || supported.includes(major)) return
  const name = framework === 'astro' ? 'Astro' : 'SvelteKit'
  throw usageError(
    `This is ${name} ${major}, and Keyblok supports ${supported.join(' and ')}.`,
    framework === 'astro' ? 'Upgrade first: npx @astrojs/upgrade' : 'Upgrade first: npx sv migrate',
  )
}
