import { createHmac } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { LocalSpace } from '../local-space.js'
import { ask as read, createFolder, createManaged, demoContent, storyFile } from '../test-support.js'
import type { Answered, Call } from '../test-support.js'

type Body = Answered['body']

const page = (title: string) => ({ _uid: 'u', component: 'page', title })

const createStory = async (call: Call, slug: string, fields: Record<string, unknown> = {}): Promise<Body> => {
  const story = { name: slug, slug, content: page(slug), ...fields }
  const { status, body } = await call('POST', 'stories', { story })
  expect(status).toBe(201)
  return body.story
}

describe('the Management API', () => {
  it('lists the components whole, as they were pulled', async () => {
    const { call } = createManaged({ content: demoContent })
    const { components } = (await call('GET', 'components')).body
    expect(components).toHaveLength(13)
    expect(components[0]).toMatchObject({ name: 'page', is_root: true, schema: { body: { type: 'bloks' } } })
  })

  it('opens for a personal access token only, of this space', async () => {
    const { space, call } = createManaged()
    for (const token of ['', space.tokens.public, space.tokens.preview, `Bearer ${space.tokens.personal}`]) {
      expect(await call('GET', 'components', undefined, token)).toMatchObject({
        status: 401,
        body: { error: 'Unauthorized' },
      })
    }
    expect((await call('GET', '/spaces/7/components')).status).toBe(404)
    expect((await call('GET', 'constructor')).status).toBe(404)
  })

  it('is not opened by the token where content is read', async () => {
    const { space } = createManaged()
    expect((await read(space, 'stories', { token: space.tokens.personal })).status).toBe(401)
  })

  it('tells who asks, and which spaces there are', async () => {
    const { space, call } = createManaged({ content: demoContent })
    expect((await call('GET', '/users/me')).body.user).toMatchObject({ space_ids: [space.id], role: 'admin' })
    expect((await call('GET', '/spaces')).body.spaces).toMatchObject([{ id: space.id, name: space.name }])
    expect((await call('GET', '')).status).toBe(404)
  })

  it('says what is wrong with a body', async () => {
    const { space, call } = createManaged()
    expect(await call('POST', 'stories', {})).toMatchObject({
      status: 422,
      body: { error: 'param is missing or the value is empty: story' },
    })
    const url = `http://space.test/v1/spaces/${space.id}/stories`
    const init = { method: 'POST', headers: { Authorization: space.tokens.personal }, body: '{' }
    expect((await space.fetch(new Request(url, init))).status).toBe(400)
  })

  it('refuses a seventh request in a second, when limits are on', async () => {
    const { call } = createManaged({ rateLimit: true })
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('GET', 'components')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(8)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
  })
})

describe('a space', () => {
  it('takes languages and preview addresses, and never shows its own secrets', async () => {
    const { space, call } = createManaged()
    const languages = [{ code: 'de', name: 'Deutsch' }]
    const environments = [{ name: 'Dev', location: 'https://localhost:4321/' }]
    const { status, body } = await call('PUT', `/spaces/${space.id}`, {
      space: { name: 'New', languages, environments },
    })
    expect({ status, body }).toMatchObject({ status: 200, body: { space: { name: 'New', languages, environments } } })
    expect(Object.keys(body.space)).not.toContain('secret')
    expect(JSON.stringify(body)).not.toContain(space.tokens.personal)
    expect((await read(space, 'spaces/me')).body.space).toMatchObject({ language_codes: ['de'] })
    expect((await call('PUT', `/spaces/${space.id}`, { space: { name: ' ' } })).status).toBe(422)
  })
})

describe('stories', () => {
  it('are made as drafts, published, unpublished and deleted', async () => {
    const { space, call } = createManaged()
    const { id } = await createStory(call, 'about')
    const statuses = async () => [
      (await read(space, 'stories/about')).status,
      (await read(space, 'stories/about', { version: 'published', cv: '99999999999' })).status,
    ]
    expect(await statuses()).toEqual([200, 404])
    expect((await call('GET', `stories/${id}/publish`)).body.story).toMatchObject({ published: true })
    expect(await statuses()).toEqual([200, 200])
    expect((await call('GET', `stories/${id}/unpublish`)).body.story).toMatchObject({ published: false })
    expect(await statuses()).toEqual([200, 404])
    expect((await call('DELETE', `stories/${id}`)).status).toBe(200)
    expect(await statuses()).toEqual([404, 404])
    expect((await call('GET', `stories/${id}`)).status).toBe(404)
  })

  it('keep what visitors see while their draft changes, and say so', async () => {
    const { space, call } = createManaged()
    const { id } = await createStory(call, 'about')
    await call('GET', `stories/${id}/publish`)
    const before = (await read(space, 'spaces/me')).body.space.version
    const saved = await call('PUT', `stories/${id}`, { story: { content: page('Next') } })
    expect(saved.body.story).toMatchObject({ unpublished_changes: true, content: { title: 'Next' } })
    const asked = { version: 'published', cv: '99999999999' }
    expect((await read(space, 'stories/about', asked)).body.story.content.title).toBe('about')
    expect((await read(space, 'spaces/me')).body.space.version).toBe(before)
    await call('PUT', `stories/${id}`, { story: { content: page('Next') }, publish: 1 })
    expect((await read(space, 'stories/about', asked)).body.story.content.title).toBe('Next')
    expect((await read(space, 'spaces/me')).body.space.version).toBeGreaterThan(before)
  })

  it('refuse to be saved over somebody else’s change, unless forced', async () => {
    const { space, call } = createManaged()
    space.setTime(new Date('2026-05-01T10:00:00Z'))
    const loaded = await createStory(call, 'about')
    space.setTime(new Date('2026-05-01T10:05:00Z'))
    await call('PUT', `stories/${loaded.id}`, { story: { content: page('Theirs') } })
    const story = { content: page('Mine'), updated_at: loaded.updated_at }
    expect(await call('PUT', `stories/${loaded.id}`, { story })).toMatchObject({
      status: 422,
      body: { conflict: true },
    })
    expect((await call('GET', `stories/${loaded.id}`)).body.story.content.title).toBe('Theirs')
    expect((await call('PUT', `stories/${loaded.id}`, { story, force_update: '1' })).status).toBe(200)
    expect((await call('GET', `stories/${loaded.id}`)).body.story.content.title).toBe('Mine')
  })

  it('lie in folders, and follow them when they move', async () => {
    const { call } = createManaged()
    const folder = await createStory(call, 'team', { is_folder: true })
    const inside = await createStory(call, 'ada', { parent_id: folder.id })
    expect(inside.full_slug).toBe('team/ada')
    await call('PUT', `stories/${folder.id}`, { story: { slug: 'people' } })
    expect((await call('GET', `stories/${inside.id}`)).body.story.full_slug).toBe('people/ada')
  })

  it('need a name and a slug of their own', async () => {
    const { call } = createManaged()
    await createStory(call, 'about')
    expect((await call('POST', 'stories', { story: { name: 'Again', slug: 'about' } })).status).toBe(422)
    expect((await call('POST', 'stories', { story: { name: '', slug: 'x' } })).status).toBe(422)
  })

  it.each(['a/b', '..', '.', 'a\\b', 'a\u0000b'])('have slugs of one step: not %j', async (slug) => {
    const { call } = createManaged()
    const story = { name: 'A', slug, content: page('a') }
    expect(await call('POST', 'stories', { story })).toMatchObject({ status: 422, body: { slug: ['is invalid'] } })
  })

  it('are not nested deeper than can be searched', async () => {
    const { space, call } = createManaged()
    const nested = (levels: number) => {
      let body: unknown = 'end'
      for (let level = 0; level < levels; level++) body = [body]
      return { ...page('a'), body }
    }
    const create = (slug: string, levels: number) =>
      call('POST', 'stories', { story: { name: slug, slug, content: nested(levels) } })
    expect((await create('deep', 850)).status).toBe(201)
    expect((await create('deeper', 1000)).status).toBe(422)
    expect((await create('deepest', 3000)).status).toBe(422)
    expect((await read(space, 'stories', { search_term: 'end' })).headers.get('total')).toBe('1')
    expect(() => space.saveDraft('deep', nested(1000))).toThrow('more than 900 levels')
  })

  it('move with their folder, whatever its name, unless their new slugs are taken', async () => {
    const { space, call } = createManaged()
    const folder = (slug: string) => call('POST', 'stories', { story: { name: slug, slug, is_folder: true } })
    const { id } = (await folder('😀')).body.story
    await createStory(call, 'c', { parent_id: id })
    const other = (await folder('other')).body.story
    await createStory(call, 'c', { parent_id: other.id })
    await call('PUT', `stories/${id}`, { story: { slug: '🙂' } })
    expect((await read(space, 'stories/🙂/c')).status).toBe(200)
    await call('DELETE', `stories/${id}`)
    expect((await read(space, 'stories/🙂/c')).status).toBe(404)
    expect((await read(space, 'stories/other/c')).status).toBe(200)
  })

  it('show a change of their name to visitors under a new cache version', async () => {
    const { space, call } = createManaged()
    const { id } = await createStory(call, 'about')
    await call('GET', `stories/${id}/publish`)
    const version = async () => (await read(space, 'spaces/me', { version: 'published' })).body.space.version
    const before = await version()
    await call('PUT', `stories/${id}`, { story: { content: page('Later') } })
    expect(await version()).toBe(before)
    await call('PUT', `stories/${id}`, { story: { name: 'About us' } })
    expect(await version()).toBeGreaterThan(before)
  })

  it('keep their own fields when a release is saved', async () => {
    const { call } = createManaged()
    const { id } = await createStory(call, 'about')
    const { release } = (await call('POST', 'releases', { release: { name: 'May' } })).body
    await call('PUT', `stories/${id}`, { story: { name: 'In May', content: page('In May') }, release_id: release.id })
    expect((await call('GET', `stories/${id}`)).body.story).toMatchObject({ name: 'about', content: page('about') })
  })

  it('are exported into the folder, whatever their slugs', async () => {
    const { space, call } = createManaged({
      content: createFolder({
        'components/7/components.json': [],
        'stories/7/a.json': storyFile({ slug: '../../../escaped', full_slug: 'escaped' }),
      }),
    })
    const folder = createFolder({})
    space.export(join(folder, 'in/side/out'))
    expect(readdirSync(folder)).toEqual(['in'])
    expect(readdirSync(join(folder, 'in/side/out/stories/7'))).toHaveLength(1)
    expect((await call('GET', 'stories')).body.stories).toHaveLength(1)
  })

  it('are listed in pages, by what is asked', async () => {
    const { call } = createManaged()
    for (const slug of ['b', 'a', 'c']) await createStory(call, slug)
    const { headers, body } = await call('GET', 'stories?per_page=2&sort_by=slug:asc')
    expect([headers.get('total'), headers.get('per-page')]).toEqual(['3', '2'])
    expect(body.stories.map(({ slug }: { slug: string }) => slug)).toEqual(['a', 'b'])
    // A list has no contents.
    expect(body.stories[0].content).toBeUndefined()
    expect((await call('GET', 'stories?with_slug=c')).body.stories).toHaveLength(1)
    expect((await call('GET', 'stories?is_published=true')).body.stories).toHaveLength(0)
  })
})

describe.each([
  ['component_groups', 'component_group', { name: 'Layout' }, { name: 'Structure' }, { name: '' }],
  ['components', 'component', { name: 'hero', schema: {} }, { name: 'stage' }, { name: '' }],
  ['internal_tags', 'internal_tag', { name: 'blue' }, { name: 'red' }, { name: '' }],
  ['datasources', 'datasource', { name: 'Colours', slug: 'colours' }, { name: 'Colors' }, { slug: '' }],
  ['asset_folders', 'asset_folder', { name: 'Photos' }, { name: 'Pictures' }, { name: '' }],
  ['releases', 'release', { name: 'May' }, { name: 'June' }, { name: '' }],
  [
    'webhook_endpoints',
    'webhook_endpoint',
    { name: 'Site', endpoint: 'https://site.test/hook', actions: ['story.published'] },
    { name: 'The site' },
    { endpoint: 'no url' },
  ],
])('%s', (kind, wrapper, made, changed, wrong) => {
  it('are made, read, listed, changed and deleted', async () => {
    const { call } = createManaged()
    const created = await call('POST', kind, { [wrapper]: made })
    expect(created.status).toBe(201)
    expect(created.body[wrapper]).toMatchObject(made)
    const path = `${kind}/${created.body[wrapper].id}`
    expect((await call('GET', path)).body[wrapper]).toMatchObject(made)
    expect([200, 204]).toContain((await call('PUT', path, { [wrapper]: changed })).status)
    expect((await call('GET', kind)).body[kind]).toMatchObject([changed])
    expect((await call('PUT', path, { [wrapper]: wrong })).status).toBe(422)
    expect([200, 204]).toContain((await call('DELETE', path)).status)
    expect((await call('GET', path)).status).toBe(404)
    expect((await call('PUT', path, { [wrapper]: changed })).status).toBe(404)
    expect((await call('GET', kind)).body[kind]).toEqual([])
  })
})

describe('datasource entries', () => {
  it('have a value in each dimension', async () => {
    const { space, call } = createManaged()
    const dimensions = [{ name: 'German', entry_value: 'de' }]
    const { body } = await call('POST', 'datasources', {
      datasource: { name: 'Levels', slug: 'levels', dimensions_attributes: dimensions },
    })
    const { id, dimensions: made } = body.datasource
    const entry = { name: 'easy', value: 'Easy', datasource_id: id }
    const created = await call('POST', 'datasource_entries', { datasource_entry: entry })
    expect(created.status).toBe(201)
    const path = `datasource_entries/${created.body.datasource_entry.id}`
    const change = { datasource_entry: { dimension_value: 'Leicht' }, dimension_id: made[0].id }
    expect((await call('PUT', path, change)).status).toBe(204)
    const asked = { datasource: 'levels', dimension: 'de' }
    expect((await read(space, 'datasource_entries', asked)).body.datasource_entries).toMatchObject([
      { name: 'easy', value: 'Easy', dimension_value: 'Leicht' },
    ])
    expect((await call('GET', 'datasource_entries?datasource_id=99')).status).toBe(404)
  })
})

describe('access tokens', () => {
  it('open the delivery API until they are deleted', async () => {
    const { space, call } = createManaged({ content: demoContent })
    const made = (await call('POST', 'api_keys', { api_key: { access: 'private', name: 'New' } })).body.api_key
    const status = async (): Promise<number> => (await read(space, 'stories', { token: made.token })).status
    expect(await status()).toBe(200)
    await call('DELETE', `api_keys/${made.id}`)
    expect(await status()).toBe(401)
  })

  it('are narrowed to folders', async () => {
    const { space, call } = createManaged({ content: demoContent })
    const { stories } = (await call('GET', 'stories?with_slug=articles')).body
    const key = { access: 'private', story_ids: [stories[0].id] }
    const { token } = (await call('POST', 'api_keys', { api_key: key })).body.api_key
    const answer = await read(space, 'stories', { token, per_page: '100' })
    expect(answer.body.stories.length).toBeGreaterThan(0)
    expect(answer.body.stories.every((story: Body) => story.full_slug.startsWith('articles'))).toBe(true)
    expect((await read(space, 'stories/home', { token })).status).toBe(404)
  })

  it.each([
    { story_ids: '1,2' },
    { story_ids: ['a-uuid'] },
    { story_ids: [{}] },
    { release_ids: 'all' },
    { branch_id: 'main' },
    { access: 'constructor' },
    { access: '__proto__' },
  ])('are refused when what narrows them is not understood: %j', async (fields) => {
    const { call } = createManaged()
    const { api_key: key } = (await call('POST', 'api_keys', { api_key: { access: 'private', story_ids: [1] } })).body
    expect((await call('POST', 'api_keys', { api_key: { access: 'private', ...fields } })).status).toBe(422)
    await call('PUT', `api_keys/${key.id}`, { api_key: fields })
    const kept = (await call('GET', 'api_keys')).body.api_keys.find(({ id }: Body) => id === key.id)
    expect(kept).toEqual(key)
  })

  it('are allowed releases, and lose them, from either side', async () => {
    const { space, call } = createManaged()
    await createStory(call, 'about')
    const { release } = (await call('POST', 'releases', { release: { name: 'May', public: false } })).body
    const { api_key: key } = (await call('POST', 'api_keys', { api_key: { access: 'release' } })).body
    const status = async () =>
      (
        await read(space, 'stories', {
          version: 'published',
          cv: '99999999999',
          token: key.token,
          from_release: String(release.id),
        })
      ).status
    const allow = (ids: number[]) => call('PUT', `releases/${release.id}`, { release: { allowed_api_key_ids: ids } })
    expect(await status()).toBe(403)
    expect((await allow([key.id])).body.release.allowed_api_key_ids).toEqual([key.id])
    expect(await status()).toBe(200)
    await call('PUT', `releases/${release.id}`, { release: { name: 'June' } })
    expect(await status()).toBe(200)
    expect((await allow([])).body.release.allowed_api_key_ids).toEqual([])
    expect(await status()).toBe(403)
  })

  it('are of a known kind', async () => {
    const { call } = createManaged()
    expect((await call('POST', 'api_keys', { api_key: { access: 'root' } })).status).toBe(422)
  })
})

describe('personal access tokens', () => {
  const create = async (call: Call, fields: Record<string, unknown>): Promise<{ id: number; token: string }> => {
    const { status, body } = await call('POST', '/personal_access_tokens', { name: 'CI', ...fields })
    expect(status).toBe(201)
    return { id: body.id, token: body.full_token }
  }

  it('are shown once', async () => {
    const { call } = createManaged()
    const { token } = await create(call, { user_permission: true })
    expect((await call('GET', 'components', undefined, token)).status).toBe(200)
    expect(JSON.stringify((await call('GET', '/personal_access_tokens')).body)).not.toContain(token)
  })

  it('may do what their scopes say', async () => {
    const { call } = createManaged()
    const { token } = await create(call, { scopes: ['stories:write', 'components:read'] })
    const status = async (method: string, path: string, body?: unknown) =>
      (await call(method, path, body, token)).status
    expect(await status('GET', 'stories')).toBe(200)
    expect(await status('POST', 'stories', { story: { name: 'A', slug: 'a', content: page('A') } })).toBe(201)
    const { stories } = (await call('GET', 'stories')).body
    expect(await status('GET', `stories/${stories[0].id}/publish`)).toBe(403)
    expect(await status('GET', 'components')).toBe(200)
    expect(await status('POST', 'components', { component: { name: 'hero' } })).toBe(403)
    expect(await status('GET', 'datasources')).toBe(403)
    expect(await status('GET', '/personal_access_tokens')).toBe(403)
  })

  it('see nothing of this space when they are of others', async () => {
    const { call } = createManaged()
    const narrow = { name: 'other', scopes: ['spaces:read'], space_ids: [999] }
    const { full_token: token } = (await call('POST', '/personal_access_tokens', narrow)).body
    expect((await call('GET', '/spaces', undefined, token)).body).toEqual({ spaces: [] })
    expect((await call('GET', '/users/me', undefined, token)).body.user.space_ids).toEqual([])
    expect((await call('POST', '/personal_access_tokens', { ...narrow, space_ids: '999' })).status).toBe(422)
  })

  it('never show what they are stored as', async () => {
    const data = join(createFolder({}), 'space.sqlite')
    const { call } = createManaged({ data })
    await call('POST', '/personal_access_tokens', { name: 'ci', scopes: ['stories:read'] })
    expect(JSON.stringify((await call('GET', '/personal_access_tokens')).body)).not.toMatch(/[\da-f]{64}/)
    expect(statSync(data).mode & 0o077).toBe(0)
  })

  it('are refused in other spaces than theirs', async () => {
    const { call } = createManaged()
    const { token } = await create(call, { scopes: ['components:read'], space_ids: [7] })
    expect((await call('GET', 'components', undefined, token)).status).toBe(403)
  })

  it.each([
    ['without a name', { name: ' ', scopes: ['stories:read'] }],
    ['without scopes', {}],
    ['with a scope that there is not', { scopes: ['stories:own'] }],
    ['with all rights and scopes', { user_permission: true, scopes: ['stories:read'] }],
    ['for more than a year', { user_permission: true, expires_at: '2999-01-01' }],
    ['for the past', { user_permission: true, expires_at: '2020-01-01' }],
  ])('are not made %s', async (_name, fields) => {
    const { call } = createManaged()
    expect((await call('POST', '/personal_access_tokens', { name: 'CI', ...fields })).status).toBe(422)
  })

  it('expire, and are revoked', async () => {
    const { space, call } = createManaged()
    space.setTime(new Date('2026-05-01T10:00:00Z'))
    const short = await create(call, { user_permission: true, expires_at: '2026-05-02T10:00:00Z' })
    const long = await create(call, { user_permission: true })
    const status = async (token: string) => (await call('GET', 'components', undefined, token)).status
    expect(await status(short.token)).toBe(200)
    space.setTime(new Date('2026-05-02T10:00:01Z'))
    expect([await status(short.token), await status(long.token)]).toEqual([401, 200])
    await call('DELETE', `/personal_access_tokens/${long.id}`)
    expect(await status(long.token)).toBe(401)
  })

  it('from before there were scopes are marked, and hidden after they were made', async () => {
    const { space, call } = createManaged()
    space.setTime(new Date('2026-05-01T10:00:00Z'))
    const { token } = (await call('POST', '/tokens', { name: 'old' })).body
    expect((await call('GET', 'api_keys', undefined, token.key)).status).toBe(200)
    const listed = (await call('GET', '/personal_access_tokens')).body.personal_access_tokens
    expect(listed.map(({ deprecated }: Body) => deprecated)).toEqual([false, true])
    expect(JSON.stringify([listed, (await call('GET', '/tokens')).body])).not.toContain(token.key)
    expect((await call('DELETE', `/tokens/${token.id}`)).status).toBe(204)
    expect((await call('GET', 'api_keys', undefined, token.key)).status).toBe(401)
  })

  it('of OAuth apps stand behind Bearer', async () => {
    const { space, call } = createManaged()
    space.addOAuthToken({ value: 'fakeOAUTHfakeOAUTH', scopes: ['read_content'] })
    const status = async (method: string, path: string, token: string) => (await call(method, path, {}, token)).status
    const get = async (token: string) => (await call('GET', 'stories', undefined, token)).status
    expect(await get('Bearer fakeOAUTHfakeOAUTH')).toBe(200)
    expect(await get('fakeOAUTHfakeOAUTH')).toBe(401)
    expect(await status('POST', 'stories', 'Bearer fakeOAUTHfakeOAUTH')).toBe(403)
  })
})

describe('assets', () => {
  const upload = async (space: LocalSpace, signed: Body, change: Record<string, string> = {}): Promise<number> => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...signed.fields, ...change })) form.set(name, String(value))
    form.set('file', new Blob(['hello']), 'hello.txt')
    return (await space.fetch(new Request(signed.post_url, { method: 'POST', body: form }))).status
  }

  it('are uploaded in three steps', async () => {
    const { space, call } = createManaged()
    const signed = (await call('POST', 'assets', { filename: 'hello.txt' })).body
    expect(await upload(space, signed)).toBe(204)
    expect((await call('GET', `assets/${signed.id}/finish_upload`)).status).toBe(200)
    const { body } = await call('GET', `assets/${signed.id}`)
    expect((body.asset ?? body).filename).toMatch(/\/hello\.txt$/)
    const { pathname } = new URL(signed.public_url)
    const served = await space.fetch(new Request(`http://space.test${pathname}`))
    expect(await served.text()).toBe('hello')
    expect((await call('DELETE', `assets/${signed.id}`)).status).toBe(200)
    expect((await space.fetch(new Request(`http://space.test${pathname}`))).status).toBe(404)
  })

  it('are refused before anything is read, when the address was not signed', async () => {
    const { space } = createManaged()
    let read = 0
    const body = new ReadableStream({
      pull(controller) {
        read++
        controller.enqueue(new Uint8Array(1_000_000))
        if (read > 300) controller.close()
      },
    })
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    const request = new Request('http://space.test/upload', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit)
    expect((await space.fetch(request)).status).toBe(401)
    expect(read).toBeLessThan(10)
  })

  it('are private when somebody says so in any way, and refused when it is unclear', async () => {
    const { call } = createManaged()
    const create = async (isPrivate: unknown) => {
      const { status, body } = await call('POST', 'assets', { filename: 'a.txt', is_private: isPrivate })
      return status === 200 ? (await call('GET', `assets/${body.id}`)).body.is_private : status
    }
    expect([await create(true), await create(1), await create('true'), await create('perhaps')]).toEqual([
      true,
      true,
      true,
      422,
    ])
  })

  it('are refused when the upload is not the one that was signed', async () => {
    const { space, call } = createManaged()
    space.setTime(new Date('2026-05-01T10:00:00Z'))
    const signed = (await call('POST', 'assets', { filename: 'hello.txt' })).body
    expect(await upload(space, signed, { key: 'f/other.txt' })).toBe(401)
    expect(await upload(space, signed, { 'x-amz-signature': '0'.repeat(64) })).toBe(401)
    space.setTime(new Date('2026-05-01T11:00:00Z'))
    expect(await upload(space, signed)).toBe(401)
  })

  it('that are private open with a signed address, for an hour', async () => {
    const { space, call } = createManaged()
    const asset = space.tokens.asset
    space.setTime(new Date('2026-05-01T10:00:00Z'))
    const signed = (await call('POST', 'assets', { filename: 'secret.txt', is_private: 1 })).body
    await upload(space, signed)
    const filename = `http://space.test${new URL(signed.public_url).pathname}`
    const { body } = await read(space, 'assets/me', { token: asset, version: 'published', filename })
    const open = async (url: string) => (await space.fetch(new Request(url))).status
    expect(await open(body.asset.signed_url)).toBe(200)
    expect(await open(filename)).toBe(403)
    expect(await open(body.asset.signed_url.replace(/Signature=./, 'Signature=z'))).toBe(403)
    space.setTime(new Date('2026-05-01T11:00:01Z'))
    expect(await open(body.asset.signed_url)).toBe(403)
  })
})

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** Listens for webhooks. */
async function createReceiver(status = 200, answer = 'noted'): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(status).end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

/** Merges a release; the answer to what breaks is no JSON. */
async function merge({ id, tokens, fetch }: LocalSpace, release: number): Promise<number> {
  const url = `http://space.test/v1/spaces/${id}/releases/${release}/merge`
  const headers = { Authorization: tokens.personal }
  return (await fetch(new Request(url, { method: 'POST', headers }))).status
}

describe('webhooks', () => {
  const addEndpoint = async (call: Call, endpoint: string, fields: Record<string, unknown> = {}) =>
    call('POST', 'webhook_endpoints', {
      webhook_endpoint: { name: 'Site', endpoint, actions: ['story.published'], ...fields },
    })

  it('are delivered, signed and logged', async () => {
    const { space, call } = createManaged()
    const { url, received } = await createReceiver()
    await addEndpoint(call, url, { secret: 'fake-webhook-secret' })
    const { id } = await createStory(call, 'about')
    await call('GET', `stories/${id}/publish`)
    await space.webhooksSettled()
    expect(received).toHaveLength(1)
    const [{ body, headers }] = received as [Received]
    expect(JSON.parse(body)).toMatchObject({
      action: 'published',
      space_id: space.id,
      story_id: id,
      full_slug: 'about',
    })
    const signature = createHmac('sha1', 'fake-webhook-secret').update(body).digest('hex')
    expect(headers['webhook-signature']).toBe(signature)
    const { webhook_logs: logs } = (await call('GET', 'webhook_logs')).body
    expect(logs).toHaveLength(1)
    expect(JSON.stringify(logs)).not.toContain('fake-webhook-secret')
  })

  it.each([
    ['story.published', 'published', (call: Call, id: number) => call('GET', `stories/${id}/publish`)],
    ['story.unpublished', 'unpublished', (call: Call, id: number) => call('GET', `stories/${id}/unpublish`)],
    ['story.moved', 'moved', (call: Call, id: number) => call('PUT', `stories/${id}`, { story: { slug: 'moved' } })],
    ['story.deleted', 'deleted', (call: Call, id: number) => call('DELETE', `stories/${id}`)],
    ['release.merged', 'release_merged', (call: Call) => call('POST', 'releases/1/merge')],
    ['pipeline.deployed', 'branch_deployed', (call: Call) => call('POST', 'deployments', { branch_id: 1 })],
    [
      'workflow.stage.changed',
      'stage.changed',
      (call: Call, id: number) =>
        call('POST', 'workflow_stage_changes', { workflow_stage_change: { story_id: id, workflow_stage_id: 1 } }),
    ],
    [
      'datasource.entries_updated',
      'entries_updated',
      (call: Call) =>
        call('POST', 'datasource_entries', { datasource_entry: { name: 'a', value: 'a', datasource_id: 1 } }),
    ],
    ['asset.deleted', 'deleted', (call: Call) => call('DELETE', 'assets/1')],
  ] as const)('tell of %s as the action %s', async (topic, action, act) => {
    const { space, call } = createManaged()
    const { url, received } = await createReceiver()
    await addEndpoint(call, url, { actions: [topic] })
    const { id } = await createStory(call, 'about')
    await call('POST', 'releases', { release: { name: 'May' } })
    await call('POST', 'branches', { branch: { name: 'Stage' } })
    await call('POST', 'workflow_stages', { workflow_stage: { name: 'Ready' } })
    await call('POST', 'datasources', { datasource: { name: 'Sizes', slug: 'sizes' } })
    await call('POST', 'assets', { filename: 'a.png' })
    await act(call, id)
    await space.webhooksSettled()
    expect(received.map(({ headers, body }) => [headers['x-storyblok-topic'], JSON.parse(body).action])).toEqual([
      [topic, action],
    ])
  })

  it('are not sent for what failed in the end', async () => {
    const data = join(createFolder({}), 'space.sqlite')
    const { space, call } = createManaged({ data })
    const { url, received } = await createReceiver()
    await addEndpoint(call, url)
    const { id } = await createStory(call, 'about')
    const { release } = (await call('POST', 'releases', { release: { name: 'May' } })).body
    await call('PUT', `stories/${id}`, { story: { content: page('In May') }, release_id: release.id })
    const other = new DatabaseSync(data)
    other.exec(`CREATE TRIGGER broken BEFORE INSERT ON records WHEN NEW.kind = 'releases'
      BEGIN SELECT RAISE(ABORT, 'broken'); END`)
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => logged.mockRestore())
    // The stories of the release are published before it is marked as merged.
    expect(await merge(space, release.id)).toBe(500)
    await space.webhooksSettled()
    expect([received, (await call('GET', `stories/${id}`)).body.story.published]).toEqual([[], false])
    other.exec('DROP TRIGGER broken')
    other.close()
    expect(await merge(space, release.id)).toBe(200)
    await space.webhooksSettled()
    expect(received).toHaveLength(1)
  })

  it('are logged with the beginning of a long answer', async () => {
    const { space, call } = createManaged()
    const { url } = await createReceiver(200, 'x'.repeat(5_000_000))
    await addEndpoint(call, url)
    const { id } = await createStory(call, 'about')
    await call('GET', `stories/${id}/publish`)
    await space.webhooksSettled()
    const [log] = (await call('GET', 'webhook_logs')).body.webhook_logs
    expect([log.status, log.response.body.length]).toEqual(['success', 1000])
  })

  it('that cannot be logged do not end the space', async () => {
    const data = join(createFolder({}), 'space.sqlite')
    const { space, call } = createManaged({ data })
    const { url, received } = await createReceiver()
    await addEndpoint(call, url)
    const { id } = await createStory(call, 'about')
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => logged.mockRestore())
    await call('GET', `stories/${id}/publish`)
    const other = new DatabaseSync(data)
    other.exec('DROP TABLE records')
    other.close()
    await space.webhooksSettled()
    expect([received.length, logged.mock.calls.length]).toEqual([1, 1])
  })

  it('are for who listens to them', async () => {
    const { space, call } = createManaged()
    const { url, received } = await createReceiver()
    await addEndpoint(call, url, { actions: ['story.deleted'] })
    await addEndpoint(call, url, { activated: false })
    const { id } = await createStory(call, 'about')
    await call('GET', `stories/${id}/publish`)
    await space.webhooksSettled()
    expect(received).toEqual([])
  })

  it.each([
    [0, 1],
    [2, 3],
  ])('that fail are sent again %i times', async (webhookRetries, times) => {
    const { space, call } = createManaged({ behaviour: { webhookRetries } })
    const { url, received } = await createReceiver(500)
    await addEndpoint(call, url)
    const { id } = await createStory(call, 'about')
    await call('GET', `stories/${id}/publish`)
    await space.webhooksSettled()
    expect(received).toHaveLength(times)
  })
})

describe('releases', () => {
  it('hold changes until they are merged', async () => {
    const { space, call } = createManaged()
    const { id } = await createStory(call, 'about')
    await call('GET', `stories/${id}/publish`)
    const release = (await call('POST', 'releases', { release: { name: 'May' } })).body.release
    await call('PUT', `stories/${id}`, { story: { content: page('In May') }, release_id: release.id })
    const title = async (query: Record<string, string>) =>
      (await read(space, 'stories/about', { version: 'published', cv: '99999999999', ...query })).body.story.content
        .title
    expect(await title({})).toBe('about')
    expect(await title({ from_release: String(release.id) })).toBe('In May')
    expect((await call('POST', `releases/${release.id}/merge`)).status).toBe(200)
    expect(await title({})).toBe('In May')
    expect((await call('POST', `releases/${release.id}/merge`)).status).toBe(422)
  })
})
