import { describe, expect, it } from 'vitest'
import { detectEnvironment } from './environment.js'

const detect = (env: Record<string, string>, dev = false) => {
  const { name, declared } = detectEnvironment((variable) => env[variable], dev)
  return `${name}${declared ? ', declared' : ''}`
}

describe('detectEnvironment', () => {
  it.each([
    ['nothing is known', {}, false, 'production'],
    ['the dev command runs', {}, true, 'development, declared'],
    ['Node says production', { NODE_ENV: 'production' }, false, 'production'],
    ['Node says development, without the dev command', { NODE_ENV: 'development' }, false, 'production'],
    ['Vitest runs', { VITEST: 'true' }, false, 'test'],
    ['Node says test', { NODE_ENV: 'test' }, false, 'test'],
    ['Vercel serves production', { VERCEL_ENV: 'production' }, false, 'production'],
    ['Vercel serves a preview', { VERCEL_ENV: 'preview' }, false, 'staging'],
    ['Vercel’s dev command runs', { VERCEL_ENV: 'development' }, true, 'development, declared'],
    ['Netlify serves production', { NETLIFY: 'true', CONTEXT: 'production' }, false, 'production'],
    ['Netlify serves a deploy preview', { NETLIFY: 'true', CONTEXT: 'deploy-preview' }, false, 'staging'],
    ['Netlify serves a branch', { NETLIFY: 'true', CONTEXT: 'branch-deploy' }, false, 'staging'],
    ['a production platform runs the dev command', { VERCEL_ENV: 'production' }, true, 'production'],
    ['staging is declared', { STORYBLOK_ENVIRONMENT: 'staging' }, false, 'staging, declared'],
    [
      'something is declared on a platform',
      { STORYBLOK_ENVIRONMENT: 'test', VERCEL_ENV: 'production' },
      true,
      'test, declared',
    ],
    ['the declaration is blank', { STORYBLOK_ENVIRONMENT: ' ', VERCEL_ENV: 'preview' }, false, 'staging'],
  ])('when %s', (_name, env, dev, expected) => {
    expect(detect(env, dev)).toBe(expected)
  })

  it('refuses a declaration that it does not know', () => {
    expect(() => detect({ STORYBLOK_ENVIRONMENT: 'prod' })).toThrowErrorMatchingInlineSnapshot(
      `[KeyblokError: [keyblok] Keyblok’s configuration is invalid (KB_CONFIGURATION_INVALID). STORYBLOK_ENVIRONMENT is no environment, which is one of production, staging, development, test.]`,
    )
  })
})
