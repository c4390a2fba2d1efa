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
