import { request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ask, createSpace, demoContent, managementOf, tokens } from '../test-support.js'

const asset = 'fakeASSETfakeASSETfakett'
const release = 'fakeRELEASEfakeRELEASEtt'
const allTokens = { ...tokens, asset, release }

const createReleases = () => {
  const space = createSpace({ tokens: allTokens })
  const page = (title: string) => ({ _uid: 'u', component: 'page', title })
  space.addStories([
    { fullSlug: 'about', content: page('Today') },
    { fullSlug: 'new', content: page('Never published'), published: false },
  ])
  space.addRelease({ id: 7, stories: { about: page('Tomorrow'), new: page('Born') } })
  space.addRelease({ id: 8, stories: { about: page('Secret') }, restricted: true })
  return space
}

const published = { version: 'published', cv: '99999999999' }

describe('tokens', () => {
  it.each([
    ['the release token reads a restricted release', release, '8', 'Secret'],
    ['the release token reads a public release', release, '7', 'Tomorrow'],
    ['the preview token reads a public release', tokens.preview, '7', 'Tomorrow'],
  ])('%s', async (_name, token, id, title) => {
    const { body } = await ask(createReleases(), 'stories/about', { ...published, token, from_release: id })
    expect(body.story).toMatchObject({ release_id: Number(id), content: { title } })
  })

  it.each([
    ['the preview token on a restricted release', tokens.preview, '8', 403],
    ['the public token on a release', tokens.public, '7', 403],
    ['a release that is not there', release, '9', 404],
    ['the release token without a release', release, '', 401],
    ['the asset token', asset, '', 401],
  ])('refuse %s', async (_name, token, id, status) => {
    const answer = await ask(createReleases(), 'stories/about', { ...published, token, from_release: id })
    expect(answer.status).toBe(status)
  })

  it('show a story that the release will publish', async () => {
    const query = { ...published, token: release, from_release: '7' }
    expect((await ask(createReleases(), 'stories/new', query)).body.story.content.title).toBe('Born')
  })

  it.each(['/v2/cdn/../../xxxxxx/assets/me', '/v2/cdn/%2e%2e/%2e%2e/xxxxxx/assets/me'])(
    'of visitors open no private asset by the path %s',
    async (path) => {
      const space = createSpace({ tokens: allTokens, content: demoContent })
      const { port, close } = await space.listen()
      onTestFinished(close)
      const filename = 'https://a.storyblok.com/f/100001/1600x1000/4bd7432ba8/dawn-ridges.svg'
      const status = await new Promise((resolve) => {
        const query = new URLSearchParams({ token: tokens.public, filename })
        request({ port, host: '127.0.0.1', path: `${path}?${query}` }, (answer) => resolve(answer.statusCode)).end()
      })
      expect(status).toBe(404)
    },
  )

  it('of visitors learn nothing of drafts by the tags that a filter leaves', async () => {
    const space = createSpace({ tokens: allTokens })
    const content = { _uid: 'u', component: 'page', price: 'secret' }
    space.addStories([{ fullSlug: 'new', content, published: false, tags: ['plan'] }])
    const query = { ...published, token: tokens.public, all_tags: 'true' }
    const tagsOf = async (more: Record<string, string>) => (await ask(space, 'tags', { ...query, ...more })).body.tags
    expect(await tagsOf({})).toEqual([{ name: 'plan', taggings_count: 1 }])
    expect(await tagsOf({ 'filter_query[price][like]': 's*' })).toEqual([])
    expect(await tagsOf({ token: tokens.preview, version: 'draft', 'filter_query[price][like]': 's*' })).toHaveLength(1)
  })

  it('of a pipeline stage read what was deployed there', async () => {
    const space = createReleases()
    const call = managementOf(space)
    const { branch } = (await call('POST', 'branches', { branch: { name: 'Stage' } })).body
    const { api_key: key } = (await call('POST', 'api_keys', { api_key: { access: 'public', branch_id: branch.id } }))
      .body
    const title = async () => {
      const { body } = await ask(space, 'stories/about', { ...published, token: key.token })
      return body.story?.content.title
    }
    expect(await title()).toBeUndefined()
    await call('POST', 'deployments', { branch_id: branch.id })
    space.saveDraft('about', { _uid: 'u', component: 'page', title: 'Later' })
    space.publish('about')
    expect(await title()).toBe('Today')
    await call('POST', 'deployments', { branch_id: branch.id })
    expect(await title()).toBe('Later')
  })

  it('with a least time in the cache see a new cache version after it', async () => {
    const space = createReleases()
    const start = Date.parse('2026-05-01T10:00:00.000Z')
    space.setTime(new Date(start))
    const { api_key: key } = (
      await managementOf(space)('POST', 'api_keys', { api_key: { access: 'public', min_cache: 60 } })
    ).body
    const version = async (token: string) =>
      (await ask(space, 'spaces/me', { version: 'published', token })).body.space.version
    const first = await version(key.token)
    space.publish('about')
    expect(await version(tokens.public)).toBeGreaterThan(first)
    expect(await version(key.token)).toBe(first)
    const url = `http://space.test/v2/cdn/spaces/me?token=${key.token}`
    const etag = (await space.fetch(new Request(url))).headers.get('etag') ?? ''
    space.setTime(new Date(start + 61_000))
    expect(await version(key.token)).toBe(await version(tokens.public))
    expect((await space.fetch(new Request(url, { headers: { 'If-None-Match': etag } }))).status).toBe(200)
  })

  it('of themes read nothing', async () => {
    const space = createReleases()
    const { api_key: key } = (await managementOf(space)('POST', 'api_keys', { api_key: { access: 'theme' } })).body
    for (const path of ['stories', 'stories/about', 'links', 'spaces/me', 'assets/me']) {
      expect((await ask(space, path, { ...published, token: key.token })).status, path).toBe(401)
    }
  })

  it('open a private asset for the asset token only', async () => {
    const space = createSpace({ tokens: allTokens, content: demoContent })
    const { body } = await ask(space, 'stories', { per_page: '100' })
    const [filename = ''] = /http:\/\/space\.test\/f\/[^"]+/.exec(JSON.stringify(body)) ?? []
    const opened = await ask(space, 'assets/me', { token: asset, version: 'published', filename })
    expect(opened.body.asset.signed_url).toContain('X-Amz-Expires=3600')
    expect((await ask(space, 'assets/me', { filename })).status).toBe(401)
  })

  it('are refused past the rate limit when it is on', async () => {
    const space = createSpace({ tokens: allTokens, rateLimit: true })
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(space, 'stories', { per_page: '100' })))
    const refused = answers.filter(({ status }) => status === 429)
    // Two windows at most, of six each.
    expect(refused.length).toBeGreaterThanOrEqual(8)
    expect(refused[0]?.body.error).toBe('Rate limit of 6 request per second has been reached. Retry later.')
  })
})
