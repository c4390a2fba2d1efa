import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import type { SiteOptions } from '../site.js'
import { defineStories } from '../stories/source.js'
import { defineSpace } from '../stories/space.js'
import { createSpace, environment, fetchFrom, tokens } from '../test-support.js'
import { receive } from './reception.js'

const pages = defineStories(defineSpace(), { contentType: 'page' })
const visit = { local: false }

function createSite(options: Partial<SiteOptions> = {}): Site {
  return new Site({
    env: (name) => environment[name],
    dev: false,
    fetch: fetchFrom(createSpace()).fetch,
    ...options,
  })
}

function signedUrl(path: string, token: string = tokens.preview): string {
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = createHash('sha1').update(`100001:${token}:${timestamp}`).digest('hex')
  return (
    `https://site.example${path}?_storyblok=1&_storyblok_tk[space_id]=100001` +
    `&_storyblok_tk[timestamp]=${timestamp}&_storyblok_tk[token]=${signature}`
  )
}

const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
const page = () => new Response('page', { headers: { 'cache-control': 'public, max-age=3600' } })

describe('a request', () => {
  it('of the Visual Editor reads drafts in production, privately, and opens a session', async () => {
    const site = createSite()
    const opened = await receive(site, new Request(signedUrl('/membership'), { headers: framed }), visit)
    expect(await opened.storyblok.story(pages, 'membership')).not.toBeNull()
    const response = opened.finish(page())
    expect(response.headers.get('cache-control')).toBe('private, no-store')

    const cookie = response.headers.getSetCookie()[0]!.split(';')[0]!
    const next = await receive(site, new Request('https://site.example/', { headers: { cookie } }), visit)
    expect(next.storyblok.reason).toBe('Draft: the Visual Editor is asking.')
    expect([next.uncacheable, next.finish(page()).headers.get('cdn-cache-control')]).toEqual([true, 'no-store'])
  })

  it('of an editor says what was read, and names no token', async () => {
    const { storyblok, finish } = await receive(createSite(), new Request(signedUrl('/'), { headers: framed }), visit)
    const story = await storyblok.story(pages)
    const response = finish(new Response('page', { headers: { 'server-timing': 'db;dur=1' } }))
    const timing = response.headers.get('server-timing') ?? ''
    expect(timing.replaceAll(/dur=[\d.]+/g, 'dur=…').split(', ')).toEqual([
      'db;dur=…',
      'storyblok;desc="draft; preview token"',
      'storyblok-reason;desc="Draft: the Visual Editor is asking."',
      'storyblok-requests;desc="1 sent; 0 from cache";dur=…',
      'storyblok-stories;desc="1 read"',
      'storyblok-request;desc="200 stories/home";dur=…',
      `storyblok-story;desc="${story!.id} home"`,
    ])
    expect(Object.values(tokens).filter((token) => timing.includes(token))).toEqual([])
  })

  it('of a visitor reads what is published, and its response stays as it is', async () => {
    const { storyblok, redirect, finish, uncacheable } = await receive(
      createSite(),
      new Request('https://site.example/membership'),
      visit,
    )
    expect(await storyblok.story(pages, 'membership')).toBeNull()
    expect([redirect, uncacheable]).toEqual([undefined, false])
    expect(Object.fromEntries(finish(page()).headers)).toEqual({
      'cache-control': 'public, max-age=3600',
      'content-type': 'text/plain;charset=UTF-8',
    })
  })

  it('with a forged signature reads what is published', async () => {
    const url = signedUrl('/membership', tokens.public)
    const { storyblok, finish } = await receive(createSite(), new Request(url, { headers: framed }), visit)
    expect(await storyblok.story(pages, 'membership')).toBeNull()
    expect(finish(page()).headers.getSetCookie()).toEqual([])
  })

  it('is redirected privately at top level, with its session', async () => {
    const { redirect } = await receive(createSite(), new Request(signedUrl('/membership')), visit)
    expect(redirect?.status).toBe(303)
    expect(redirect?.headers.get('location')).toBe('/membership?_storyblok=1')
    expect(redirect?.headers.get('cache-control')).toBe('private, no-store')
    expect(redirect?.headers.getSetCookie()).toHaveLength(1)
  })

  it('proves nothing where no space id is configured', async () => {
    const { STORYBLOK_SPACE_ID: _none, ...env } = environment
    const site = createSite({ env: (name) => env[name] })
    const { storyblok } = await receive(site, new Request(signedUrl('/'), { headers: framed }), visit)
    expect(storyblok.version).toBe('published')
  })

  it('proves nothing where the configuration is invalid, and the read says why', async () => {
    const site = createSite({ env: (name) => (name === 'STORYBLOK_REGION' ? 'mars' : environment[name]) })
    const { storyblok } = await receive(site, new Request(signedUrl('/'), { headers: framed }), visit)
    await expect(storyblok.story(pages)).rejects.toMatchObject({ code: 'KB_CONFIGURATION_INVALID' })
  })

  it('of a page that is built for everybody proves nothing', async () => {
    const { storyblok, redirect } = await receive(createSite(), null, visit)
    expect([storyblok.version, redirect]).toEqual(['published', undefined])
  })

  it('grants one space, not the others', async () => {
    const docs = defineSpace({ name: 'docs', envPrefix: 'STORYBLOK_DOCS' })
    const variables: Record<string, string> = {
      ...environment,
      STORYBLOK_DOCS_API_URL: 'https://api.space.test',
      STORYBLOK_DOCS_SPACE_ID: '100002',
      STORYBLOK_DOCS_PUBLIC_TOKEN: tokens.public,
      STORYBLOK_DOCS_PREVIEW_TOKEN: tokens.preview,
    }
    const site = createSite({ env: (name) => variables[name], spaces: ['STORYBLOK', 'STORYBLOK_DOCS'] })
    const { storyblok } = await receive(site, new Request(signedUrl('/'), { headers: framed }), visit)
    expect(await storyblok.story(pages, 'membership')).not.toBeNull()
    expect(await storyblok.story(defineStories(docs), 'membership')).toBeNull()
  })
})

describe('a response that began', () => {
  const variables: Record<string, string> = {
    STORYBLOK_API_URL: 'https://api.space.test',
    STORYBLOK_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_DOCS_API_URL: 'https://api.space.test',
    STORYBLOK_DOCS_PUBLIC_TOKEN: tokens.public,
    STORYBLOK_DOCS_PREVIEW_TOKEN: tokens.preview,
    STORYBLOK_ENVIRONMENT: 'staging',
  }
  const docs = defineStories(defineSpace({ name: 'docs', envPrefix: 'STORYBLOK_DOCS' }))
  const open = (spaces?: SiteOptions['spaces']) =>
    receive(createSite({ env: (name) => variables[name], spaces }), new Request('https://site.example/'), visit)

  it('without the headers of a draft shows none of a space that was not known', async () => {
    const { storyblok, finish } = await open()
    expect(finish(page()).headers.get('cache-control')).toBe('public, max-age=3600')
    expect(await storyblok.story(docs, 'membership')).toBeNull()
    await expect(storyblok.story(docs, 'membership', { version: 'draft' })).rejects.toMatchObject({
      code: 'KB_DRAFT_REFUSED',
    })
  })

  it('with the headers of a draft may show any', async () => {
    const known = await open(['STORYBLOK', 'STORYBLOK_DOCS'])
    expect(known.finish(page()).headers.get('cache-control')).toBe('private, no-store')
    expect(known.uncacheable).toBe(true)
    expect(await known.storyblok.story(docs, 'membership')).not.toBeNull()

    const read = await open()
    expect(await read.storyblok.story(docs, 'membership')).not.toBeNull()
    expect(read.finish(page()).headers.get('cache-control')).toBe('private, no-store')
  })
})

describe('what the Visual Editor shows', () => {
  const opened = (query: string, site = createSite()) =>
    receive(site, new Request(`${signedUrl('/')}&${query}`, { headers: framed }), { ...visit, languages: ['en', 'de'] })

  it('is read in its language and release, with a grant', async () => {
    const { storyblok } = await opened('_storyblok_lang=de&_storyblok_release=8001')
    expect(storyblok.language).toBe('de')
    const story = await storyblok.story(pages)
    expect(JSON.stringify(story)).toContain('Winter issue')
    const plain = await opened('_storyblok_lang=default&_storyblok_release=undefined')
    expect(JSON.stringify(await plain.storyblok.story(pages))).not.toContain('Winter issue')
    expect((await opened('_storyblok_lang=xx')).storyblok.language).toBeUndefined()
  })

  it('is read by nobody else', async () => {
    const url = 'https://site.example/?_storyblok_lang=de&_storyblok_release=8001'
    const { storyblok } = await receive(createSite(), new Request(url), { ...visit, language: 'en' })
    expect([storyblok.version, storyblok.language]).toEqual(['published', 'en'])
    expect(JSON.stringify(await storyblok.story(pages))).not.toContain('Winter issue')
  })

  it('is what is published where “Open published” was chosen', async () => {
    const { storyblok } = await opened('_storyblok_published=5013')
    expect(storyblok.version).toBe('published')
    expect(await storyblok.story(pages, 'membership')).toBeNull()
  })

  it.each([
    ['/de', '/de?_keyblok=1&_storyblok_release=8001'],
    ['https://site.example/en/?a=1#b', '/en/?a=1&_keyblok=1&_storyblok_release=8001#b'],
    ['https://other.example/', 'https://other.example/'],
    ['//other.example/', '//other.example/'],
  ])('goes along where a page redirects to %s', async (location, target) => {
    const { finish } = await opened('_storyblok_release=8001')
    const redirect = finish(new Response(null, { status: 302, headers: { location } }))
    expect(redirect.headers.get('location')).toBe(target)
    const visitor = await receive(createSite(), new Request('https://site.example/'), visit)
    expect(visitor.finish(new Response(null, { status: 302, headers: { location } })).headers.get('location')).toBe(
      location,
    )
  })
})

describe('a draft’s response', () => {
  const forCaches = {
    'cdn-cache-control': 'public, max-age=300',
    'netlify-cdn-cache-control': 'public, durable, s-maxage=300',
    'vercel-cdn-cache-control': 'public, s-maxage=300',
    'cloudflare-cdn-cache-control': 'public, s-maxage=300',
    'surrogate-control': 'max-age=300',
    'x-accel-expires': '300',
    expires: 'Thu, 31 Dec 2037 23:55:55 GMT',
  }
  const cached = () => new Response('page', { headers: forCaches })

  it('tells no cache to keep it, whichever header its page set for visitors', async () => {
    const { finish } = await receive(createSite(), new Request(signedUrl('/'), { headers: framed }), visit)
    const { headers } = finish(cached())
    expect(Object.keys(forCaches).filter((name) => headers.has(name))).toEqual(['cdn-cache-control'])
    expect([headers.get('cdn-cache-control'), headers.get('cache-control')]).toEqual(['no-store', 'private, no-store'])
    const visitor = await receive(createSite(), new Request('https://site.example/'), visit)
    expect(Object.fromEntries(visitor.finish(cached()).headers)).toMatchObject(forCaches)
  })
})

describe('an editor’s page', () => {
  const parts = { script: '/_astro/editor.js', endpoint: '/_keyblok' }
  const invited = async (html: string, url = signedUrl('/'), type = 'text/html', more = {}) => {
    const reception = await receive(createSite(), new Request(url, { headers: framed }), visit)
    await reception.storyblok.story(pages)
    const response = new Response(html, { headers: { 'content-type': type, ...more } })
    return (await reception.invite(reception.finish(response), parts)).text()
  }

  it('is told of its stories, by a ticket and nothing secret', async () => {
    const html = await invited('<!-- a comment -->\n<!DOCTYPE html><p>Page</p>')
    expect(html).toMatch(/<p>Page<\/p><script type="application\/json" id="keyblok-page">\{.*"stories":\[5013[,\]]/)
    expect(html).toContain('<script type="module" src="/_astro/editor.js"></script>')
    expect(Object.values(tokens).filter((token) => html.includes(token))).toEqual([])
  })

  it('has a script that a policy with a nonce lets run', async () => {
    const policy = { 'content-security-policy': "default-src 'self'; script-src 'nonce-r4nd0m+/=' 'strict-dynamic'" }
    const html = await invited('<!doctype html>', signedUrl('/'), 'text/html', policy)
    expect(html).toContain('<script type="module" src="/_astro/editor.js" nonce="r4nd0m+/="></script>')
  })

  it('has nothing more where it is a part of one, another kind of file, or a visitor’s', async () => {
    const comments = '<!--[-->'.repeat(60)
    expect(await invited(`${comments}<p>Island</p>`)).toBe(`${comments}<p>Island</p>`)
    expect(await invited('{}', signedUrl('/'), 'application/json')).toBe('{}')
    const page = '<!doctype html><p>Page</p>'
    expect(await invited(page, 'https://site.example/')).toBe(page)
  })
})
