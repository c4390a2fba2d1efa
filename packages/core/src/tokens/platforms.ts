import { readVariable } from './settings.js'
import type { EnvLookup } from './settings.js'

/** What a hosting platform says of a deployment. */
export interface PlatformAnswer {
  environment: 'production' | 'staging'
  /** Whether only the name of a branch says so. */
  guessed?: boolean
}

interface Platform {
  /** The variable by which the platform is recognised; some are set while building only. */
  marker: string
  /** The variable that tells deployments apart. */
  variable: string
  production?: RegExp
  staging?: RegExp
  guessed?: boolean
}

const trunk = /^(main|master|production|prod)$/
const otherBranch = /^(?!(main|master|production|prod)$)/
const any = /./

/**
 * How hosting platforms tell a production deployment from a preview of a change, after their documentation. Netlify,
 * Cloudflare, Amplify and review apps of GitHub, GitLab and Azure say so to the build only; Vercel, Render and Railway
 * also at run time. Cloudflare names nothing but the branch.
 */
const platforms: readonly Platform[] = [
  { marker: 'VERCEL_ENV', variable: 'VERCEL_ENV', production: /^production$/, staging: /^preview$/ },
  {
    marker: 'NETLIFY',
    variable: 'CONTEXT',
    production: /^production$/,
    staging: /^(deploy-preview|branch-deploy|preview-server)$/,
  },
  { marker: 'CF_PAGES', variable: 'CF_PAGES_BRANCH', production: trunk, staging: otherBranch, guessed: true },
  { marker: 'WORKERS_CI', variable: 'WORKERS_CI_BRANCH', production: trunk, staging: otherBranch, guessed: true },
  { marker: 'AWS_APP_ID', variable: 'AWS_PULL_REQUEST_ID', staging: any },
  { marker: 'RENDER', variable: 'IS_PULL_REQUEST', staging: /^true$/ },
  {
    marker: 'RAILWAY_ENVIRONMENT_NAME',
    variable: 'RAILWAY_ENVIRONMENT_NAME',
    production: /^production$/,
    staging: /^(staging|(.*-)?pr-?\d+)$/,
  },
  { marker: 'GITLAB_CI', variable: 'CI_ENVIRONMENT_TIER', production: /^production$/, staging: /^(staging|testing)$/ },
  { marker: 'GITLAB_CI', variable: 'CI_MERGE_REQUEST_IID', staging: any },
  // Azure Static Web Apps builds in one of these two.
  { marker: 'GITHUB_ACTIONS', variable: 'GITHUB_EVENT_NAME', staging: /^pull_request(_target)?$/ },
  { marker: 'TF_BUILD', variable: 'BUILD_REASON', staging: /^PullRequest$/ },
]

/** Asks the platform's own variables; `undefined` when none of them says anything. */
export function detectPlatform(env: EnvLookup): PlatformAnswer | undefined {
  const answers = platforms.map((platform) => ask(platform, env)).filter((answer) => answer !== undefined)
  // A host inside another's pipeline, such as a deploy from GitHub, knows best that it is production.
  return answers.find(({ environment }) => environment === 'production') ?? answers[0]
}

function ask({ marker, variable, production, staging, guessed }: Platform, env: EnvLookup): PlatformAnswer | undefined {
  const value = readVariable(env, variable)
  if (value === undefined || readVariable(env, marker) === undefined) return undefined
  if (production?.test(value)) return { environment: 'production' }
  return staging?.test(value) ? { environment: 'staging', ...(guessed && { guessed }) } : undefined
}
