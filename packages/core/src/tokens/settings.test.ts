import { describe, expect, it } from 'vitest'
import { tokens } from '../test-support.js'
import { Secret } from './secret.js'
import { parseSettings } from './settings.js'
import type { TokenSources } from './settings.js'

const parse = (env: Record<string, string>) => parseSettings((name) => env[name])

describe('parseSettings', () => {
  it('reads a public token and several preview tokens', () => {
    const { tokens: parsed } = parse({
      STORYBLOK_PUBLIC_TOKEN: ` ${tokens.public} `,
      STORYBLOK_PREVIEW_TOKEN: `${tokens.preview}, fakeOLDPREVIEW`,
    })
    expect(parsed.public?.reveal()).toBe(tokens.public)
    expect(parsed.preview.map((secret) => secret.reveal())).toEqual([tokens.preview, 'fakeOLDPREVIEW'])
  })

  it.each(['', '   ', 'undefined', 'null', ' undefined '])('takes %j for missing', (value) => {
    const { tokens: parsed } = parse({ STORYBLOK_PUBLIC_TOKEN: value, STORYBLOK_PREVIEW_TOKEN: value })
    expect(parsed).toEqual({ public: null, preview: [], asset: null, releases: [] })
  })

  it.each([
    [{}, 'https://api.storyblok.com'],
    [{ STORYBLOK_REGION: 'us' }, 'https://api-us.storyblok.com'],
    [{ STORYBLOK_REGION: 'AU' }, 'https://api-ap.storyblok.com'],
    [{ STORYBLOK_SPACE_ID: '123456' }, 'https://api.storyblok.com'],
    [{ STORYBLOK_SPACE_ID: '1000001' }, 'https://api-us.storyblok.com'],
    [{ STORYBLOK_SPACE_ID: '2000001' }, 'https://api-ca.storyblok.com'],
    [{ STORYBLOK_SPACE_ID: '3000001' }, 'https://api-ap.storyblok.com'],
    [{ STORYBLOK_SPACE_ID: String(2 * 2 ** 48 + 7) }, 'https://api-us.storyblok.com'],
    [{ STORYBLOK_SPACE_ID: String(1 * 2 ** 48 + 7) }, 'https://api.storyblok.com'],
    [{ STORYBLOK_SPACE_ID: '1000001', STORYBLOK_REGION: 'cn' }, 'https://app.storyblokchina.cn'],
    [{ STORYBLOK_REGION: 'us', STORYBLOK_API_URL: 'http://127.0.0.1:4110/' }, 'http://127.0.0.1:4110'],
    [{ STORYBLOK_API_URL: 'https://proxy.test/storyblok/' }, 'https://proxy.test/storyblok'],
  ])('finds the API for %j', (env, origin) => {
    expect(parse(env).apiOrigin).toBe(origin)
  })

  it('reads a second space by its own prefix', () => {
    const env: Record<string, string> = {
      STORYBLOK_DOCS_PUBLIC_TOKEN: 'fakeDOCS',
      STORYBLOK_PUBLIC_TOKEN: tokens.public,
    }
    expect(parseSettings((name) => env[name], 'STORYBLOK_DOCS').tokens.public?.reveal()).toBe('fakeDOCS')
  })

  it('reports every problem at once, and no token', () => {
    expect(() =>
      parse({
        STORYBLOK_SPACE_ID: 'my-space',
        STORYBLOK_REGION: 'europe',
        STORYBLOK_API_URL: 'http://api.example',
        STORYBLOK_PUBLIC_TOKEN: tokens.public,
        STORYBLOK_PREVIEW_TOKEN: `${tokens.public},sb_pat_fake,fa ke`,
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [KeyblokError: [keyblok] Keyblok’s configuration is invalid (KB_CONFIGURATION_INVALID).
        - STORYBLOK_SPACE_ID is no space id, which is a whole number such as 123456.
        - STORYBLOK_REGION is no region, which is one of eu, us, ca, ap or cn.
        - STORYBLOK_API_URL would send tokens to another machine unencrypted. Use https.
        - STORYBLOK_PREVIEW_TOKEN holds a personal access token, which manages the space. A site needs a preview token.
        - STORYBLOK_PREVIEW_TOKEN holds characters that no token has, such as spaces or quotes from another language.
        - STORYBLOK_PUBLIC_TOKEN and STORYBLOK_PREVIEW_TOKEN hold the same token. One of them is in the wrong variable: a public token reads published content only.]
    `)
  })

  it('explains a variable that it does not read', () => {
    expect(() => parse({ STORYBLOK_TOKEN: 'fakeTOKEN' })).toThrowErrorMatchingInlineSnapshot(`
      [KeyblokError: [keyblok] Keyblok’s configuration is invalid (KB_CONFIGURATION_INVALID).
        - STORYBLOK_TOKEN is not read, because it can mean a preview token or a personal access token. Rename it to STORYBLOK_PUBLIC_TOKEN or STORYBLOK_PREVIEW_TOKEN.]
    `)
  })

  it('does not mind that variable beside its own', () => {
    expect(parse({ STORYBLOK_TOKEN: 'fakeTOKEN', STORYBLOK_PUBLIC_TOKEN: tokens.public }).tokens.public).not.toBeNull()
  })

  it.each([
    'https://api.example/v2',
    'https://api.example/v2/cdn/',
    'ftp://api.example',
    'api.example',
    'https://user:secret@api.example',
    'https://api.example?token=x',
  ])('refuses %s for an API', (url) => {
    expect(() => parse({ STORYBLOK_API_URL: url })).toThrow('STORYBLOK_API_URL')
  })
})

describe('tokens beyond the two', () => {
  const parse = (env: Record<string, string>, sources?: TokenSources) =>
    parseSettings((name) => env[name], 'STORYBLOK', sources)
  const problemsOf = (env: Record<string, string>, sources?: TokenSources): string => {
    try {
      parse(env, sources)
      return 'none'
    } catch (error) {
      return (error as Error).message.replace(/^.*\n/, '')
    }
  }

  it('are read from the environment', () => {
    const { tokens: set, webhookSecret } = parse({
      STORYBLOK_ASSET_TOKEN: 'fakeASSET',
      STORYBLOK_RELEASE_TOKEN: '7:fakeSEVEN, 8:fakeEIGHT',
      STORYBLOK_WEBHOOK_SECRET: 'fake, secret',
    })
    expect([set.asset?.reveal(), webhookSecret?.reveal()]).toEqual(['fakeASSET', 'fake, secret'])
    expect(set.releases.map(({ release, token }) => [release, token.reveal()])).toEqual([
      ['7', 'fakeSEVEN'],
      ['8', 'fakeEIGHT'],
    ])
  })

  it('are given in code by functions and secrets', () => {
    const { tokens: set } = parse(
      { STORYBLOK_PUBLIC_TOKEN: 'fakeENV' },
      {
        public: () => 'fakeCODE',
        preview: [() => 'fakeNEW', new Secret('fakeOLD', 'preview')],
        releases: { 7: () => 'fakeSEVEN' },
      },
    )
    expect(set.public?.reveal()).toBe('fakeCODE')
    expect(set.preview.map((secret) => secret.reveal())).toEqual(['fakeNEW', 'fakeOLD'])
    expect(set.releases).toHaveLength(1)
  })

  it('are refused as literals, with the reason and without the token', () => {
    const literal = { public: 'fakeLITERAL', preview: ['fakeLITERAL2'] } as unknown as TokenSources
    expect(problemsOf({}, literal)).toMatchInlineSnapshot(`
      "  - The public token is a literal in code, which is committed and bundled. Give a function that reads it, such as () => process.env.STORYBLOK_PUBLIC_TOKEN.
        - The preview token is a literal in code, which is committed and bundled. Give a function that reads it, such as () => process.env.STORYBLOK_PREVIEW_TOKEN."
    `)
  })

  it('are refused when they are of the retired kind, or malformed', () => {
    const env = { STORYBLOK_THEME_TOKEN: 'fakeTHEME', STORYBLOK_RELEASE_TOKEN: 'fakeRELEASE,x:y' }
    expect(problemsOf(env, { theme: () => 'x' } as TokenSources)).toMatchInlineSnapshot(`
      "  - A theme token belongs to Storyblok’s retired rendering service and reads no content. Remove it.
        - STORYBLOK_RELEASE_TOKEN is no list of release ids with their tokens, such as 123:token,456:token.
        - STORYBLOK_RELEASE_TOKEN is no list of release ids with their tokens, such as 123:token,456:token.
        - STORYBLOK_THEME_TOKEN belongs to Storyblok’s retired rendering service and reads no content. Remove it."
    `)
  })
})
