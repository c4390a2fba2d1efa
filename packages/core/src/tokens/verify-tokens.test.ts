import { describe, expect, it } from 'vitest'
import { createSpace, environment, fetchFrom, tokens } from '../test-support.js'
import { parseSettings } from './settings.js'
import { verifyTokens } from './verify-tokens.js'

const all = {
  ...environment,
  STORYBLOK_ASSET_TOKEN: tokens.asset,
  STORYBLOK_RELEASE_TOKEN: `7:${tokens.release}`,
}

async function verify(changes: Record<string, string> = {}): Promise<string> {
  const space = createSpace()
  space.addRelease({ id: 7, stories: {}, restricted: true })
  const env: Record<string, string> = { ...all, ...changes }
  const { fetch } = fetchFrom(space)
  return verifyTokens(
    parseSettings((name) => env[name]),
    { fetch },
  ).then(
    () => 'all right',
    (error: Error) => error.message.replace(/^.*\n/, ''),
  )
}

describe('verifyTokens', () => {
  it('finds nothing where every token is what it claims', async () => {
    expect(await verify()).toBe('all right')
  })

  it('finds every token in the wrong variable', async () => {
    const found = await verify({
      STORYBLOK_PUBLIC_TOKEN: tokens.preview,
      STORYBLOK_PREVIEW_TOKEN: tokens.public,
      STORYBLOK_ASSET_TOKEN: tokens.release,
      STORYBLOK_RELEASE_TOKEN: `7:${tokens.asset}`,
    })
    expect(found).toMatchInlineSnapshot(`
      "  - The public token reads drafts, so it is a preview token in the wrong variable.
        - A preview token reads no drafts, so it is a public token.
        - The asset token opens no private assets: it is wrong, revoked or of another kind.
        - The release token of 7 may not read that release."
    `)
  })

  it('finds tokens that are wrong, and names the region as a reason', async () => {
    const found = await verify({ STORYBLOK_PUBLIC_TOKEN: 'fakeWRONGfakeWRONG', STORYBLOK_PREVIEW_TOKEN: 'fakeGONE' })
    expect(found).toMatchInlineSnapshot(`
      "  - The public token is refused: it is wrong, revoked, or of a space in another region than the one asked (STORYBLOK_SPACE_ID or STORYBLOK_REGION).
        - A preview token is refused: it is wrong, revoked, or of a space in another region than the one asked (STORYBLOK_SPACE_ID or STORYBLOK_REGION)."
    `)
  })

  it('finds tokens of another space', async () => {
    expect(await verify({ STORYBLOK_SPACE_ID: '100007' })).toMatchInlineSnapshot(`
      "  - The public token is of space 100001, and 100007 is configured.
        - The preview token is of space 100001, and 100007 is configured."
    `)
  })

  it('does not take an API that is away for a wrong token', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed'))
    const verifying = verifyTokens(
      parseSettings((name) => all[name as keyof typeof all]),
      { fetch, attempts: 1 },
    )
    await expect(verifying).rejects.toMatchObject({ code: 'KB_UPSTREAM_FAILED' })
  })
})
