import { afterEach, describe, expect, it, vi } from 'vitest'
import { storyblokEnv } from './env.js'

afterEach(() => vi.unstubAllEnvs())

describe('the variables', () => {
  it('are those of a space, by its prefix, and the environment', () => {
    const names = Object.keys(storyblokEnv({ prefix: 'STORYBLOK_DOCS' }))
    expect(names).toContain('STORYBLOK_DOCS_PUBLIC_TOKEN')
    expect(names.filter((name) => !name.startsWith('STORYBLOK_DOCS_'))).toEqual(['STORYBLOK_ENVIRONMENT'])
  })

  it.each([undefined, '', '  '])('are not all there without the public token: %j', (value) => {
    expect(() => storyblokEnv().STORYBLOK_PUBLIC_TOKEN.schema(value)).toThrow(
      'STORYBLOK_PUBLIC_TOKEN is not set. Create a public token in Storyblok under Settings → Access tokens.',
    )
  })

  it('may be missing while an app is built, and where it shows drafts to everyone', () => {
    expect(storyblokEnv({ optional: true }).STORYBLOK_PUBLIC_TOKEN.schema(undefined)).toBeUndefined()
    vi.stubEnv('STORYBLOK_ENVIRONMENT', 'staging')
    expect(storyblokEnv().STORYBLOK_PUBLIC_TOKEN.schema(undefined)).toBeUndefined()
  })

  it('are given as they are', () => {
    const { STORYBLOK_PUBLIC_TOKEN: token, STORYBLOK_REGION: region } = storyblokEnv()
    expect([token.schema('fakePUBLICfakePUBLIC11tt'), region.schema(undefined)]).toEqual([
      'fakePUBLICfakePUBLIC11tt',
      undefined,
    ])
  })
})
