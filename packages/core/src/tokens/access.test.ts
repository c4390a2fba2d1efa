import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyblokError } from '../errors.js'
import { previewToken, publicToken } from '../test-support.js'
import { chooseAccess } from './access.js'
import type { Access, AccessQuestion } from './access.js'
import { Secret } from './secret.js'
import type { TokenSet } from './token-set.js'

const environments = {
  production: { name: 'production', declared: false },
  'staging, declared': { name: 'staging', declared: true },
  'staging, detected': { name: 'staging', declared: false },
  development: { name: 'development', declared: true },
  test: { name: 'test', declared: false },
} as const

const noTokens: TokenSet = { public: null, preview: [], asset: null, releases: [] }

type EnvironmentName = keyof typeof environments

interface Combination extends AccessQuestion {
  environmentName: EnvironmentName
}

/** Every combination of what the decision depends on. */
const combinations: Combination[] = (Object.keys(environments) as EnvironmentName[]).flatMap((environmentName) =>
  [publicToken, null].flatMap((publicOrNone) =>
    [[previewToken], []].flatMap((preview) =>
      [true, false].flatMap((granted) =>
        [true, false].flatMap((local) =>
          (['granted', 'everyone', undefined] as const).flatMap((drafts) =>
            (['draft', 'published', undefined] as const).map((version) => ({
              environmentName,
              environment: environments[environmentName],
              tokens: { public: publicOrNone, preview, asset: null, releases: [] },
              granted,
              local,
              drafts,
              version,
            })),
          ),
        ),
      ),
    ),
  ),
)

/** The design's table, read again: who may see drafts at all. */
const mayReadDrafts: Record<EnvironmentName, (combination: Combination) => boolean> = {
  production: ({ granted }) => granted,
  'staging, declared': ({ granted, drafts }) => granted || drafts !== 'granted',
  'staging, detected': ({ granted, drafts }) => granted || drafts === 'everyone',
  development: ({ granted, local }) => granted || local,
  test: ({ granted, version }) => granted || version === 'draft',
}

function expected(combination: Combination): string {
  const { tokens, version, environmentName } = combination
  const may = mayReadDrafts[environmentName](combination)
  if (version === 'draft' && !may) return 'KB_DRAFT_REFUSED'
  const reads =
    may && version !== 'published' && (tokens.preview.length > 0 || version === 'draft') ? 'draft' : 'published'
  const token = reads === 'draft' ? tokens.preview[0] : tokens.public
  return token ? `${reads} by ${token.kind}` : 'KB_TOKEN_MISSING'
}

function decide(question: AccessQuestion): string {
  try {
    const { version, token } = chooseAccess(question)
    return `${version} by ${token.kind}`
  } catch (error) {
    if (error instanceof KeyblokError) return error.code
    throw error
  }
}

describe('chooseAccess', () => {
  it('decides every combination as the table says', () => {
    expect(combinations).toHaveLength(5 * 2 * 2 * 2 * 2 * 3 * 3)
    const differing = combinations.filter((combination) => decide(combination) !== expected(combination))
    expect(differing).toEqual([])
  })

  it('never joins a version with the other’s token', () => {
    const decisions = new Set(combinations.map(decide))
    expect([...decisions].toSorted()).toEqual([
      'KB_DRAFT_REFUSED',
      'KB_TOKEN_MISSING',
      'draft by preview',
      'published by public',
    ])
  })

  it('never shows a draft in production without a grant', () => {
    const visitors = combinations.filter(({ environmentName, granted }) => environmentName === 'production' && !granted)
    expect(visitors.map(decide)).not.toContain('draft by preview')
  })

  it('uses the first preview token', () => {
    const other = [previewToken, publicToken]
    const access = chooseAccess({
      environment: environments.production,
      tokens: { ...noTokens, preview: other },
      granted: true,
      local: false,
    })
    expect(access.token).toBe(previewToken)
  })

  it('names the variable of a missing token, and does not take the other', () => {
    const question: AccessQuestion = {
      environment: environments.production,
      tokens: { ...noTokens, preview: [previewToken] },
      granted: false,
      local: true,
      prefix: 'STORYBLOK_DOCS',
    }
    expect(() => chooseAccess(question)).toThrowErrorMatchingInlineSnapshot(
      `[KeyblokError: [keyblok] An access token is missing (KB_TOKEN_MISSING). STORYBLOK_DOCS_PUBLIC_TOKEN is not set. Published: this is production.]`,
    )
  })

  it('gives a reason', () => {
    const tokens = { ...noTokens, public: publicToken, preview: [previewToken] }
    const question = { tokens, granted: false, local: true }
    const reasons = Object.values(environments).map((environment) => chooseAccess({ ...question, environment }).reason)
    expect(reasons).toMatchInlineSnapshot(`
      [
        "Published: this is production.",
        "Draft: this staging site shows drafts to everyone.",
        "Published: this staging site shows drafts to editors only.",
        "Draft: this is the dev server, asked from this machine.",
        "Published: this is a test run.",
      ]
    `)
  })
})

describe('chooseAccess, whatever it is asked', () => {
  const releaseToken = new Secret('fakeRELEASEfakeRELEASEtt', 'release')
  const question = fc.record({
    environment: fc.record(
      {
        name: fc.constantFrom('production', 'staging', 'development', 'test'),
        declared: fc.boolean(),
        guessed: fc.boolean(),
      },
      { requiredKeys: ['name', 'declared'] },
    ),
    tokens: fc.record({
      public: fc.constantFrom(publicToken, null),
      preview: fc.constantFrom([previewToken], [previewToken, new Secret('fakeOLD', 'preview')], []),
      asset: fc.constant(null),
      releases: fc.constantFrom([{ release: '7', token: releaseToken }], []),
    }),
    granted: fc.boolean(),
    local: fc.boolean(),
    drafts: fc.constantFrom('granted', 'everyone', undefined),
    version: fc.constantFrom('draft', 'published', undefined),
    release: fc.constantFrom(undefined, '7', '8'),
  }) as fc.Arbitrary<AccessQuestion>

  const decideOrCode = (asked: AccessQuestion): Access | string => {
    try {
      return chooseAccess(asked)
    } catch (error) {
      if (error instanceof KeyblokError) return error.code
      throw error
    }
  }

  /** Who may see drafts, by the design’s table. */
  const mayReadDraft = ({ environment, granted, local, drafts, version }: AccessQuestion): boolean => {
    if (granted) return true
    if (environment.name === 'development') return local
    if (environment.name === 'test') return version === 'draft'
    if (environment.name !== 'staging' || environment.guessed) return false
    return (drafts ?? (environment.declared ? 'everyone' : 'granted')) === 'everyone'
  }

  it('never reads what is published with a preview token, nor a draft with any other', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const access = decideOrCode(asked)
        fc.pre(typeof access === 'object')
        const kinds = access.version === 'draft' ? ['preview'] : [access.release === undefined ? 'public' : 'release']
        expect(kinds).toContain(access.token.kind)
        expect(access.release).toBe(asked.release)
      }),
    )
  })

  it('never reads a draft that the table does not allow, nor one that nobody asked to see', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const access = decideOrCode(asked)
        fc.pre(typeof access === 'object' && access.version === 'draft')
        expect(mayReadDraft(asked)).toBe(true)
        expect(asked.version).not.toBe('published')
      }),
    )
  })

  it('never takes another token for one that is missing', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const access = decideOrCode({ ...asked, release: undefined, tokens: { ...asked.tokens, public: null } })
        expect(typeof access === 'object' ? access.version : 'draft').toBe('draft')
      }),
    )
  })

  it('reads a release with its own token only, or where drafts may be seen', () => {
    fc.assert(
      fc.property(question, (asked) => {
        fc.pre(asked.release !== undefined)
        const access = decideOrCode(asked)
        const own = asked.tokens.releases.some(({ release }) => release === asked.release)
        expect(own || access === 'KB_RELEASE_REFUSED' || mayReadDraft(asked)).toBe(true)
      }),
    )
  })
})
