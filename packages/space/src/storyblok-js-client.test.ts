import StoryblokClient from 'storyblok-js-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSpace, tokens } from './test-support.js'

// Storyblok's own client, unmodified, is the judge.

async function createClient(accessToken: string): Promise<StoryblokClient> {
  const listener = await createSpace().listen()
  onTestFinished(() => listener.close())
  return new StoryblokClient({ accessToken, endpoint: `${listener.url}/v2` })
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
})
