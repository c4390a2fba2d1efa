import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ask, askPublished, createFolder, createSpace, demoContent, storyFile, tokens } from '../test-support.js'

const slugs = (stories: { full_slug: string }[]) => stories.map(({ full_slug: slug }) => slug)

describe('tokens', () => {
  it.each(['stories', 'stories/home', 'links', 'spaces/me'])('are needed for %s', async (path) => {
    const space = createSpace()
    for (const token of ['', 'wrong']) {
      expect(await ask(space, path, { token })).toMatchObject({ status: 401, body: { error: 'Unauthorized' } })
    }
  })

  it.each(['stories', 'stories/home', 'links', 'spaces/me'])('of visitors read no draft of %s', async (path) => {
    const answer = await ask(createSpace(), path, { token: tokens.public })
    expect(answer).toMatchObject({ status: 401, body: { error: 'Unauthorized' } })
  })

  it('of editors read both versions, the published one by default', async () => {
    const space = createSpace()
    const title = async (query: Record<string, string>) => {
      const answer = await ask(space, 'stories/articles/red-towers', { cv: '99999999999', ...query })
      return answer.body.story.content.title
    }
    expect(await title({ version: 'draft' })).toBe('Red towers, dry river (updated map)')
    expect(await title({ version: 'published' })).toBe('Red towers, dry river')
    expect(await title({ version: '' })).toBe('Red towers, dry river')
  })
})

describe('one story', () => {
  it('is found by slug, id and UUID', async () => {
    const space = createSpace()
    const { story } = (await ask(space, 'stories/articles/small-gear')).body
    expect((await ask(space, `stories/${story.id}`)).body.story.uuid).toBe(story.uuid)
    expect((await ask(space, `stories/${story.uuid}`, { find_by: 'uuid' })).body.story.id).toBe(story.id)
    expect((await ask(space, 'stories/articles%2Fsmall-gear')).body.story.id).toBe(story.id)
  })

  it.each(['nowhere', 'authors', '%ff', '../spaces/me', '999999'])('is not found at %s', async (path) => {
    expect(await ask(createSpace(), `stories/${path}`)).toMatchObject(
      path.startsWith('..') ? { status: 200 } : { status: 404, body: ['This record could not be found'] },
    )
  })

  it('is not found while it is not published', async () => {
    expect((await askPublished(createSpace(), 'stories/membership')).status).toBe(404)
  })

  it('carries the editor’s marks in drafts only, in nested bloks and rich text too', async () => {
    const space = createSpace()
    const draft = (await ask(space, 'stories/articles/the-quiet-season')).body.story
    const quote = draft.content.body.content.find((node: { type: string }) => node.type === 'blok').attrs.body[0]
    expect(draft.content._editable).toBe(
      `<!--#storyblok#{"name": "article", "space": "100001", "uid": "${draft.content._uid}", "id": "${draft.id}"}-->`,
    )
    expect(quote._editable).toContain('"name": "quote"')
    const published = await askPublished(space, 'stories/articles/the-quiet-season')
    expect(JSON.stringify(published.body)).not.toContain('_editable')
  })

  it('has Storyblok’s fields, in its order', async () => {
    const { story, ...rest } = (await ask(createSpace(), 'stories/home')).body
    expect(Object.keys(story)).toMatchInlineSnapshot(`
      [
        "name",
        "created_at",
        "published_at",
        "updated_at",
        "id",
        "uuid",
        "content",
        "slug",
        "full_slug",
        "sort_by_date",
        "position",
        "tag_list",
        "is_startpage",
        "parent_id",
        "meta_data",
        "group_id",
        "first_published_at",
        "release_id",
        "lang",
        "path",
        "alternates",
        "default_full_slug",
        "translated_slugs",
      ]
    `)
    expect(Object.keys(rest)).toEqual(['cv', 'rels', 'links'])
  })
})

describe('a list of stories', () => {
  it('comes in pages, with the total', async () => {
    const space = createSpace()
    const first = await ask(space, 'stories', { per_page: '5', page: '1' })
    const last = await ask(space, 'stories', { per_page: '5', page: '12' })
    expect([first.headers.get('total'), first.headers.get('per-page')]).toEqual(['60', '5'])
    expect([first.body.stories.length, last.body.stories.length]).toEqual([5, 5])
    expect((await ask(space, 'stories', { page: '99' })).body.stories).toEqual([])
    expect((await ask(space, 'stories', { per_page: '1000' })).headers.get('per-page')).toBe('100')
    expect((await ask(space, 'stories', { per_page: 'x', page: '-1' })).headers.get('per-page')).toBe('25')
  })

  it.each([
    [{ starts_with: 'guides/' }, 11],
    [{ content_type: 'author' }, 6],
    [{ content_type: 'author', starts_with: 'guides/' }, 0],
    [{ by_slugs: 'home,about' }, 2],
    [{ by_slugs: 'articles/re*' }, 2],
    [{ by_slugs: 'articles/re%' }, 0],
    [{ excluding_slugs: 'articles/*,guides/*,authors/*,categories/*,archive/*' }, 6],
    [{ is_startpage: '1' }, 3],
    [{ with_tag: 'winter,desert' }, 3],
    [{ by_ids: '1,2' }, 0],
  ])('is filtered by %j', async (query, total) => {
    expect((await ask(createSpace(), 'stories', query as never)).headers.get('total')).toBe(String(total))
  })

  it('is found by UUIDs, in their order on request', async () => {
    const space = createSpace()
    const { stories } = (await ask(space, 'stories', { by_slugs: 'home,about,imprint' })).body
    const uuids = stories.map(({ uuid }: { uuid: string }) => uuid).toReversed()
    expect((await ask(space, 'stories', { by_uuids: uuids.join() })).headers.get('total')).toBe('3')
    const ordered = await ask(space, 'stories', { by_uuids_ordered: uuids.join() })
    expect(ordered.body.stories.map(({ uuid }: { uuid: string }) => uuid)).toEqual(uuids)
  })

  it.each([
    ['name:desc', ['Write for us', 'Membership', 'Imprint']],
    ['content.published_on:asc', ['The first dry day', 'Chalk and what it hides', 'The rope in the cellar']],
    ['content.nothing:asc:int,name:asc', ['About', 'Chalkline', 'Contact']],
  ])('is sorted by %s', async (sortBy, names) => {
    const startsWith = sortBy.startsWith('content.published_on') ? 'articles/' : ''
    const excluding = sortBy.includes('name') ? 'articles/*,guides/*,authors/*,categories/*,archive/*' : ''
    const query = { sort_by: sortBy, starts_with: startsWith, excluding_slugs: excluding, per_page: '3' }
    const { stories } = (await ask(createSpace(), 'stories', query)).body
    expect(stories.map(({ name }: { name: string }) => name)).toEqual(names)
  })

  it.each([
    ['by_slugs', ','],
    ['excluding_slugs', ','],
    ['by_slugs', Array.from({ length: 3000 }, (_, index) => `s${index}`).join()],
    ['sort_by', Array.from({ length: 3000 }, () => 'name:asc').join()],
  ])('takes empty and very long lists, as in %s=%.9s', async (name, value) => {
    expect((await ask(createSpace(), 'stories', { [name]: value })).status).toBe(200)
  })

  it('cannot be sorted into other SQL', async () => {
    const sortBy = `content.x') FROM stories; DROP TABLE stories; --:asc,name'; DROP TABLE stories`
    const space = createSpace()
    expect((await ask(space, 'stories', { sort_by: sortBy, starts_with: "x' OR 1=1 --" })).status).toBe(200)
    expect((await ask(space, 'stories')).headers.get('total')).toBe('60')
  })
})

describe('relations and links', () => {
  it('are delivered beside the stories, as far as they are published', async () => {
    const space = createSpace()
    const query = { resolve_relations: 'article.author,article.related' }
    const published = (await askPublished(space, 'stories/articles/the-quiet-season', query)).body
    expect(slugs(published.rels)).toEqual([
      'authors/mira-okafor',
      'articles/reading-granite',
      'articles/fingers-remember',
    ])
    expect(published.story.content.author).toBe(published.rels[0].uuid)
    const draft = (await ask(space, 'stories/articles/the-quiet-season', query)).body
    expect(slugs(draft.rels)).toContain('articles/after-dark')
  })

  it('go one level deeper on request', async () => {
    const space = createSpace()
    const query = { resolve_relations: 'featured.articles,article.author' }
    expect((await ask(space, 'stories/home', query)).body.rels).toHaveLength(3)
    const deeper = (await ask(space, 'stories/home', { ...query, resolve_level: '2' })).body.rels
    expect(slugs(deeper)).toContain('authors/jonas-lindqvist')
  })

  it('are only named past the limit', async () => {
    const targets = Array.from({ length: 51 }, (_, index) =>
      storyFile({ id: index + 10, full_slug: `target${index + 10}` }),
    )
    const root = storyFile({
      id: 1,
      full_slug: 'root',
      content: { _uid: 'u', component: 'page', items: targets.map(({ uuid }) => uuid) },
    })
    const files = Object.fromEntries(
      [root, ...targets].map((story) => [`stories/7/${String(story['slug'])}.json`, story]),
    )
    const space = createSpace({ content: createFolder({ 'components/7/components.json': [], ...files }) })
    const { body } = await ask(space, 'stories/root', { resolve_relations: 'page.items' })
    expect(body.rels).toEqual([])
    expect(body.rel_uuids).toHaveLength(51)
  })

  it('follow link fields and links in rich text', async () => {
    const space = createSpace()
    expect(slugs((await ask(space, 'stories/home', { resolve_links: 'story' })).body.links)).toContain('about')
    const { links } = (await ask(space, 'stories/about', { resolve_links: 'url' })).body
    expect(links).toContainEqual(
      expect.objectContaining({ slug: 'kestrel-bay', full_slug: 'guides/kestrel-bay', url: 'guides/kestrel-bay' }),
    )
    expect((await ask(space, 'stories/about')).body.links).toEqual([])
  })
})

describe('parameters', () => {
  it('that nobody knows are refused, by their roots', async () => {
    const query = { nonsense: '1', '_storyblok_tk[token]': 'x', _storyblok: '1' }
    expect(await ask(createSpace(), 'stories/home', query)).toMatchObject({
      status: 422,
      body: { error: 'Parameter(s) _storyblok, _storyblok_tk, nonsense not allowed' },
    })
  })

  it('of the list are refused for one story', async () => {
    const answer = await ask(createSpace(), 'stories/home', { is_startpage: '1' })
    expect(answer).toMatchObject({ status: 422, body: { error: 'Parameter(s) is_startpage not allowed' } })
  })

  it('with a null byte are malformed', async () => {
    expect((await ask(createSpace(), 'stories', { starts_with: 'a\0' })).status).toBe(400)
  })
})

describe('the cache version', () => {
  it.each<Record<string, string>>([{}, { cv: '0' }, { cv: '1' }, { cv: 'undefined' }])(
    'is given by a redirect to a request with %j',
    async (query) => {
      const space = createSpace()
      const answer = await ask(space, 'stories/home', { token: tokens.public, version: 'published', ...query })
      expect(answer.status).toBe(301)
      const location = new URL(answer.headers.get('location')!)
      expect([...location.searchParams.keys()]).toEqual(['cv', 'token', 'version'])
      expect((await space.fetch(new Request(location))).status).toBe(200)
    },
  )

  it('does not matter to drafts and to the space itself', async () => {
    const space = createSpace()
    expect((await ask(space, 'stories/home')).status).toBe(200)
    expect((await ask(space, 'spaces/me', { token: tokens.public, version: 'published' })).status).toBe(200)
  })

  it('rises with each publish, and the old one is redirected', async () => {
    const space = createSpace()
    const cv = async () => (await askPublished(space, 'stories/home')).body.cv
    const before = await cv()
    expect(space.publish('membership')).toBe(true)
    const after = await cv()
    expect(after).toBeGreaterThan(before)
    expect((await askPublished(space, 'stories/home', { cv: String(before) })).status).toBe(301)
    expect((await askPublished(space, 'stories/membership')).status).toBe(200)
    expect(space.unpublish('membership')).toBe(true)
    expect(await cv()).toBeGreaterThan(after)
    expect((await askPublished(space, 'stories/membership')).status).toBe(404)
    expect(space.publish('nowhere')).toBe(false)
  })
})

describe('links and the space', () => {
  it('list stories and folders by their UUIDs', async () => {
    const { body, headers } = await ask(createSpace(), 'links', { per_page: '1000' })
    const links = Object.entries<{ uuid: string; is_folder: boolean }>(body.links)
    expect(links).toHaveLength(66)
    expect(links.every(([uuid, link]) => link.uuid === uuid)).toBe(true)
    expect(links.filter(([, link]) => link.is_folder)).toHaveLength(6)
    expect(headers.get('total')).toBe('66')
  })

  it('leave out what is not published', async () => {
    const { body } = await askPublished(createSpace(), 'links', { per_page: '1000' })
    const listed = Object.values<{ slug: string }>(body.links).map(({ slug }) => slug)
    expect(listed).not.toContain('membership')
    expect(listed).toContain('about')
  })

  it('come in pages, and with dates on request', async () => {
    const space = createSpace()
    expect(Object.keys((await ask(space, 'links', { page: '3' })).body.links)).toHaveLength(16)
    const [link] = Object.values((await ask(space, 'links', { per_page: '1', include_dates: '1' })).body.links)
    expect(link).toHaveProperty('created_at')
  })

  it('say what the space is', async () => {
    const { space } = (await ask(createSpace(), 'spaces/me')).body
    expect(space).toMatchObject({ id: 100001, name: 'Chalkline', language_codes: ['de'] })
  })
})

describe('answers', () => {
  it('tell caches what to keep', async () => {
    const space = createSpace()
    expect((await ask(space, 'stories/home')).headers.get('cache-control')).toBe('max-age=0, private, must-revalidate')
    expect((await askPublished(space, 'stories/home')).headers.get('cache-control')).toContain('public')
  })

  it('are not sent again to who has them, until something changes', async () => {
    const space = createSpace()
    const url = `http://space.test/v2/cdn/stories/home?version=draft&token=${tokens.preview}`
    const etag = (await space.fetch(new Request(url))).headers.get('etag') ?? ''
    const again = () => space.fetch(new Request(url, { headers: { 'If-None-Match': etag } }))
    expect(etag).toMatch(/^W\/"[\da-f]{32}"$/)
    const unchanged = await again()
    expect([unchanged.status, await unchanged.text()]).toEqual([304, ''])
    space.saveDraft('home', { _uid: 'u', component: 'page' })
    expect((await again()).status).toBe(200)
  })

  it('are given to browsers of any site, which may ask first', async () => {
    const space = createSpace()
    const ask = (method: string) =>
      space.fetch(
        new Request(`http://space.test/v2/cdn/stories/home?version=draft&token=${tokens.preview}`, { method }),
      )
    const [asked, head] = [await ask('OPTIONS'), await ask('HEAD')]
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
    expect(asked.headers.get('access-control-allow-headers')).toBe('*')
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await ask('POST')).status).toBe(404)
  })

  it('say that something is broken, and outlive it', async () => {
    const folder = createFolder({})
    const data = join(folder, 'space.sqlite')
    const space = createSpace({ content: demoContent, data })
    const { url, close } = await space.listen()
    onTestFinished(close)
    const database = new DatabaseSync(data)
    database.exec('ALTER TABLE versions RENAME TO broken')
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    onTestFinished(() => logged.mockRestore())
    const read = () => fetch(`${url}/v2/cdn/stories/home?version=draft&token=${tokens.preview}`)
    const answer = await read()
    expect([answer.status, await answer.json()]).toEqual([500, { error: 'Internal Server Error' }])
    expect(JSON.stringify(logged.mock.calls)).not.toContain(tokens.preview)
    database.exec('ALTER TABLE broken RENAME TO versions')
    database.close()
    expect((await read()).status).toBe(200)
  })

  it('escape HTML in JSON, as Rails does', async () => {
    const response = await createSpace().fetch(
      new Request(`http://space.test/v2/cdn/stories/home?version=draft&token=${tokens.preview}`),
    )
    expect(await response.text()).toContain('\\u003c!--#storyblok#')
  })

  it('point at pictures that this server serves', async () => {
    const space = createSpace()
    const { story } = (await ask(space, 'stories/home')).body
    const url = story.content.body[0].image.filename
    expect(url).toMatch(/^http:\/\/space\.test\/f\/100001\//)
    for (const suffix of ['', '/m/', '/m/300x0/filters:quality(60)']) {
      const picture = await space.fetch(new Request(url + suffix))
      expect(picture.headers.get('content-type')).toBe('image/svg+xml')
      expect(await picture.text()).toContain('<svg')
    }
    expect((await space.fetch(new Request('http://space.test/f/100001/../../package.json'))).status).toBe(404)
  })
})
