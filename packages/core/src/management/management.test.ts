import { createLocalSpace } from '@keyblok/space'
import type { LocalSpaceOptions } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import type { KeyblokError } from '../errors.js'
import { Secret } from '../tokens/secret.js'
import { Management } from './management.js'
import { managementUrl } from './management-url.js'

/** Quick enough for tests; otherwise as the real one. */
const retry = { attempts: 3, timeout: 1000, deadline: 10_000 }

function createManagement(options: LocalSpaceOptions = {}, token?: string) {
  const space = createLocalSpace(options)
  const management = new Management({
    url: 'http://space.test',
    token: new Secret(token ?? space.tokens.personal, 'personal'),
    fetch: (url, init) => space.fetch(new Request(url, init)),
    retry,
  })
  return { space, management, path: `spaces/${space.id}` }
}

/** Answers every request alike. */
const answering = (answer: () => Promise<Response>, attempts = 1) =>
  new Management({
    url: 'http://space.test',
    token: new Secret('sb_pat_fake', 'personal'),
    fetch: answer,
    retry: { ...retry, attempts },
  })

describe('Management', () => {
  it('makes, changes and deletes', async () => {
    const { management, path } = createManagement()
    const made = await management.send({
      method: 'POST',
      path: `${path}/api_keys`,
      body: { api_key: { access: 'public', name: 'Shop' } },
    })
    expect(made).toMatchObject({ api_key: { access: 'public', name: 'Shop' } })
    const { id } = made['api_key'] as { id: number }
    expect(await management.send({ method: 'PUT', path: `${path}/api_keys/${id}`, body: { api_key: {} } })).toEqual({})
    await management.send({ method: 'DELETE', path: `${path}/api_keys/${id}` })
    const { api_keys: keys } = await management.get({ path: `${path}/api_keys` })
    expect((keys as { id: number }[]).map((key) => key.id)).not.toContain(id)
  })

  it('reads a list page by page, and tells its total at once', async () => {
    const { space, management, path } = createManagement()
    const story = (number: number) => ({ fullSlug: `s${number}`, content: { _uid: '1', component: 'page' } })
    space.addStories(Array.from({ length: 7 }, (_, number) => story(number)))
    const sizes = []
    for await (const { items, total } of management.list({ path: `${path}/stories`, field: 'stories', perPage: 3 })) {
      sizes.push([items.length, total])
    }
    expect(sizes).toEqual([
      [3, 7],
      [3, 7],
      [1, 7],
    ])
  })

  it('reads again where that can help', async () => {
    const { management, path } = createManagement({ faults: [{ kind: '500', every: 2 }] })
    for (let read = 0; read < 3; read++) {
      expect(await management.get({ path })).toMatchObject({ space: { name: expect.any(String) } })
    }
  })

  it('changes nothing twice: what failed otherwise than by the rate limit is not sent again', async () => {
    const { management, path } = createManagement({ faults: [{ kind: '500', every: 1 }] })
    const write = management.send({ method: 'POST', path: `${path}/tags`, body: { tag: { name: 'a' } } })
    await expect(write).rejects.toMatchObject({ code: 'KB_UPSTREAM_FAILED', status: 500 })

    let asked = 0
    const limited = answering(async () => new Response('{}', { status: asked++ === 0 ? 429 : 200 }), 2)
    expect(await limited.send({ method: 'POST', path: 'x', body: {} })).toEqual({})
    expect(asked).toBe(2)
  })

  it('names the scope that is missing', async () => {
    const { space, management } = createManagement()
    const { full_token: narrow } = await management.send({
      method: 'POST',
      path: 'personal_access_tokens',
      body: { name: 'narrow', scopes: ['stories:read'] },
    })
    const scoped = new Management({
      url: 'http://space.test',
      token: new Secret(String(narrow), 'personal'),
      fetch: (url, init) => space.fetch(new Request(url, init)),
    })
    const refused = scoped.get({ path: `spaces/${space.id}/components`, scope: 'components:read' })
    await expect(refused).rejects.toMatchObject({
      code: 'KB_TOKEN_REFUSED',
      status: 403,
      hint: expect.stringContaining('components:read'),
    })
  })

  it('repeats the API’s reason', async () => {
    const { management, path } = createManagement()
    const body = { component: { name: '' } }
    await expect(management.send({ method: 'POST', path: `${path}/components`, body })).rejects.toMatchObject({
      code: 'KB_MANAGEMENT_REFUSED',
      message: expect.stringMatching(/answered 422: name can't be blank/),
    })
    await expect(management.get({ path: `${path}/stories/1` })).rejects.toThrow('This record could not be found')
  })

  it.each([
    ['KB_UPSTREAM_INVALID', async () => new Response('<html>', { status: 200 })],
    ['KB_UPSTREAM_FAILED', async () => new Response('<html>', { status: 502 })],
    ['KB_MANAGEMENT_REFUSED', async () => new Response(null, { status: 302, headers: { location: '/' } })],
    ['KB_UPSTREAM_FAILED', () => Promise.reject(new TypeError('sb_pat_fake in a message'))],
  ] as const)('says %s without the token', async (code, answer) => {
    const error = await answering(answer)
      .get({ path: 'spaces' })
      .catch((reason: unknown) => reason as KeyblokError)
    expect(error).toMatchObject({ code })
    expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain('sb_pat_fake')
  })

  it('keeps to Storyblok’s pace, and to no other than its own on this machine', async () => {
    const at = (url: string, perSecond?: number) =>
      new Management({ url, token: new Secret('sb_pat_fake', 'personal'), perSecond }).perSecond
    expect(at('https://mapi.storyblok.com')).toBe(6)
    expect(at('http://127.0.0.1:4110')).toBe(Number.POSITIVE_INFINITY)
    expect(at('http://127.0.0.1:4110', 2)).toBe(2)

    let asked = 0
    const limited = answering(async () => new Response('{}', { status: asked++ === 0 ? 429 : 200 }), 2)
    await limited.get({ path: 'spaces' })
    expect(limited.perSecond).toBe(3)
  })

  it('ends with its signal', async () => {
    const management = new Management({
      url: 'http://space.test',
      token: new Secret('sb_pat_fake', 'personal'),
      fetch: async () => new Response('{}'),
      signal: AbortSignal.abort(),
    })
    await expect(management.get({ path: 'spaces' })).rejects.toMatchObject({ code: 'KB_ABORTED' })
  })
})

describe('managementUrl', () => {
  const urlOf = (env: Record<string, string>) => managementUrl((name) => env[name])

  it('follows the local space, the region, or the space’s id', () => {
    expect(urlOf({ STORYBLOK_API_URL: 'http://127.0.0.1:4110/' })).toBe('http://127.0.0.1:4110')
    expect(urlOf({ STORYBLOK_REGION: 'au' })).toBe('https://api-ap.storyblok.com')
    expect(urlOf({ STORYBLOK_SPACE_ID: '1000001' })).toBe('https://api-us.storyblok.com')
    expect(urlOf({})).toBe('https://mapi.storyblok.com')
  })

  it('refuses to send a token unencrypted to another machine', () => {
    expect(() => urlOf({ STORYBLOK_API_URL: 'http://space.example' })).toThrow('KB_CONFIGURATION_INVALID')
    expect(urlOf({ STORYBLOK_API_URL: 'https://space.example' })).toBe('https://space.example')
  })

  it('repeats no credentials of an address', () => {
    const call = (): string => urlOf({ STORYBLOK_API_URL: 'https://user:fakePASSWORD@space.example' })
    expect(call).toThrow('carries credentials')
    expect(call).not.toThrow('fakePASSWORD')
  })
})
