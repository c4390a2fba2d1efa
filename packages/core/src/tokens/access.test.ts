import { describe, expect, it } from 'vitest'
import { KeyblokError } from '../errors.js'
import { previewToken, publicToken } from '../test-support.js'
import { chooseAccess } from './access.js'
import type { AccessQuestion } from './access.js'
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
