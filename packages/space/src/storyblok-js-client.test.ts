import StoryblokClient from 'storyblok-js-client'
import type { ISbConfig } from 'storyblok-js-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LocalSpace, LocalSpaceOptions } from './local-space.js'
import { createSpace, demoContent, tokens } from './test-support.js'

// Storyblok's own client, unmodified, is the judge.

async function serve(options?: LocalSpaceOptions): Promise<{ space: LocalSpace; url: string }> {
  const space = createSpace(options)
  const listener = await space.listen()
  onTestFinished(() => listener.close())
  return { space, url: listener.url }
}

async function createClient(accessToken: string, config: Partial<ISbConfig> = {}): Promise<StoryblokClient> {
  const { url } = await serve()
  return new StoryblokClient({ accessToken, endpoint: `${url}/v2`, ...config })
}

describe('storyblok-js-client', () => {
  it('reads a list of published stories', async () => {
    const client = await createClient(tokens.public)
    const { data, total, perPage } = await client.getStories({
      content_type: 'article',
      per_page: 3,
      version: 'published',
    })
    expect([data.stories.length, total, perPage]).toEqual([3, 25, 3])
  })

  it('reads every story, page by page', async () => {
    const client = await createClient(tokens.preview)
    const stories = await client.getAll('cdn/stories', { version: 'draft', per_page: 10 })
    expect(new Set(stories.map(({ uuid }) => uuid)).size).toBe(60)
  })

  it('reads one story, published and as a draft', async () => {
    const client = await createClient(tokens.preview)
    const read = async (version: 'draft' | 'published') => {
      const { data } = await client.getStory('articles/red-towers', { version })
      return (data.story.content as { title: string }).title
    }
    expect(await read('published')).toBe('Red towers, dry river')
    expect(await read('draft')).toBe('Red towers, dry river (updated map)')
  })

  it('puts relations in', async () => {
    const client = await createClient(tokens.public)
    const { data } = await client.getStory('articles/small-gear', {
      version: 'published',
      resolve_relations: ['article.author', 'article.related'],
    })
    const { author, related } = data.story.content as unknown as {
      author: { full_slug: string }
      related: { full_slug: string }[]
    }
    expect(author.full_slug).toBe('authors/jonas-lindqvist')
    expect(related[0]?.full_slug).toBe('articles/reading-granite')
  })

  it('reads links and the space', async () => {
    const client = await createClient(tokens.public)
    const { data } = await client.get('cdn/links', { version: 'published', per_page: 1000 })
    expect(Object.keys(data['links'] ?? {})).toHaveLength(58)
    expect((await client.get('cdn/spaces/me')).data.space.name).toBe('Chalkline')
  })

  it('is told that a story is not there', async () => {
    const client = await createClient(tokens.public)
    await expect(client.getStory('membership', { version: 'published' })).rejects.toMatchObject({
      status: 404,
      message: 'This record could not be found',
    })
  })

  it('is refused with a wrong token, and with a public token for a draft', async () => {
    const wrong = await createClient('fakeWRONGfakeWRONG1111tt')
    await expect(wrong.getStory('home', { version: 'published' })).rejects.toMatchObject({ status: 401 })
    const visitor = await createClient(tokens.public)
    await expect(visitor.getStory('home', { version: 'draft' })).rejects.toMatchObject({
      status: 401,
      message: 'Unauthorized',
    })
  })

  it('filters by content, with alternatives', async () => {
    const client = await createClient(tokens.preview)
    const { data } = await client.getStories({
      version: 'draft',
      filter_query: {
        component: { in: 'article' },
        __or: [{ title: { like: 'small gear*' } }, { title: { like: 'red towers*' } }],
      },
    })
    expect(data.stories.map(({ slug }) => slug).toSorted()).toEqual(['red-towers', 'small-gear'])
  })

  it('reads a language, with its own slugs', async () => {
    const client = await createClient(tokens.public)
    const { data } = await client.getStory('articles/granit-lesen', { version: 'published', language: 'de' })
    expect(data.story).toMatchObject({ lang: 'de', full_slug: 'articles/reading-granite' })
    expect((data.story.content as { title: string }).title).toBe('Granit lesen')
  })

  it.each(['story', 'url', 'link'] as const)('puts links in, resolved as %s', async (resolveLinks) => {
    const client = await createClient(tokens.public)
    const { data } = await client.getStory('home', { version: 'published', resolve_links: resolveLinks })
    const [hero] = data.story.content['body'] as { link: { story?: { name: string } } }[]
    expect(hero?.link.story?.name).toBe('The quiet season')
  })

  it('puts assets in', async () => {
    const client = await createClient(tokens.public, { inlineAssets: true })
    const { data } = await client.getStory('home', { version: 'published', resolve_assets: 1 } as object)
    const [hero] = data.story.content['body'] as { image: { content_type?: string } }[]
    expect(hero?.image.content_type).toBe('image/svg+xml')
  })

  it('reads the rest of more relations than one answer carries', async () => {
    const { space, url } = await serve({ behaviour: { relationLimit: 5 } })
    const uuidOf = (index: number) => `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`
    const uuids = Array.from({ length: 60 }, (_, index) => uuidOf(index))
    const post = (index: number, related: string[]) => ({
      fullSlug: `post-${index}`,
      uuid: uuidOf(index),
      content: { _uid: `u${index}`, component: 'post', related },
    })
    space.addStories(uuids.map((_, index) => post(index, index === 0 ? uuids.slice(1) : [])))
    const client = new StoryblokClient({ accessToken: tokens.preview, endpoint: `${url}/v2` })
    const { data } = await client.getStory('post-0', { version: 'draft', resolve_relations: 'post.related' })
    const related = data.story.content['related'] as { full_slug: string }[]
    expect(related.map((story) => story.full_slug)).toEqual(uuids.slice(1).map((_, index) => `post-${index + 1}`))
  })

  it('reads datasources, tags, and a release', async () => {
    const client = await createClient(tokens.preview)
    const { data: entries } = await client.get('cdn/datasource_entries', { datasource: 'rocks', dimension: 'de' })
    expect(entries.datasource_entries).toContainEqual(
      expect.objectContaining({ name: 'Granite', dimension_value: 'Granit' }),
    )
    const { data: tags } = await client.get('cdn/tags', { version: 'draft' })
    expect(tags.tags).toContainEqual(expect.objectContaining({ name: 'winter' }))
    const { data } = await client.getStory('home', { version: 'draft', from_release: '8001' })
    expect(JSON.stringify(data.story.content)).toContain('Winter issue')
  })

  it('sees what is published, once its cache is emptied', async () => {
    const { space, url } = await serve({ content: demoContent })
    const client = new StoryblokClient({ accessToken: tokens.public, endpoint: `${url}/v2` })
    const status = async () =>
      client.getStory('membership', { version: 'published' }).then(
        () => 200,
        (error: { status: number }) => error.status,
      )
    expect(await status()).toBe(404)
    space.publish('membership')
    await client.flushCache()
    client.clearCacheVersion()
    expect(await status()).toBe(200)
  })

  it('comes again after a rate limit', async () => {
    const { url } = await serve({ content: demoContent, faults: [{ kind: '429', every: 2 }] })
    const client = new StoryblokClient({ accessToken: tokens.preview, endpoint: `${url}/v2`, retriesDelay: 1 })
    for (let index = 0; index < 3; index++) {
      expect((await client.getStory('home', { version: 'draft' })).data.story.slug).toBe('home')
    }
  })

  it('manages the space with a personal access token', async () => {
    const { space, url } = await serve({ content: demoContent })
    const client = new StoryblokClient({ oauthToken: space.tokens.personal, endpoint: `${url}/v1` })
    const content = { component: 'page', body: [] }
    const { data } = (await client.post(`spaces/${space.id}/stories`, {
      story: { name: 'Made', slug: 'made', content },
      publish: 1,
    } as object)) as unknown as { data: { story: { id: number; published: boolean } } }
    expect(data.story.published).toBe(true)
    await client.put(`spaces/${space.id}/stories/${data.story.id}`, { story: { name: 'Changed', content } } as object)
    const { data: changed } = await client.get(`spaces/${space.id}/stories/${data.story.id}`)
    expect(changed.story.name).toBe('Changed')
    await client.delete(`spaces/${space.id}/stories/${data.story.id}`)
    await expect(client.get(`spaces/${space.id}/stories/${data.story.id}`)).rejects.toMatchObject({ status: 404 })
  })
})
