import { describe, expect, it } from 'vitest'
import { tokens } from '../test-support.js'
import { parseSettings } from './settings.js'

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
