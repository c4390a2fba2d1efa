import { describe, expect, it, onTestFinished } from 'vitest'
import { createLocalSpace } from '../local-space.js'
import { demoContent, managementOf, tokens } from '../test-support.js'
import { isFromEditor } from './guard.js'

const origin = 'http://127.0.0.1:4110'
const own = { 'X-Keyblok-Editor': '1', 'Sec-Fetch-Site': 'same-origin', Origin: origin }

function open() {
  const space = createLocalSpace({ content: demoContent, tokens })
  space.setEnvironments([{ name: 'Site', location: 'http://localhost:4321/base/' }])
  const ask = (path: string, headers: Record<string, string> = own, init: RequestInit = {}) =>
    space.fetch(new Request(path.startsWith('http') ? path : `${origin}${path}`, { ...init, headers }))
  return { space, ask }
}

describe('the editor’s API', () => {
  it('answers its own page', async () => {
    const { ask, space } = open()
    const session = await ask('/editor/api/session')
    expect(session.status).toBe(200)
    expect(await session.json()).toMatchObject({ space: { id: space.id }, environments: [{ name: 'Site' }] })
    expect((await ask(`/editor/api/v1/spaces/${space.id}/stories`)).status).toBe(200)
  })

  it.each([
    ['without its header', { 'Sec-Fetch-Site': 'same-origin' }, '/editor/api/session'],
    ['from another site', { ...own, 'Sec-Fetch-Site': 'cross-site' }, '/editor/api/session'],
    ['from another port of this machine', { ...own, 'Sec-Fetch-Site': 'same-site' }, '/editor/api/session'],
    ['with another origin', { ...own, Origin: 'http://evil.test' }, '/editor/api/session'],
    ['under a name that was pointed here', { 'X-Keyblok-Editor': '1' }, 'http://evil.test:4110/editor/api/session'],
    ['for its page under such a name', {}, 'http://evil.test:4110/editor/'],
  ])('refuses %s', async (_name, headers, path) => {
    expect((await open().ask(path, headers)).status).toBe(403)
  })

  it.each([
    [undefined, {}, true],
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['192.0.2.7', {}, false],
    ['::ffff:192.0.2.7', {}, false],
    ['127.0.0.1', { 'X-Forwarded-For': '192.0.2.7' }, false],
    ['127.0.0.1', { Forwarded: 'for=192.0.2.7' }, false],
  ])('believes the connection, not what it is told: %s %j', (address, headers, isTrusted) => {
    const request = new Request(`${origin}/editor/api/session`, { headers: { ...own, ...headers } })
    expect(isFromEditor(request, address)).toBe(isTrusted)
  })

  it('is told the client’s address by the server', async () => {
    const { space } = open()
    const { url, close } = await space.listen()
    onTestFinished(close)
    const session = (headers: Record<string, string>) =>
      fetch(`${url}/editor/api/session`, { headers: { 'X-Keyblok-Editor': '1', ...headers } })
    expect((await session({})).status).toBe(200)
    expect((await session({ 'X-Forwarded-For': '192.0.2.7' })).status).toBe(403)
  })

  it.each([
    ['GET', 'api_keys'],
    ['POST', 'api_keys'],
    ['DELETE', 'stories/5013'],
    ['GET', 'stories/../api_keys'],
    ['PATCH', 'stories'],
  ])('passes on what its page needs, and no %s of %s', async (method, path) => {
    const { ask, space } = open()
    expect([403, 404]).toContain((await ask(`/editor/api/v1/spaces/${space.id}/${path}`, own, { method })).status)
  })

  it('lets no other site ask for its header', async () => {
    const answer = await open().ask(
      '/editor/api/session',
      { Origin: 'http://evil.test', 'Access-Control-Request-Headers': 'x-keyblok-editor' },
      { method: 'OPTIONS' },
    )
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(answer.ok).toBe(false)
  })

  it('signs for the space’s own sites only', async () => {
    const { ask } = open()
    const { url } = (await (await ask('/editor/api/preview-url?story=5013&environment=0&language=default')).json()) as {
      url: string
    }
    const signed = new URL(url)
    expect(signed.origin + signed.pathname).toBe('http://localhost:4321/base/home')
    expect(signed.searchParams.get('_storyblok_tk[token]')).toMatch(/^[\da-f]{40}$/)
    expect((await ask('/editor/api/preview-url?story=5013&environment=1')).status).toBe(404)
    expect((await ask('/editor/api/preview-url?story=1&environment=0')).status).toBe(404)
  })

  it('signs for no path outside the site’s own', async () => {
    const { ask, space } = open()
    const call = managementOf(space)
    await call('PUT', 'stories/5013', { story: { path: '../../admin/delete' } })
    const { url } = (await (await ask('/editor/api/preview-url?story=5013&environment=0')).json()) as { url: string }
    expect(new URL(url).pathname).toBe('/base/admin/delete')
  })

  it('shows an unsaved story with its relations in place, and saves nothing', async () => {
    const { ask } = open()
    const story = (await (await ask('/editor/api/v1/spaces/100001/stories/5013')).json()) as {
      story: { content: { body: { component: string; articles?: string[] }[] } }
    }
    const { content } = story.story
    const body = { storyId: 5013, content: { ...content, seo_title: 'New' }, resolveRelations: ['featured.articles'] }
    const shown = (await (
      await ask('/editor/api/preview-story', own, { method: 'POST', body: JSON.stringify(body) })
    ).json()) as { content: { seo_title: string; _editable: string; body: { articles?: { name: string }[] }[] } }
    expect(shown.content.seo_title).toBe('New')
    expect(shown.content._editable).toContain('#storyblok#')
    expect(shown.content.body.flatMap(({ articles }) => articles ?? [])[0]?.name).toEqual(expect.any(String))
    const after = (await (await ask('/editor/api/v1/spaces/100001/stories/5013')).json()) as typeof story
    expect(after.story.content).toEqual(content)
  })

  it.each([
    ['no JSON', 'x', 422],
    ['no content', '{"storyId":5013}', 422],
    ['no such story', '{"storyId":1,"content":{"_uid":"a","component":"page"}}', 404],
  ])('refuses a preview with %s', async (_name, body, status) => {
    expect((await open().ask('/editor/api/preview-story', own, { method: 'POST', body })).status).toBe(status)
  })
})

describe('the editor’s page', () => {
  it('runs its own scripts only, and is framed by none', async () => {
    const page = await open().ask('/editor/', {})
    const policy = page.headers.get('Content-Security-Policy') ?? ''
    expect(page.status).toBe(200)
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(await page.text()).not.toContain('<script>')
  })

  it.each(['/editor/..%2findex.js', '/editor/%2e%2e/index.js', '/editor/assets/none.js', '/editor/x.ts'])(
    'has no file %s',
    async (path) => {
      expect((await open().ask(path, {})).status).toBe(404)
    },
  )
})
