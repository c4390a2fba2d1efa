import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { tokenFindings } from '../catalogue/tokens.js'
import { originsToAsk } from '../token-asker.js'
import type { Origins } from '../token-asker.js'
import { itFinds, look, manage, serve, startSpace } from '../test-support.js'
import { demoContent } from '../../test-support.js'
import { tokensCheck } from './tokens.js'

const check = tokensCheck({})

/** Runs the check on a space and its variables, of which some are others. */
async function lookAt(change: (env: Record<string, string>) => Record<string, string>, origins: Origins = {}) {
  const { env } = await startSpace()
  return look(tokensCheck(origins), { env: { ...env, ...change(env) } })
}

describe('the check of tokens', () => {
  itFinds(tokenFindings, {
    'token-unknown': {
      says: 'STORYBLOK_PUBLIC_TOKEN: No region that was asked knows the token.',
      look: () => lookAt(() => ({ STORYBLOK_PUBLIC_TOKEN: 'fakeREVOKEDfakeREVOKEDtt' })),
    },
    'token-other-region': {
      says: /^STORYBLOK_PREVIEW_TOKEN: It is of the region us, and 127\.0\.0\.1:\d+ is asked\.$/,
      look: async () => {
        const [here, there] = [await startSpace(), await startSpace()]
        const [eu, us] = [here, there].map(({ env }) => env['STORYBLOK_API_URL'] ?? '')
        return look(tokensCheck({ eu, us }), {
          env: { ...here.env, STORYBLOK_PREVIEW_TOKEN: there.space.tokens.preview },
        })
      },
    },
    'token-other-space': {
      says: 'STORYBLOK_PUBLIC_TOKEN: It is of the space 100001, and 7 is configured.',
      look: () => lookAt(() => ({ STORYBLOK_SPACE_ID: '7' })),
    },
    'token-wrong-kind': {
      says: 'STORYBLOK_ASSET_TOKEN: It holds a public token.',
      look: () => lookAt(({ STORYBLOK_PUBLIC_TOKEN: token = '' }) => ({ STORYBLOK_ASSET_TOKEN: token })),
    },
    'tokens-swapped': {
      says: 'STORYBLOK_PUBLIC_TOKEN holds a preview token, and STORYBLOK_PREVIEW_TOKEN a public one.',
      look: () =>
        lookAt(({ STORYBLOK_PUBLIC_TOKEN: a = '', STORYBLOK_PREVIEW_TOKEN: b = '' }) => ({
          STORYBLOK_PUBLIC_TOKEN: b,
          STORYBLOK_PREVIEW_TOKEN: a,
        })),
    },
    'release-refused': {
      says: 'STORYBLOK_RELEASE_TOKEN: It may not read the release 12.',
      look: () => lookAt(() => ({ STORYBLOK_RELEASE_TOKEN: '12:fakeRELEASEfakeRELEASEtt' })),
    },
    'not-asked': {
      says: /^STORYBLOK_PUBLIC_TOKEN: 127\.0\.0\.1:\d+ could not be asked \(KB_UPSTREAM_FAILED\)\.$/,
      look: async () => {
        const { space, env } = await startSpace()
        space.close()
        return look(check, { env })
      },
    },
  })

  it('finds nothing in tokens that are what their variables say', async () => {
    const { space, env } = await startSpace(createLocalSpace({ content: demoContent }))
    space.addRelease({ id: 9, stories: {}, restricted: true })
    const { asset, release } = space.tokens
    const { findings, said } = await look(check, {
      env: { ...env, STORYBLOK_ASSET_TOKEN: asset, STORYBLOK_RELEASE_TOKEN: `9:${release}` },
    })
    expect(findings).toEqual([])
    expect(said).toMatch(/^4 tokens tried at 127\.0\.0\.1:\d+: kind, region and space\.$/)
  })

  it('takes a public token for one where drafts are answered with what is published', async () => {
    const space = createLocalSpace({ content: demoContent, behaviour: { publicDraft: 'published' } })
    const { env } = await startSpace(space)
    expect((await look(check, { env })).findings).toEqual([])
  })

  it('says which of two tokens was revoked', async () => {
    const { space, env } = await startSpace()
    const path = `spaces/${space.id}/api_keys`
    const made = await manage<{ api_key: { id: number; token: string } }>(space, 'POST', path, {
      api_key: { access: 'private' },
    })
    const old = made.api_key
    await manage(space, 'DELETE', `${path}/${old.id}`)
    const both = `${space.tokens.preview},${old.token}`
    const { findings } = await look(check, { env: { ...env, STORYBLOK_PREVIEW_TOKEN: both } })
    expect(findings.map(({ id }) => id)).toEqual(['token-unknown'])
  })

  it('asks no region about a local space’s token', async () => {
    const { env } = await startSpace()
    let asked = 0
    const us = await serve(() => {
      asked++
      return new Response(null, { status: 401 })
    })
    const wrong = { ...env, STORYBLOK_PUBLIC_TOKEN: 'fakeREVOKEDfakeREVOKEDtt' }
    expect((await look(tokensCheck({ us }), { env: wrong })).findings).toHaveLength(1)
    expect(asked).toBe(0)
    await look(tokensCheck({ us, eu: env['STORYBLOK_API_URL'] ?? '' }), { env: wrong })
    expect(asked).toBeGreaterThan(0)
  })

  it('asks China only where somebody wants that', () => {
    expect(Object.keys(originsToAsk({ china: false }))).toEqual(['eu', 'us', 'ca', 'ap'])
    expect(originsToAsk({ china: true })).toHaveProperty('cn')
  })

  it('ends when it is interrupted', async () => {
    const { env } = await startSpace()
    await expect(look(check, { env, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'KB_ABORTED' })
  })
})
