import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import { defineStories } from '../stories/source.js'
import { defineSpace } from '../stories/space.js'
import { createSpace, environment, fetchFrom, tokens } from '../test-support.js'
import { answerEditor } from './editor-endpoint.js'
import type { EditorAnswers } from './editor-endpoint.js'
import { findGrants } from './grant.js'
import type { Grant } from './grant.js'
import { createPageTicket } from './page-ticket.js'
import type { TicketedPage } from './page-ticket.js'
import { readAgain } from './read-again.js'
import { openSession, serializeSession } from './session.js'

const space = defineSpace({ resolveRelations: ['featured.articles', 'article.author'], languages: ['en', 'de'] })
const pages = defineStories(space, { contentType: 'page' })
const home = 5013
const origin = 'https://site.example'
const ownPage = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }

function createSite(options: Readonly<Record<string, string>> = {}): Site {
  const env = { ...environment, ...options }
  return new Site({ env: (name) => env[name], dev: false, fetch: fetchFrom(createSpace()).fetch })
}

function signature(token: string = tokens.preview, spaceId = 100001): string {
  const timestamp = Math.floor(Date.now() / 1000)
  const signed = createHash('sha1').update(`${spaceId}:${token}:${timestamp}`).digest('hex')
  return `_storyblok_tk[space_id]=${spaceId}&_storyblok_tk[timestamp]=${timestamp}&_storyblok_tk[token]=${signed}`
}

/** An editor's browser: what opened its page, and the cookie that it kept. */
async function openPage(site: Site): Promise<{ grant: Grant; cookie: string }> {
  const headers = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }
  const opened = await findGrants(new Request(`${origin}/?${signature()}`, { headers }), site.previewSpaces)
  return { grant: opened.grants[0]!, cookie: opened.cookies[0]!.split(';')[0]! }
}

/** The grant of a page that the session opened, such as by a link. */
async function followLink(site: Site, cookie: string): Promise<Grant> {
  const { grants } = await findGrants(new Request(`${origin}/about`, { headers: { cookie } }), site.previewSpaces)
  return grants[0]!
}

const ticketOf = (grant: Grant, page: Partial<TicketedPage> = {}): Promise<string> =>
  createPageTicket(grant, { path: '/', stories: [home], relations: space.resolveRelations, ...page })

/** Renders the headline of the story, with the reader that the page would have. */
function answersOf(site: Site, answers: Partial<EditorAnswers> = {}): EditorAnswers {
  return {
    async render(ticket, unsaved) {
      const storyblok = readAgain(site, { local: false }, ticket, unsaved)
      const story = await storyblok.story(pages, { id: unsaved.id })
      return Response.json({ path: ticket.path, content: story?.content })
    },
    locate: async (_ticket, id) => `/story/${id}`,
    ...answers,
  }
}

interface Asking {
  action?: string
  method?: string
  headers?: Readonly<Record<string, string>>
  body?: BodyInit | undefined
  query?: string
  answers?: EditorAnswers
}

function ask(
  site: Site,
  { action = 'story', method = 'POST', headers = {}, body, query = '', answers = answersOf(site) }: Asking,
): Promise<Response> {
  const request = new Request(`${origin}/_keyblok/${action}${query}`, {
    method,
    headers: { ...ownPage, ...headers },
    ...(body !== undefined && { body, duplex: 'half' }),
  } as RequestInit)
  return answerEditor(site, request, action, answers)
}

const unsaved = (headline: unknown, more: object = {}): string =>
  JSON.stringify({
    story: {
      id: home,
      content: { component: 'page', _uid: 'p', body: [{ component: 'hero', _uid: 'h', headline }] },
      ...more,
    },
  })

describe('unsaved content', () => {
  it('is rendered into the page of its ticket, and into nobody else’s', async () => {
    const site = createSite()
    const { grant, cookie } = await openPage(site)
    const headers = { 'x-keyblok-ticket': await ticketOf(grant), cookie }
    const answer = await ask(site, { headers, body: unsaved('Not saved yet') })
    expect(await answer.json()).toMatchObject({ path: '/', content: { body: [{ headline: 'Not saved yet' }] } })
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const visitor = await site.visit({ local: false }).story(pages)
    expect(JSON.stringify(visitor)).not.toContain('Not saved yet')
  })

  it('is rendered without a cookie for a page that a signature opened', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const answer = await ask(site, { headers: { 'x-keyblok-ticket': await ticketOf(grant) }, body: unsaved('Alone') })
    expect(answer.status).toBe(200)
  })

  it('is resolved as saved content is: relations of relations, links and marks', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const articles = await site
      .visit({ local: false, grants: [grant] })
      .all(defineStories(space, { contentType: 'article' }))
    const article = articles.find(({ content }) => content['author'])!
    const featured = { component: 'featured', _uid: 'f', articles: [{ ...article, content: { component: 'article' } }] }
    const body = JSON.stringify({ story: { id: home, content: { component: 'page', _uid: 'p', body: [featured] } } })
    const answer = await ask(site, { headers: { 'x-keyblok-ticket': await ticketOf(grant) }, body })
    const { content } = (await answer.json()) as {
      content: { body: { articles: { name: string; content: object }[] }[] }
    }
    const [shown] = content.body[0]!.articles
    expect(shown).toMatchObject({ name: article.name, content: { title: article.content['title'] } })
    expect(shown).toMatchObject({ content: { author: { content: { component: 'author' } } } })
  })
})

describe('what else the page shows', () => {
  it('is read once while somebody writes, for each session by itself, and anew for everybody else', async () => {
    const { fetch, urls } = fetchFrom(createSpace())
    const site = new Site({ env: (name) => environment[name], dev: false, fetch })
    const { grant, cookie } = await openPage(site)
    const headers = { 'x-keyblok-ticket': await ticketOf(grant) }
    const write = async (text: string, more = headers): Promise<number> => {
      const before = urls.length
      expect(await (await ask(site, { headers: more, body: unsaved(text) })).text()).toContain(text)
      return urls.length - before
    }
    expect([await write('a'), await write('b'), await write('c')]).toEqual([1, 0, 0])
    const [{ preview }] = site.previewSpaces as unknown as [{ preview: [never] }]
    const now = Math.floor(Date.now() / 1000)
    const other: Grant = { ...grant, session: await openSession(100001, now - 60, preview[0], now) }
    expect(await write('d', { 'x-keyblok-ticket': await ticketOf(other) })).toBe(1)
    const before = urls.length
    const reader = site.visit({ local: false, grants: [await followLink(site, cookie)] })
    expect(JSON.stringify(await reader.story(pages))).not.toMatch(/"headline":"[abcd]"/)
    expect(urls.length - before).toBe(1)
  })
})

describe('the endpoint refuses', () => {
  it('to send the ticket along where the page redirects', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const answers = answersOf(site, { render: async () => Response.redirect('https://evil.example/', 307) })
    const headers = { 'x-keyblok-ticket': await ticketOf(grant) }
    const answer = await ask(site, { headers, body: unsaved('x'), answers })
    expect([answer.status, answer.headers.get('location')]).toEqual([409, null])
  })

  it('to read more stories than a page shows', async () => {
    const { fetch, urls } = fetchFrom(createSpace())
    const site = new Site({ env: (name) => environment[name], dev: false, fetch })
    const { grant } = await openPage(site)
    const uuids = Array.from(
      { length: 10_000 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    )
    const featured = { component: 'featured', _uid: 'f', articles: uuids }
    const body = JSON.stringify({ story: { id: home, content: { component: 'page', _uid: 'p', body: [featured] } } })
    const answer = await ask(site, { headers: { 'x-keyblok-ticket': await ticketOf(grant) }, body })
    expect(answer.status).toBe(200)
    expect(urls.length).toBeLessThan(20)
  })

  it.each([
    ['no ticket', async () => ''],
    ['a ticket that was made up', async () => 'eyJ2IjoxfQ.AAAA'],
    ['a ticket that was changed', async (grant: Grant) => `${await ticketOf(grant)}0`],
    ['a session in the place of a ticket', async ({ session }: Grant) => serializeSession(session)],
    ['a ticket for the path of another host', (grant: Grant) => ticketOf(grant, { path: '//evil.example/x' })],
    ['a ticket for an absolute address', (grant: Grant) => ticketOf(grant, { path: 'https://evil.example/' })],
    ['a ticket for a backslash', (grant: Grant) => ticketOf(grant, { path: String.raw`/\evil.example` })],
    ['a ticket for encoded slashes', (grant: Grant) => ticketOf(grant, { path: '/%2F%2Fevil.example' })],
    ['a ticket for other stories', (grant: Grant) => ticketOf(grant, { stories: [5002] })],
  ])('%s', async (_name, makeTicket) => {
    const site = createSite()
    const { grant, cookie } = await openPage(site)
    const headers = { 'x-keyblok-ticket': await makeTicket(grant), cookie }
    expect((await ask(site, { headers, body: unsaved('x') })).status).toBe(403)
  })

  it('a ticket of a page that a session opened, without that session or with another one', async () => {
    const site = createSite()
    const { cookie } = await openPage(site)
    const ticket = await ticketOf(await followLink(site, cookie))
    const asked = async (headers: Readonly<Record<string, string>>) =>
      (await ask(site, { headers: { 'x-keyblok-ticket': ticket, ...headers }, body: unsaved('x') })).status
    expect(await asked({ cookie })).toBe(200)
    expect(await asked({})).toBe(403)
    const [{ preview }] = site.previewSpaces as unknown as [{ preview: [never] }]
    const now = Math.floor(Date.now() / 1000)
    const other = await serializeSession(await openSession(100001, now - 1800, preview[0], now))
    expect(await asked({ cookie: `__Host-keyblok-100001=${other}` })).toBe(403)
  })

  it('a ticket of a token that is no longer configured', async () => {
    const { grant } = await openPage(createSite())
    const headers = { 'x-keyblok-ticket': await ticketOf(grant) }
    const rotated = createSite({ STORYBLOK_PREVIEW_TOKEN: `fakeNEWERfakeNEWERfakett,${tokens.preview}` })
    expect((await ask(rotated, { headers, body: '{}' })).status).toBe(400)
    const gone = createSite({ STORYBLOK_PREVIEW_TOKEN: 'fakeNEWERfakeNEWERfakett' })
    expect((await ask(gone, { headers, body: '{}' })).status).toBe(403)
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling of this site', { 'sec-fetch-site': 'same-site' }],
    ['an address that was typed in', { 'sec-fetch-site': 'none' }],
    ['an older browser at another origin', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }],
    ['a program without an origin', { 'sec-fetch-site': undefined }],
    ['a sandboxed frame', { 'sec-fetch-site': undefined, origin: 'null' }],
  ])('%s', async (_name, changed) => {
    const site = createSite()
    const { grant, cookie } = await openPage(site)
    const all: Record<string, string | undefined> = {
      ...ownPage,
      'x-keyblok-ticket': await ticketOf(grant),
      cookie,
      ...changed,
    }
    const headers = Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
    const request = new Request(`${origin}/_keyblok/story`, { method: 'POST', headers, body: unsaved('x') })
    expect((await answerEditor(site, request, 'story', answersOf(site))).status).toBe(403)
    // The same from an older browser at this origin is answered.
    const { 'sec-fetch-site': _site, ...older } = headers
    const own = new Request(request.url, { method: 'POST', headers: { ...older, origin }, body: unsaved('x') })
    expect((await answerEditor(site, own, 'story', answersOf(site))).status).toBe(200)
  })

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 415],
    ['a form with files', 'multipart/form-data; boundary=x', 415],
    ['plain text', 'text/plain', 415],
    ['JSON of another name', 'application/json-seq', 415],
    ['JSON', 'application/json; charset=utf-8', 200],
  ])('or takes %s', async (_name, type, status) => {
    const site = createSite()
    const { grant } = await openPage(site)
    const headers = { 'x-keyblok-ticket': await ticketOf(grant), 'content-type': type }
    expect((await ask(site, { headers, body: unsaved('x') })).status).toBe(status)
  })

  it.each([
    ['more than a megabyte', unsaved('x'.repeat(1024 * 1024)), 413],
    ['just less', unsaved('x'.repeat(1024 * 1024 - 200)), 200],
    ['201 levels', unsaved(JSON.parse(`${'['.repeat(198)}1${']'.repeat(198)}`)), 400],
    ['197 levels', unsaved(JSON.parse(`${'['.repeat(194)}1${']'.repeat(194)}`)), 200],
    ['thousands of levels', `{"story":{"id":${home},"content":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}}`, 400],
    ['a prototype', `{"story":{"id":${home},"content":{"__proto__":{"polluted":true}}}}`, 400],
    ['a constructor', `{"story":{"id":${home},"content":{"a":[{"constructor":{"prototype":{}}}]}}}`, 400],
    ['no JSON', '{"story":', 400],
    ['nothing', '', 400],
    ['no story', 'null', 400],
    ['a list for content', `{"story":{"id":${home},"content":[]}}`, 400],
    ['an id that is text', '{"story":{"id":"5013","content":{}}}', 400],
    ['another story', '{"story":{"id":5002,"content":{}}}', 403],
  ])('or takes %s', async (_name, body, status) => {
    const site = createSite()
    const { grant } = await openPage(site)
    expect((await ask(site, { headers: { 'x-keyblok-ticket': await ticketOf(grant) }, body })).status).toBe(status)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('a body that never ends', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const chunk = new Uint8Array(64 * 1024).fill(32)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent++
        controller.enqueue(chunk)
      },
    })
    expect((await ask(site, { headers: { 'x-keyblok-ticket': await ticketOf(grant) }, body })).status).toBe(413)
    expect(sent).toBeLessThan(25)
  })

  it('components that the space has not, where those are known', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const headers = { 'x-keyblok-ticket': await ticketOf(grant) }
    const asked = async (components: readonly string[]) =>
      (await ask(site, { headers, body: unsaved('x'), answers: answersOf(site, { components: new Set(components) }) }))
        .status
    expect(await asked(['page', 'hero'])).toBe(200)
    expect(await asked(['page'])).toBe(400)
  })

  it('methods and actions that it does not know', async () => {
    const site = createSite()
    expect((await ask(site, { method: 'GET' })).status).toBe(405)
    expect((await ask(site, { method: 'PUT', body: '{}' })).status).toBe(405)
    expect((await ask(site, { action: 'constructor' })).status).toBe(404)
  })

  it('whatever is sent, without failing', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const headers = { 'x-keyblok-ticket': await ticketOf(grant) }
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (body) => {
        expect([400, 403]).toContain((await ask(site, { headers, body })).status)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a session', () => {
  it('is told to the site’s own pages only', async () => {
    const site = createSite()
    const { cookie } = await openPage(site)
    const asked = (headers: Readonly<Record<string, string>>) =>
      ask(site, { action: 'session', method: 'GET', headers })
    expect(await (await asked({ cookie })).json()).toEqual({ kept: true })
    expect(await (await asked({})).json()).toEqual({ kept: false })
    expect((await asked({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('is opened again by the ticket of a signed page, and is no longer than the first', async () => {
    const site = createSite()
    const { grant, cookie } = await openPage(site)
    const ticket = await ticketOf(grant)
    const kept = await ask(site, { action: 'session', headers: { 'x-keyblok-ticket': ticket }, body: '{}' })
    expect(kept.headers.getSetCookie()[0]).toMatch(/^__Host-keyblok-100001-frame=.*SameSite=None; Partitioned$/)
    const again = await followLink(site, kept.headers.getSetCookie()[0]!.split(';')[0]!)
    expect(again.session.claims.iat).toBe(grant.session.claims.iat)
    const followed = await ticketOf(await followLink(site, cookie))
    const refused = await ask(site, { action: 'session', headers: { 'x-keyblok-ticket': followed }, body: '{}' })
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []])
  })

  it('goes to a tab by a form, which no link can stand in for', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const ticket = await ticketOf(grant, { path: '/blog/hello?a=1' })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const open = (asking: Asking) => ask(site, { action: 'tab', headers: form, ...asking })
    const tab = await open({ body: `ticket=${ticket}` })
    expect([tab.status, tab.headers.get('location')]).toEqual([303, '/blog/hello?a=1'])
    expect(tab.headers.getSetCookie()[0]).toMatch(/^__Host-keyblok-100001=.*SameSite=Lax$/)
    expect((await open({ method: 'GET', query: `?ticket=${ticket}` })).status).toBe(405)
    expect((await open({ body: '', query: `?ticket=${ticket}` })).status).toBe(403)
    const foreign = { ...form, 'sec-fetch-site': 'cross-site' }
    expect((await open({ body: `ticket=${ticket}`, headers: foreign })).headers.getSetCookie()).toEqual([])
  })

  it('ends where it is left, on this host', async () => {
    const site = createSite()
    const leave = (to: string, headers = {}) =>
      ask(site, { action: 'leave', method: 'GET', query: `?to=${encodeURIComponent(to)}`, headers })
    const left = await leave('/blog?a=1&_keyblok=1&_storyblok_lang=de')
    expect([left.status, left.headers.get('location')]).toEqual([303, '/blog?a=1'])
    expect(left.headers.getSetCookie().every((cookie) => cookie.includes('Max-Age=0'))).toBe(true)
    expect((await leave('/', { 'sec-fetch-site': 'none' })).status).toBe(303)
    const forced = await leave('/', { 'sec-fetch-site': 'cross-site' })
    expect([forced.status, forced.headers.getSetCookie()]).toEqual([403, []])
  })

  it('is left for no other host, whatever is asked', async () => {
    const parts = fc.array(
      fc.constantFrom(
        '/',
        '\\',
        '.',
        '%2f',
        '%5c',
        '%255c',
        '@',
        ':',
        'evil.example',
        'https:',
        '\t',
        '\n',
        '?',
        '#',
        ';',
      ),
    )
    const site = createSite()
    await fc.assert(
      fc.asyncProperty(parts, async (to) => {
        const query = `?to=${encodeURIComponent(to.join(''))}`
        const location = (await ask(site, { action: 'leave', method: 'GET', query })).headers.get('location')!
        expect(new URL(location, origin).origin).toBe(origin)
        expect(decodeURIComponent(decodeURIComponent(location.split(/[?#]/)[0]!))).not.toMatch(/^\/{2}|\\/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the address of a story', () => {
  it('is told for the stories of the page', async () => {
    const site = createSite()
    const { grant } = await openPage(site)
    const headers = { 'x-keyblok-ticket': await ticketOf(grant) }
    const asked = async (body: string) => ask(site, { action: 'address', headers, body })
    expect(await (await asked(`{"id":${home}}`)).json()).toEqual({ path: `/story/${home}` })
    expect((await asked('{"id":5002}')).status).toBe(403)
    expect((await asked('{"id":{"$ne":1}}')).status).toBe(403)
  })
})
