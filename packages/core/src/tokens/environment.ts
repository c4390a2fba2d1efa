import { KeyblokError } from '../errors.js'
import { detectPlatform } from './platforms.js'
import { readVariable } from './settings.js'
import type { EnvLookup } from './settings.js'

const names = ['production', 'staging', 'development', 'test'] as const

/** Where the site runs. */
export interface Environment {
  name: (typeof names)[number]
  /** Whether somebody said so, with `STORYBLOK_ENVIRONMENT` or the framework's dev command; else it was detected. */
  declared: boolean
  /** Whether it was concluded from a branch's name only, on a platform that says no more. */
  guessed?: boolean
}

/**
 * Finds out where the site runs: what `STORYBLOK_ENVIRONMENT` says, else a platform's production marker, the framework's
 * dev command, a platform's preview marker, what the build saw, the test runner. Unknown means production.
 *
 * @param env - Looks a variable up.
 * @param dev - Whether the framework's dev command runs.
 * @param built - What the build found out: several platforms set their markers at build time only.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when `STORYBLOK_ENVIRONMENT` names no environment.
 */
export function detectEnvironment(env: EnvLookup, dev: boolean, built?: Environment): Environment {
  const declared = readVariable(env, 'STORYBLOK_ENVIRONMENT')
  if (declared !== undefined) return { name: parseName(declared), declared: true }

  const platform = detectPlatform(env)
  if (platform?.environment === 'production') return { name: 'production', declared: false }
  if (dev) return { name: 'development', declared: true }
  if (platform) return { name: 'staging', declared: false, ...(platform.guessed && { guessed: true }) }
  if (built && built.name !== 'production') return built

  const runsTests = readVariable(env, 'VITEST') === 'true' || readVariable(env, 'NODE_ENV') === 'test'
  return { name: runsTests ? 'test' : 'production', declared: false }
}

function parseName(value: string): Environment['name'] {
  const name = names.find((candidate) => candidate === value)
  if (name) return name
  throw new KeyblokError(
    'KB_CONFIGURATION_INVALID',
    `STORYBLOK_ENVIRONMENT is no environment, which is one of ${names.join(', ')}.`,
  )
}
