import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { Site } from '../site.js'
import { defineSpace } from '../stories/space.js'
import { createSpace, environment, fetchFrom, tokens } from '../test-support.js'
import { answerPrivateAsset } from './private-asset.js'
import type { PrivateAssetOptions } from './private-asset.js'

const topo = 'f/100001/1600x1000/ada86ed032/kestrel-bay-topo.svg'
const unknown = 'f/100001/1600x1000/ada86ed032/no-such-topo.svg'
const withAssetToken: Readonly<Record<string, string>> = { ...environment, STORYBLOK_ASSET_TOKEN: tokens.asset }

type Open = Partial<PrivateAssetOptions> & {
  env?: Record<string, string | undefined>
  method?: string
  /** Answers the first requests in the space’s place. */
  first?: readonly (() => Response)[]
  /** What the framework says of the path, where that is not the path itself. */
  file?: string
}

/** Asks the endpoint of a site for a file. */
async function open(
  path: string,
  { env = withAssetToken, method = 'GET', first, file = decodeURIComponent(path), ...options }: Open = {},
) {
  const space = createSpace()
  const { fetch, urls } = fetchFrom(space, first)
  const site = new Site({ env: (name) => env[name], dev: false, fetch, attempts: 1 })
  const authorize = vi.fn<PrivateAssetOptions['authorize']>(options.authorize ?? (() => true))
  const response = await answerPrivateAsset(
    site,
    site.visit({ local: false }),
    new Request(`https://site.example/assets/${path}`, { method }),
    { space: defineSpace(), file, ...options, authorize },
  )
  return { response, space, authorize, asked: urls.map((url) => url.pathname) }
}

const answering = (asset: object) => [() => Response.json({ asset })]

describe('answerPrivateAsset', () => {
  it('sends who is allowed to the URL that Storyblok signed', async () => {
    const { response, space } = await open(topo)
    expect(response.status).toBe(302)
    const location = response.headers.get('location') ?? ''
    expect(location).toMatch(/^https:\/\/api\.space\.test\/f\/100001\/.*[?&]X-Amz-Signature=/)
    expect((await space.fetch(new Request(location))).status).toBe(200)
  })

  it('is needed: without the signature nobody gets the file', async () => {
    const { response, space } = await open(topo)
    const { origin, pathname } = new URL(response.headers.get('location') ?? '')
    expect((await space.fetch(new Request(origin + pathname))).status).toBe(403)
  })

  it('is kept by no cache, and told to no other site', async () => {
    for (const { response } of [await open(topo), await open(topo, { authorize: () => false }), await open(unknown)]) {
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('carries no token', async () => {
    const { response } = await open(topo)
    const text = JSON.stringify([...response.headers]) + (await response.text())
    for (const token of Object.values(tokens)) expect(text).not.toContain(token)
  })

  it('tells who decides what the address says', async () => {
    const { authorize } = await open(topo)
    expect(authorize.mock.calls).toEqual([
      [
        {
          filename: `https://a.storyblok.com/${topo}`,
          name: 'kestrel-bay-topo.svg',
          contentType: 'image/svg+xml',
          width: 1600,
          height: 1000,
        },
      ],
    ])
  })

  it.each([false, undefined, null, 1, 'yes', {}])(
    'refuses when the answer is %j, and asks Storyblok for nothing',
    async (said) => {
      const { response, asked } = await open(topo, { authorize: () => said as boolean })
      expect([response.status, response.headers.get('location'), asked]).toEqual([403, null, []])
    },
  )

  it('waits for the answer', async () => {
    expect((await open(topo, { authorize: async () => false })).response.status).toBe(403)
    expect((await open(topo, { authorize: async () => true })).response.status).toBe(302)
  })

  it('fails when the answer does', async () => {
    await expect(open(topo, { authorize: () => Promise.reject(new Error('no session store')) })).rejects.toThrow(
      'no session store',
    )
  })

  it('tells a stranger the same of files that exist and files that do not', async () => {
    const tell = async (path: string) => {
      const { response } = await open(path, { authorize: () => false })
      return [response.status, [...response.headers], await response.text()]
    }
    expect(await tell(unknown)).toEqual(await tell(topo))
  })

  it('answers 404 for files that the space does not have', async () => {
    expect((await open(unknown)).response.status).toBe(404)
  })

  it('answers HEAD, and no method that changes things', async () => {
    expect((await open(topo, { method: 'HEAD' })).response.status).toBe(302)
    const { response, authorize } = await open(topo, { method: 'POST' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(authorize).not.toHaveBeenCalled()
  })

  it.each([
    ['another space', topo.replace('100001', '100002')],
    ['another host', `https://evil.example/${topo}`],
    ['another host without a protocol', `/evil.example/${topo}`],
    ['a host before the path', `evil.example/${topo}`],
    ['a folder before the path', `x/${topo}`],
    ['no file', ''],
    ['a folder', 'f/100001/1600x1000/ada86ed032/'],
    ['a path that goes up', `f/100001/1600x1000/ada86ed032/../../../../v2/cdn/stories`],
    ['a path that goes up, encoded', 'f/100001/1600x1000/ada86ed032/%2e%2e'],
    ['an encoded slash', topo.replaceAll('/', '%2f')],
    ['an encoded slash in the name', topo.replace('kestrel', '..%2fkestrel')],
    ['an encoded backslash', topo.replace('kestrel', '..%5ckestrel')],
    ['a control character', `${topo}%00`],
    ['a line break', `${topo}%0d%0aX-Other:%201`],
    ['a request to the image service', `${topo}/m/10x10`],
    ['a space id that is written otherwise', topo.replace('100001', '0100001')],
    ['a hash with a parameter', topo.replace('ada86ed032', 'ada%3Fx')],
  ])('answers 404 for %s, before anybody is asked', async (_name, path) => {
    const { response, authorize, asked } = await open(path)
    expect([response.status, authorize.mock.calls, asked]).toEqual([404, [], []])
  })

  it('answers 404 for an encoding that is none', async () => {
    const path = topo.replace('.svg', '%ff.svg')
    expect((await open(path, { file: path })).response.status).toBe(404)
  })

  it('asks about files of its own space only, whatever the path', async () => {
    const site = new Site({
      env: (name) => withAssetToken[name],
      dev: false,
      fetch: () => Promise.reject(new Error('Asked.')),
    })
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'f',
        '100001',
        '100002',
        '1x1',
        'x',
        'ab12',
        'a.pdf',
        '..',
        '%2e%2e',
        '%2f',
        '%5c',
        '\\',
        '@',
        ':',
        '//evil.example',
      ),
    )
    const likely = fc.tuple(
      fc.constantFrom('f', 'f', '..'),
      fc.constantFrom('100001', '100001', '100002'),
      fc.constantFrom('1x1', 'x'),
      fc.constant('ab12'),
      part,
    )
    const path = fc.oneof(likely, fc.array(part, { minLength: 1, maxLength: 8 })).map((parts) => parts.join('/'))
    let asked = 0
    await fc.assert(
      fc.asyncProperty(path, fc.option(path), async (sent, other) => {
        const authorize = vi.fn<PrivateAssetOptions['authorize']>(() => false)
        const request = new Request(new URL(`https://site.example/assets/${sent}`))
        await answerPrivateAsset(site, site.visit({ local: false }), request, {
          space: defineSpace(),
          file: other ?? sent,
          authorize,
        })
        asked += authorize.mock.calls.length
        for (const [{ filename }] of authorize.mock.calls) {
          expect(new URL(filename).href).toBe(filename)
          expect(filename).toMatch(/^https:\/\/a\.storyblok\.com\/f\/100001\/[^?#]+$/)
        }
      }),
    )
    expect(asked).toBeGreaterThan(0)
  })

  it('takes a query for nothing, and a slash behind the path for none', async () => {
    const { response } = await open(`${topo}?filename=https://evil.example/f/1/x/a/b.svg`, { file: topo })
    expect(new URL(response.headers.get('location') ?? '').pathname).toBe(`/${topo}`)
    expect((await open(`${topo}/`)).response.status).toBe(302)
  })

  describe('without a configured space id', () => {
    const env = { ...withAssetToken, STORYBLOK_SPACE_ID: '' }

    it('asks the space for its own, once somebody is allowed', async () => {
      const { response, asked } = await open(topo, { env })
      expect(response.status).toBe(302)
      expect(asked).toContain('/v2/cdn/spaces/me')
      expect((await open(topo, { env, authorize: () => false })).asked).toEqual([])
    })

    it('refuses files of other spaces', async () => {
      const { response, asked } = await open(topo.replace('100001', '100002'), { env })
      expect(response.status).toBe(404)
      expect(asked).not.toContain('/v2/cdn/assets/me')
    })
  })

  it.each([
    'https://a.storyblok.com/f/1/x/a/b.pdf?sig=1',
    'https://a2-us.storyblok.com/f/1/x/a/b.pdf',
    'https://api.space.test/f/1/x/a/b.pdf',
    'https://s3.amazonaws.com/a.storyblok.com/f/1/x/a/b.pdf',
    'https://s3.eu-central-1.amazonaws.com/a.storyblok.com/f/1/x/a/b.pdf',
    'https://a-us.storyblok.com.s3.us-east-1.amazonaws.com/f/1/x/a/b.pdf',
  ])('goes to %s', async (signedUrl) => {
    const { response } = await open(topo, { first: answering({ signed_url: signedUrl }) })
    expect(response.headers.get('location')).toBe(signedUrl)
  })

  it.each([
    'https://evil.example/f/1/x/a/b.pdf',
    'https://a.storyblok.com.evil.example/f/1/x/a/b.pdf',
    'https://a.storyblok.com@evil.example/',
    'https://user:secret@a.storyblok.com/f/1/x/a/b.pdf',
    'https://a.storyblok.com:8443/f/1/x/a/b.pdf',
    'http://a.storyblok.com/f/1/x/a/b.pdf',
    'https://s3.amazonaws.com/evil/f/1/x/a/b.pdf',
    'https://evil.s3.amazonaws.com/a.storyblok.com/f/1/x/a/b.pdf',
    'https://s3.amazonaws.com.evil.example/a.storyblok.com/f/1',
    'http://127.0.0.1/f/1/x/a/b.pdf',
    'javascript:alert(1)',
    '//evil.example',
    undefined,
  ])('never goes to %s', async (signedUrl) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { response } = await open(topo, { first: answering({ signed_url: signedUrl }) })
    expect([response.status, response.headers.get('location')]).toEqual([503, null])
    expect(log.mock.calls.join()).toContain('KB_UPSTREAM_INVALID')
    log.mockRestore()
  })

  it('is not sent to the API of Storyblok itself', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const env = { ...withAssetToken, STORYBLOK_API_URL: 'https://api.storyblok.com' }
    const { response } = await open(topo, { env, first: answering({ signed_url: 'https://api.storyblok.com/x' }) })
    expect(response.status).toBe(503)
    log.mockRestore()
  })

  it.each([
    ['eu', 'a.storyblok.com', '100001'],
    ['us', 'a-us.storyblok.com', '1000001'],
    ['ca', 'a-ca.storyblok.com', '2000001'],
    ['ap', 'a-ap.storyblok.com', '3000001'],
    ['cn', 'a.storyblokchina.cn', '100001'],
  ])('asks for the file as content of the region %s names it', async (region, host, id) => {
    const env = { ...withAssetToken, STORYBLOK_API_URL: '', STORYBLOK_REGION: region, STORYBLOK_SPACE_ID: id }
    const { authorize } = await open(topo.replace('100001', id), { env, authorize: () => false })
    expect(authorize.mock.calls[0]?.[0].filename).toMatch(new RegExp(`^https://${host}/f/${id}/`))
  })

  it.each([500, 502, 429])('answers 503 when Storyblok answers %s', async (status) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { response } = await open(topo, { first: [() => Response.json({ error: 'x' }, { status })] })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(log.mock.calls.join()).not.toContain(tokens.asset)
    log.mockRestore()
  })

  it.each([400, 422])('takes a name that Storyblok refuses with %s for no file', async (status) => {
    expect((await open(topo, { first: [() => Response.json({}, { status })] })).response.status).toBe(404)
  })

  it('says what is wrong with the asset token', async () => {
    await expect(open(topo, { env: environment })).rejects.toMatchObject({ code: 'KB_TOKEN_MISSING' })
    const env = { ...withAssetToken, STORYBLOK_ASSET_TOKEN: tokens.public }
    await expect(open(topo, { env })).rejects.toMatchObject({ code: 'KB_TOKEN_REFUSED' })
  })
})
