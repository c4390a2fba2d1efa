import type { LocalSpace } from '@keyblok/space'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { personalTokenFindings } from '../catalogue/personal-token.js'
import { itFinds, look, manage, serve, startSpace } from '../test-support.js'
import type { Seen } from '../test-support.js'
import { personalTokenCheck } from './personal-token.js'

const variable = 'STORYBLOK_PERSONAL_ACCESS_TOKEN'
const day = 86_400_000

async function createToken(space: LocalSpace, rights: Record<string, unknown>): Promise<string> {
  const body = { name: 'ci', ...rights }
  const { full_token: token } = await manage<{ full_token: string }>(space, 'POST', 'personal_access_tokens', body)
  return token
}

/** Looks at a token with these rights. */
async function lookAt(rights: Record<string, unknown>, change = {}): Promise<Seen> {
  const { space, env } = await startSpace()
  return look(personalTokenCheck, { env: { ...env, [variable]: await createToken(space, rights), ...change } })
}

const isFull = { user_permission: true }

describe('the check of the personal access token', () => {
  itFinds(personalTokenFindings, {
    'personal-token-refused': {
      says: `${variable}: It is refused.`,
      look: () => lookAt(isFull, { [variable]: 'sb_pat_fakeREVOKEDfakeREVOKED1tt' }),
    },
    'personal-token-legacy': {
      says: `${variable}: It is from before there were scopes.`,
      look: async () => {
        const { space, env } = await startSpace(createLocalSpace({ behaviour: { legacyTokensUntil: null } }))
        const { token } = await manage<{ token: { key: string } }>(space, 'POST', 'tokens', { name: 'old' })
        return look(personalTokenCheck, { env: { ...env, [variable]: token.key } })
      },
    },
    'personal-token-full': { says: `${variable}: It has full permission.`, look: () => lookAt(isFull) },
    'personal-token-scopes': {
      says: `${variable}: It may workflows:read.`,
      look: () => lookAt({ scopes: ['workflows:write', 'stories:read'] }),
    },
    'personal-token-spaces': {
      says: `${variable}: It opens 3 spaces.`,
      // A local space is one; what stands before it answers with more.
      look: async () => {
        const { space, env } = await startSpace()
        const url = await serve(async (request) => {
          const { pathname, search } = new URL(request.url)
          const answer = await space.fetch(new Request(`http://space.test${pathname}${search}`, request))
          if (pathname !== '/v1/spaces') return answer
          const { spaces } = (await answer.json()) as { spaces: unknown[] }
          return Response.json({ spaces: [...spaces, ...spaces, ...spaces] })
        })
        const token = await createToken(space, { scopes: ['spaces:read'] })
        return look(personalTokenCheck, { env: { ...env, STORYBLOK_API_URL: url, [variable]: token } })
      },
    },
    'personal-token-endless': {
      says: `${variable}: It does not expire.`,
      look: async () => look(personalTokenCheck, { env: (await startSpace()).env }),
    },
    'personal-token-expires': {
      says: /^STORYBLOK_PERSONAL_ACCESS_TOKEN: It expires on 20\d\d-\d\d-\d\d, in 10 days\.$/,
      look: () => lookAt({ ...isFull, expires_at: new Date(Date.now() + 10 * day).toISOString() }),
    },
  })

  it('finds nothing in a token that may do what commands need, and says how much it could see', async () => {
    const { findings, said } = await lookAt({ scopes: ['spaces:read', 'components:read', 'webhooks:read'] })
    expect(findings).toEqual([])
    expect(said).toContain('it may components:read, spaces:read, webhooks:read.')
    expect(said).toContain('Whether it may write, and when it expires, is not told.')
  })

  it('does not take a year for an end that is near', async () => {
    const { findings } = await lookAt(isFull)
    expect(findings.map(({ id }) => id)).toEqual(['personal-token-full'])
  })

  it('names the account’s other tokens that are being retired', async () => {
    const { space, env } = await startSpace()
    await manage(space, 'POST', 'tokens', { name: 'laptop' })
    const { findings } = await look(personalTokenCheck, { env })
    expect(findings.map(({ what }) => what)).toContain(
      'The account has a token “laptop” from before there were scopes.',
    )
  })

  it('has nothing to look at without one', async () => {
    expect(await look(personalTokenCheck)).toMatchObject({ findings: [], said: expect.stringContaining('is not set') })
  })
})
