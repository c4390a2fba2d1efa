import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
// What no entry exports: only a server opens sessions.
import { openSession, serializeSession } from '../../../packages/core/src/preview/session.ts'
import { Secret } from '../../../packages/core/src/tokens/secret.ts'
import { startProduction } from '../../../scripts/lib/playground.ts'
import { startNginx } from '../support/nginx.ts'
import { startProxy } from '../support/proxy.ts'
import { signedUrl } from '../support/signed-url.ts'
import type { SiteUnderTest } from '../support/site.ts'
import { bridgeSpeaks, openStory, siteUrl, tell } from '../support/visual-editor.ts'

const headline = 'Autumn issue: the rock is finally cold'
const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
const ownPage = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }

/** Attempts to see a draft, or to put words into a page, on a site in production. Each stands beside what is allowed. */
export function describeLiveAttacks(site: SiteUnderTest): void {
  const unsavedHome = async (text: string): Promise<{ id: number; content: { body: object[] } }> => {
    const query = new URLSearchParams({ version: 'draft', token: site.space.tokens.preview })
    const answer = await site.space.fetch(new Request(`http://space.test/v2/cdn/stories/home?${query}`))
    const { story } = (await answer.json()) as { story: { id: number; content: { body: object[] } } }
    const [hero] = story.content.body
    return { ...story, content: { ...story.content, body: [{ ...hero, headline: text }] } }
  }

  /** An editor's page, as its frame gets it. */
  const openPage = async (origin = site.url): Promise<{ cookie: string; ticket: string; stories: number[] }> => {
    const page = await fetch(signedUrl(`${origin}/`, site.space), { headers: framed })
    const json = /id="keyblok-page">(.*?)<\/script>/.exec(await page.text())?.[1] ?? ''
    const { tickets } = JSON.parse(json) as { tickets: { ticket: string; stories: number[] }[] }
    return { cookie: page.headers.getSetCookie()[0]!.split(';')[0]!, ...tickets[0]! }
  }

  const post = (ticket: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${site.url}/_keyblok/story`, {
      method: 'POST',
      headers: { ...ownPage, 'x-keyblok-ticket': ticket, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    })

  describe('messages', () => {
    it('count from the editor that frames the page, and from no other window', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, page } = story
      const heading = frame.getByRole('heading', { level: 1 })
      await bridgeSpeaks(story)
      const forged = await unsavedHome('Forged')
      // A frame inside of the page, and the page itself.
      await frame.locator('body').evaluate((body, message) => {
        const child = document.createElement('iframe')
        child.srcdoc = `<script>parent.postMessage(${JSON.stringify({ action: 'input', story: message })}, '*')</script>`
        body.append(child)
        window.postMessage({ action: 'input', story: message }, '*')
      }, forged)
      // A sibling of the page, inside of the editor.
      await page.evaluate(
        ([message, origin]) => {
          const sibling = document.createElement('iframe')
          sibling.srcdoc = `<script>parent.frames[0].postMessage(${JSON.stringify({ action: 'input', story: message })}, ${JSON.stringify(origin)})</script>`
          document.body.append(sibling)
        },
        [forged, siteUrl(site)] as const,
      )
      await story.settled()
      expect(await heading.textContent()).toBe(headline)
      await tell(story, site, { action: 'input', story: await unsavedHome('Told by the editor') })
      await expect.poll(() => heading.textContent()).toBe('Told by the editor')
    })

    it('count for the stories of the page only', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame } = story
      const heading = frame.getByRole('heading', { level: 1 })
      await bridgeSpeaks(story)
      const own = await unsavedHome('Of another story')
      await tell(story, site, { action: 'input', story: { ...own, id: 999_999 } })
      await tell(story, site, { action: 'input', story: { ...own, id: 'x' } })
      await tell(story, site, { action: 'input' })
      await story.settled()
      expect(await heading.textContent()).toBe(headline)
    })

    it('count for nothing where another site frames the page, which it may not', async () => {
      const evil = createServer((_request, response) => {
        const frame = signedUrl(`${siteUrl(site)}/`, site.space)
        response.setHeader('Content-Type', 'text/html').end(`<!doctype html><iframe src="${frame}"></iframe>`)
      })
      await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
      onTestFinished(() => void evil.close())
      const page = await site.newPage()
      onTestFinished(() => page.context().close())
      const refused = page.waitForEvent('console', { predicate: (message) => /frame-ancestors/.test(message.text()) })
      await page.goto(`http://evil.localhost:${(evil.address() as AddressInfo).port}/`)
      expect((await refused).text()).toContain('frame-ancestors')
    })

    it('go to this site, whatever content says of itself', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, page } = story
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await bridgeSpeaks(story)
      const told = { endpoint: 'https://evil.example/_keyblok', tail: '', editors: [], tickets: [], relations: [] }
      await frame.locator('body').evaluate((body, json) => {
        body.prepend(Object.assign(document.createElement('b'), { id: 'keyblok-page', textContent: json }))
      }, JSON.stringify(told))
      await tell(story, site, { action: 'input', story: await unsavedHome('Still live') })
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('Still live')
      expect(asked.filter((url) => url.includes('evil.example'))).toEqual([])
    })

    it('put no script into the page', async () => {
      const story = await openStory(site, 'Chalkline')
      const { frame, page } = story
      await bridgeSpeaks(story)
      let dialogs = 0
      page.on('dialog', (dialog) => {
        dialogs++
        void dialog.dismiss()
      })
      const script = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
      const own = await unsavedHome(script)
      const [hero] = own.content.body
      const link = { linktype: 'url', url: 'javascript:alert(1)', cached_url: 'javascript:alert(1)' }
      const prepared = { type: 'doc', content: undefined, parts: [script] }
      const text = { component: 'text', _uid: 't', text: prepared, body: prepared }
      await tell(story, site, {
        action: 'input',
        story: { ...own, content: { ...own.content, body: [{ ...hero, link, link_label: 'Go' }, text] } },
      })
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe(script)
      expect(await frame.locator('[href^="javascript:" i], [onerror]').count()).toBe(0)
      expect(dialogs).toBe(0)
    })
  })

  describe('unsaved content', () => {
    it('is rendered for whoever has the page’s ticket, at the page of the ticket', async () => {
      const { cookie, ticket, stories } = await openPage()
      const body = { story: await unsavedHome('Sent by hand'), path: '//evil.example/x', url: '/_keyblok/leave' }
      expect(stories).toContain(body.story.id)
      for (const headers of [{ cookie }, {}]) {
        const answer = await post(ticket, body, headers as Record<string, string>)
        expect(answer.status).toBe(200)
        const text = await answer.text()
        expect(text).toContain('Sent by hand')
        expect(text).not.toContain('evil.example')
        expect(answer.headers.get('cache-control')).toBe('private, no-store')
      }
    })

    it.each([
      ['without a ticket', 403, () => ({ ticket: '' })],
      ['with a ticket that was changed', 403, (ticket: string) => ({ ticket: `${ticket.slice(0, -2)}xx` })],
      [
        'from another site',
        403,
        () => ({ headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } }),
      ],
      ['from a sandboxed frame', 403, () => ({ headers: { 'sec-fetch-site': 'cross-site', origin: 'null' } })],
      ['as a form', 415, () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
      ['as plain text', 415, () => ({ headers: { 'content-type': 'text/plain' } })],
      ['of more than a megabyte', 413, () => ({ body: `{"story":"${'x'.repeat(1024 * 1024)}"}` })],
      ['with a prototype', 400, () => ({ body: '{"story":{"id":5013,"content":{"__proto__":{"a":1}}}}' })],
      [
        'nested too deeply',
        400,
        () => ({ body: `{"story":{"id":5013,"content":{"a":${'['.repeat(300)}${']'.repeat(300)}}}}` }),
      ],
      ['of another story', 403, () => ({ body: '{"story":{"id":999999,"content":{}}}' })],
      [
        'with a component that the space has not',
        400,
        () => ({
          body: '{"story":{"id":5013,"content":{"component":"page","_uid":"p","body":[{"component":"x","_uid":"x"}]}}}',
        }),
      ],
    ] as const)('is refused %s', async (_name, status, change) => {
      const { cookie, ticket } = await openPage()
      const changed: { ticket?: string; headers?: Record<string, string>; body?: string } = change(ticket)
      const body = changed.body ?? { story: await unsavedHome('Refused') }
      // What a framework refuses by itself is refused as well.
      const answer = await post(changed.ticket ?? ticket, body, { cookie, ...changed.headers })
      expect([status, 403]).toContain(answer.status)
      expect(await answer.text()).not.toContain('Refused')
    })
  })

  describe('a session', () => {
    it('counts for no page of another site that loads a script, a style or a picture from here', async () => {
      const { cookie } = await openPage()
      const statusOf = async (headers: Record<string, string>): Promise<number> =>
        (await fetch(`${site.url}/membership`, { headers: { cookie, ...headers } })).status
      expect(await statusOf({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' })).toBe(200)
      for (const dest of ['image', 'script', 'style', 'empty']) {
        const probe = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': dest }
        expect(await statusOf(probe), dest).toBe(404)
        expect(await statusOf({ ...probe, 'sec-fetch-site': 'same-site' }), dest).toBe(404)
      }
    })

    it('ends where it is left, also when it is due to be renewed', async () => {
      // After half an hour each answer renews it.
      const token = new Secret(site.space.tokens.preview, 'preview')
      const now = Math.floor(Date.now() / 1000)
      const { claims } = await openSession(site.space.id, now - 3600, token, now)
      const value = await serializeSession({ claims: { ...claims, exp: now + 600 }, token })
      const cookie = `__Host-keyblok-${site.space.id}=${value}`
      const ask = (path: string) =>
        fetch(site.url + path, { headers: { cookie, 'sec-fetch-site': 'same-origin' }, redirect: 'manual' })
      const used = await ask('/membership')
      expect([used.status, used.headers.getSetCookie()[0]]).toEqual([200, expect.stringContaining('Max-Age=3600')])
      const left = await ask('/_keyblok/leave?to=/about')
      expect([left.status, left.headers.get('location')]).toEqual([303, '/about'])
      expect(left.headers.getSetCookie().filter((kept) => !kept.includes('Max-Age=0'))).toEqual([])
    })

    it('is the same on every instance, with nothing shared', async () => {
      const second = await startProduction(site.framework, site.environment)
      onTestFinished(() => second.stop())
      const story = await openStory(site, 'Chalkline', { url: await startProxy([site.url, second.url]) })
      const { frame, content } = story
      await bridgeSpeaks(story)
      await content.getByRole('button', { name: /^Hero/ }).click()
      await story.type('headline', 'On two instances')
      await expect.poll(() => frame.getByRole('heading', { level: 1 }).textContent()).toBe('On two instances')
      await frame.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Articles' }).click()
      await expect.poll(() => frame.getByRole('link', { name: 'The next issue' }).count()).toBe(1)
      await frame.locator('body').evaluate(() => location.reload())
      await expect.poll(() => frame.getByRole('link', { name: 'The next issue' }).count()).toBe(1)
    })

    it('is nobody’s after the rotation of its token, and goes on while both are listed', async () => {
      const older = site.space.tokens.preview
      const { cookie } = await openPage()
      const start = async (tokens: string): Promise<string> => {
        const environment = { ...site.environment, STORYBLOK_PREVIEW_TOKEN: tokens }
        const { url, stop } = await startProduction(site.framework, environment)
        onTestFinished(() => stop())
        return url
      }
      const newer = 'fakeNEWERfakeNEWERfakett'
      const [both, one] = [await start(`${older},${newer}`), await start(newer)]
      expect((await fetch(`${both}/membership`, { headers: { cookie } })).status).toBe(200)
      expect((await fetch(`${one}/membership`, { headers: { cookie } })).status).toBe(404)
    })
  })

  describe('a proxy’s cache', () => {
    it('has no draft for visitors, and nothing published for editors who follow links', async () => {
      const proxy = await startNginx(site.url)
      const ask = async (path: string, headers: Record<string, string> = {}) => {
        const answer = await fetch(proxy + path, { headers, redirect: 'manual' })
        return { status: answer.status, cache: answer.headers.get('x-cache'), text: await answer.text() }
      }
      const { cookie } = await openPage(proxy)
      // An editor comes first, wherever the cache could keep it.
      for (const path of ['/membership', '/membership?_keyblok=1', '/?_keyblok=1', '/membership?_storyblok=1']) {
        expect((await ask(path, { cookie })).status, path).toBe(200)
      }
      expect((await ask('/?_keyblok=1', { cookie })).text).toContain(headline)
      for (const path of ['/membership', '/membership?_storyblok=1']) {
        const visitor = await ask(path)
        expect([visitor.status, visitor.text.includes('Membership opens')], path).toEqual([404, false])
      }
      expect((await ask('/?_keyblok=1')).status).toBe(303)
      expect((await ask('/')).text).not.toContain(headline)
      // The cache works: a visitor's page is kept. The marker is what takes an editor past it.
      expect((await ask('/')).cache).toBe('HIT')
      expect((await ask('/', { cookie })).text).not.toContain(headline)
      expect((await ask('/?_keyblok=1', { cookie })).text).toContain(headline)
    })
  })
}
