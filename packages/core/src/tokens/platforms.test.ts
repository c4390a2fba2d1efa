import { describe, expect, it } from 'vitest'
import { detectEnvironment } from './environment.js'
import type { Environment } from './environment.js'

interface Deployment {
  platform: string
  /** What the platform shows to a build, and to the server that runs afterwards. */
  build: Record<string, string>
  run: Record<string, string>
  expected: string
}

const vercel = (name: string) => ({ VERCEL: '1', VERCEL_ENV: name, NODE_ENV: 'production' })
const pages = (branch: string) => ({
  CF_PAGES: '1',
  CF_PAGES_BRANCH: branch,
  CF_PAGES_URL: 'https://x.example.pages.dev',
})
const workers = (branch: string) => ({ CI: 'true', WORKERS_CI: '1', WORKERS_CI_BRANCH: branch })
const netlify = (context: string) => ({ NETLIFY: 'true', CONTEXT: context, BRANCH: 'main' })
const render = (pull: boolean) => ({ RENDER: 'true', IS_PULL_REQUEST: String(pull), NODE_ENV: 'production' })
const railway = (name: string) => ({ RAILWAY_ENVIRONMENT_NAME: name, RAILWAY_PROJECT_NAME: 'site' })
const node = { NODE_ENV: 'production' }

const deployments: Deployment[] = [
  { platform: 'Vercel production', build: vercel('production'), run: vercel('production'), expected: 'production' },
  { platform: 'Vercel preview', build: vercel('preview'), run: vercel('preview'), expected: 'staging' },
  { platform: 'Netlify production', build: netlify('production'), run: node, expected: 'production' },
  { platform: 'Netlify deploy preview', build: netlify('deploy-preview'), run: node, expected: 'staging' },
  { platform: 'Netlify branch', build: netlify('branch-deploy'), run: node, expected: 'staging' },
  { platform: 'Cloudflare Pages, main', build: pages('main'), run: {}, expected: 'production' },
  { platform: 'Cloudflare Pages, a branch', build: pages('new-header'), run: {}, expected: 'staging, guessed' },
  { platform: 'Cloudflare Workers, main', build: workers('main'), run: {}, expected: 'production' },
  { platform: 'Cloudflare Workers, a branch', build: workers('new-header'), run: {}, expected: 'staging, guessed' },
  {
    platform: 'AWS Amplify pull request',
    build: { AWS_APP_ID: 'd123', AWS_BRANCH: 'pr-7', AWS_PULL_REQUEST_ID: '7' },
    run: node,
    expected: 'staging',
  },
  {
    platform: 'AWS Amplify branch',
    build: { AWS_APP_ID: 'd123', AWS_BRANCH: 'main' },
    run: node,
    expected: 'production',
  },
  {
    platform: 'Azure Static Web Apps by GitHub, pull request',
    build: { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request' },
    run: node,
    expected: 'staging',
  },
  {
    platform: 'Azure Static Web Apps by Azure Pipelines, pull request',
    build: { TF_BUILD: 'True', BUILD_REASON: 'PullRequest' },
    run: node,
    expected: 'staging',
  },
  {
    platform: 'Azure Static Web Apps by GitHub, main',
    build: { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push' },
    run: node,
    expected: 'production',
  },
  { platform: 'Render service', build: render(false), run: render(false), expected: 'production' },
  { platform: 'Render preview', build: render(true), run: render(true), expected: 'staging' },
  { platform: 'Railway production', build: railway('production'), run: railway('production'), expected: 'production' },
  { platform: 'Railway pull request', build: railway('site-pr-12'), run: railway('site-pr-12'), expected: 'staging' },
  { platform: 'Railway, another name', build: railway('blue'), run: railway('blue'), expected: 'production' },
  {
    platform: 'GitLab review app',
    build: { GITLAB_CI: 'true', CI_MERGE_REQUEST_IID: '4' },
    run: node,
    expected: 'staging',
  },
  {
    platform: 'GitLab production',
    build: { GITLAB_CI: 'true', CI_ENVIRONMENT_TIER: 'production', CI_MERGE_REQUEST_IID: '4' },
    run: node,
    expected: 'production',
  },
]

const detect = (env: Record<string, string>, built?: Environment) =>
  detectEnvironment((name) => env[name], false, built)
const nameOf = ({ name, guessed }: Environment) => `${name}${guessed ? ', guessed' : ''}`

describe('a deployment', () => {
  it.each(deployments)('is known when it is built: $platform', ({ build, expected }) => {
    expect(nameOf(detect(build))).toBe(expected)
  })

  it.each(deployments)('is known when it runs: $platform', ({ build, run, expected }) => {
    expect(nameOf(detect(run, detect(build)))).toBe(expected)
  })

  it('that runs in production is production, whatever the build saw', () => {
    expect(nameOf(detect(vercel('production'), { name: 'staging', declared: false }))).toBe('production')
  })

  it('is what it is declared to be, whatever the platform says', () => {
    expect(nameOf(detect({ ...vercel('production'), STORYBLOK_ENVIRONMENT: 'staging' }))).toBe('staging')
  })

  it('of a variable that other tools use too is not taken for a platform', () => {
    expect(nameOf(detect({ CONTEXT: 'deploy-preview', IS_PULL_REQUEST: 'true', BUILD_REASON: 'PullRequest' }))).toBe(
      'production',
    )
  })
})
