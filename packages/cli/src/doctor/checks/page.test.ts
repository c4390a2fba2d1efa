import { receive } from '@keyblok/core/preview'
import { defineSpace, defineStories, editable } from '@keyblok/core'
import { Site } from '@keyblok/core/server'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { pageFindings } from '../catalogue/page.js'
import { demoContent } from '../../test-support.js'
import { Page } from '../page/page.js'
import { itFinds, look, serve, startSpace } from '../test-support.js'
import type { Seen } from '../test-support.js'
import { editorFrameCheck } from './editor-frame.js'
import { visitorCheck } from './visitor.js'

type Answer = (request: Request) => Promise<Response>

const stories = defineStories(defineSpace())
const parts = { script: '/editor.js', endpoint: '/_keyblok' }

/** A small site that shows a story with Keyblok. */
function createSite(env: Record<string, string>): Answer {
  const site = new Site({ env: (name) => env[name], dev: false })
  return async (request) => {
    if (new URL(request.url).pathname.endsWith('.js')) {
      return new Response('export {}', { headers: { 'content-type': 'text/javascript' } })
    }
    const reception = await receive(site, request, { local: false })
    if (reception.redirect) return reception.redirect
    const story = await reception.storyblok.story(stories, 'home')
    const mark = editable(story?.content)['data-blok-uid'] ?? ''
    const html = `<!doctype html><body ${mark && `data-blok-uid="${mark}"`}><script type="module" src="/app.js"></script></body>`
    const page = new Response(html, { headers: { 'content-type': 'text/html', 'cache-control': 'public, max-age=0' } })
    return reception.invite(reception.finish(page), parts)
  }
}

interface Given {
  /** Changes what the site answers. */
  change?: (answer: Response, request: Request) => Response | Promise<Response>
  env?: Record<string, string>
  /** What the site is told instead. */
  siteEnv?: Record<string, string>
  maySign?: boolean
}

/** Looks at a page both as a visitor and in the editor’s frame. */
async function lookAt({
  change = (answer) => answer,
  env: other = {},
  siteEnv = {},
  maySign = true,
}: Given = {}): Promise<Seen> {
  const { env } = await startSpace(createLocalSpace({ content: demoContent }))
  const site = createSite({ ...env, ...siteEnv })
  const url = new URL(await serve(async (request) => change(await site(request), request)))
  const page = new Page(url, async () => maySign)
  const [visitor, frame] = [
    await look(visitorCheck(page), { env: { ...env, ...other } }),
    await look(editorFrameCheck(page), { env: { ...env, ...other } }),
  ]
  return {
    findings: [...visitor.findings, ...frame.findings],
    said: `${visitor.said}\n${frame.said}`,
    secrets: visitor.secrets,
  }
}

/** Sets headers of all answers, or of those to editors. */
const withHeaders = (headers: Record<string, string>, to: 'all' | 'editors' = 'editors') =>
  lookAt({
    change: (answer, { url }) => {
      if (to === 'editors' && !url.includes('_storyblok')) return answer
      const copy = new Response(answer.body, answer)
      for (const [name, value] of Object.entries(headers)) {
        if (value === '') copy.headers.delete(name)
        else copy.headers.set(name, value)
      }
      return copy
    },
  })

const withPage = (html: string, headers: Record<string, string> = {}) =>
  lookAt({
    change: (answer, { url }) =>
      url.includes('_storyblok')
        ? answer
        : new Response(html, { headers: { 'content-type': 'text/html', ...headers } }),
  })

const at = (what: string) => new RegExp(String.raw`^http://localhost:\d+/: ${what}$`)

describe('the checks of a page', () => {
  itFinds(pageFindings, {
    'page-unreachable': {
      says: at(String.raw`It does not answer: status 503\.`),
      look: () => lookAt({ change: () => new Response(null, { status: 503 }) }),
    },
    'token-in-page': {
      says: /^http:\/\/localhost:\d+\/chunk\.js: It holds the preview token \(raw\)\.$/,
      look: async () => {
        const { env } = await startSpace()
        const script = { headers: { 'content-type': 'text/javascript' } }
        const url = await serve(({ url: asked }) => {
          if (asked.endsWith('/app.js')) return new Response('import"./chunk.js"', script)
          if (asked.endsWith('/chunk.js')) return new Response(`f("${env['STORYBLOK_PREVIEW_TOKEN']}")`, script)
          return new Response('<script src="/app.js"></script>', { headers: { 'content-type': 'text/html' } })
        })
        return look(visitorCheck(new Page(new URL(url), async () => false)), { env })
      },
    },
    'visitor-drafts': {
      says: /^https:\/\/staging\.test\/: It shows drafts to every visitor\.$/,
      look: async () => {
        const headers = new Headers({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
        const page = new Page(new URL('https://staging.test/'), async () => false)
        const answer = { url: page.url, status: 200, headers, cookies: [], body: Buffer.from('') }
        page.visit = async () => answer
        return look(visitorCheck(page))
      },
    },
    'visitor-editor-parts': {
      says: at('It has the editor’s script, marks of bloks.'),
      look: () => withPage('<p data-blok-uid="1-a"><script id="keyblok-page"></script>'),
    },
    'visitor-cache-long': {
      says: at('Browsers keep it: public, max-age=604800.'),
      look: () => withPage('<p>', { 'cache-control': 'public, max-age=604800' }),
    },
    'visitor-no-store': {
      says: at('No cache keeps it: no-store.'),
      look: () => withPage('<p>', { 'cache-control': 'no-store' }),
    },
    'signature-not-recognised': {
      says: at('It shows the editor what visitors see.'),
      look: () => lookAt({ siteEnv: { STORYBLOK_PREVIEW_TOKEN: 'fakeOLDfakeOLDfakeOLDftt' } }),
    },
    'frame-refused': {
      says: at(String.raw`Its frame-ancestors leave out http://localhost:\d+.`),
      look: () => withHeaders({ 'content-security-policy': "frame-ancestors 'none'" }),
    },
    'draft-cacheable': {
      says: at('Its Cache-Control is public, max-age=60.'),
      look: () => withHeaders({ 'cache-control': 'public, max-age=60' }),
    },
    'draft-indexed': { says: at('It has no `noindex`.'), look: () => withHeaders({ 'x-robots-tag': '' }) },
    'draft-referrer': {
      says: at('Its Referrer-Policy is unsafe-url.'),
      look: () => withHeaders({ 'referrer-policy': 'unsafe-url' }),
    },
    'draft-from-cache': {
      says: at(String.raw`A cache answered \(x-cache: HIT\).`),
      look: () => withHeaders({ 'x-cache': 'HIT' }),
    },
    'session-cookie': {
      says: at('The session’s cookie has no SameSite=None, Partitioned.'),
      look: () => withHeaders({ 'set-cookie': '__Host-keyblok-100001=a; Path=/; Secure; HttpOnly; SameSite=Lax' }),
    },
    'policy-refuses-editor': {
      says: at(String.raw`Its policy refuses the editor’s script: script-src https://cdn\.test\.`),
      look: () =>
        withHeaders({ 'content-security-policy': 'script-src https://cdn.test, frame-ancestors http://localhost:*' }),
    },
    'policy-refuses-outlines': {
      says: at("Its policy allows no `'unsafe-inline'` styles."),
      look: () => withHeaders({ 'content-security-policy': "style-src 'self'; frame-ancestors *" }),
    },
    'wrong-signature-draft': {
      says: at('It takes a wrong signature for a right one.'),
      look: () =>
        lookAt({
          change: async (answer, { url }) => {
            if (!url.includes('_storyblok')) return answer
            const headers = new Headers(answer.headers)
            return new Response(`${await answer.text()}<script id="keyblok-page"></script>`, { headers })
          },
        }),
    },
  })

  it('finds nothing in a page as Keyblok answers it', async () => {
    const { findings, said } = await lookAt()
    expect(findings).toEqual([])
    expect(said).toMatch(/\/ and 1 of its files searched for the .*preview token/)
    expect(said).toMatch(/\/ asked with a signature of this minute, and with a wrong one\.$/)
  })

  it('sends no signature where it may not, and says so', async () => {
    const asked: string[] = []
    const { said, findings } = await lookAt({
      maySign: false,
      change: (answer, { url }) => {
        asked.push(url)
        return answer
      },
    })
    expect(asked.filter((url) => url.includes('_storyblok'))).toEqual([])
    expect(findings).toEqual([])
    expect(said).toContain('does not list localhost')
  })

  it('goes along to another page of the site with the session that was opened', async () => {
    const { findings } = await lookAt({
      change: (answer, { url }) => {
        if (!url.includes('_storyblok_tk')) return answer
        const headers = new Headers(answer.headers)
        headers.set('location', '/home?_keyblok=1')
        return new Response(null, { status: 302, headers })
      },
    })
    expect(findings).toEqual([])
  })

  it('signs so that the signature dies within a minute', async () => {
    const times: number[] = []
    await lookAt({
      change: (answer, { url }) => {
        const timestamp = new URL(url).searchParams.get('_storyblok_tk[timestamp]')
        if (timestamp !== null) times.push(Date.now() / 1000 - Number(timestamp))
        return answer
      },
    })
    expect(times).toHaveLength(2)
    for (const age of times) expect(age).toBeGreaterThanOrEqual(3540)
  })

  it('looks at nothing in the frame without a preview token', async () => {
    const { said } = await lookAt({ env: { STORYBLOK_PREVIEW_TOKEN: '' } })
    expect(said).toContain('It needs STORYBLOK_SPACE_ID and STORYBLOK_PREVIEW_TOKEN.')
  })

  it('follows no redirect to a place that is not encrypted', async () => {
    const { findings } = await lookAt({ change: () => Response.redirect('http://www.example.invalid/') })
    expect(findings).toMatchObject([
      {
        id: 'page-unreachable',
        what: 'It does not answer: it redirects to http://www.example.invalid, which is not https.',
      },
    ])
  })
})
