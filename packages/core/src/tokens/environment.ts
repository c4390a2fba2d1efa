import { KeyblokError } from '../errors.js'
import { readVariable } from './settings.js'
import type { EnvLookup } from './settings.js'

const names = ['production', 'staging', 'development', 'test'] as const

/** Where the site runs. */
export interface Environment {
  name: (typeof names)[number]
  /** Whether somebody said so, with `STORYBLOK_ENVIRONMENT` or the framework's dev command; else it was detected. */
  declared: boolean
}

interface PlatformMarker {
  variable: string
  environments: Record<string, 'production' | 'staging'>
}

/** The variables by which hosting platforms tell a production deployment from a preview deployment. */
const platformMarkers: readonly PlatformMarker[] = [
  { variable: 'VERCEL_ENV', environments: { production: 'production', preview: 'staging' } },
  {
    variable: 'CONTEXT',
    environments: { production: 'production', 'deploy-preview': 'staging', 'branch-deploy': 'staging' },
  },
]

/**
 * Finds out where the site runs: what `STORYBLOK_ENVIRONMENT` says, else a platform's production marker, the framework's
 * dev command, a platform's preview marker, the test runner. Unknown means production.
 *
 * @param env - Looks a variable up.
 * @param dev - Whether the framework's dev command runs.
 * @throws {KeyblokError} `KB_CONFIGURATION_INVALID` when `STORYBLOK_ENVIRONMENT` names no environment.
 */
export function detectEnvironment(env: EnvLookup, dev: boolean): Environment {
  const declared = readVariable(env, 'STORYBLOK_ENVIRONMENT')
  if (declared !== undefined) return { name: parseName(declared), declared: true }

  const platform = detectPlatform(env)
  if (platform === 'production') return { name: 'production', declared: false }
  if (dev) return { name: 'development', declared: true }
  if (platform === 'staging') return { name: 'staging', declared: false }

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

function detectPlatform(env: EnvLookup): 'production' | 'staging' | undefined {
  for (const { variable, environments } of platformMarkers) {
    const environment = environments[readVariable(env, variable) ?? '']
    if (environment) return environment
  }
  return undefined
}
