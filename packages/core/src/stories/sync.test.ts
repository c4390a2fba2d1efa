import type { LocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import type { SiteOptions, Visit } from '../site.js'
import { createEmptySpace, createSpaceFrom, environment, fetchFrom, numberedStories, tokens } from '../test-support.js'
import { defineStories } from './source.js'
import type { StorySource } from './source.js'
import { defineSpace } from './space.js'
import { syncStories } from './sync.js'
import type { Sync, SyncOptions, SyncState } from './sync.js'

const space = defineSpace({ resolveRelations: ['post.author'] })
const posts = defineStories(space, { contentType: 'post', startsWith: 'posts/' })

const inTwoLanguages = defineStories(defineSpace({ languages: ['en', 'de'], resolveRelations: ['post.author'] }), {
  contentType: 'post',
  startsWith: 'posts/',
})

const ada = '00000000-0000-4000-8000-0000000000aa'
const post = (title: string, author = ada) => ({ _uid: title, component: 'post', title, author })

function createPosts(): LocalSpace {
  const local = createEmptySpace()
  local.addStories([
    { fullSlug: 'people/ada', uuid: ada, content: { _uid: 'ada', component: 'person', name: 'Ada' } },
    { fullSlug: 'posts/', content: { _uid: 'posts', component: 'page' } },
    { fullSlug: 'posts/one', content: post('One') },
    { fullSlug: 'posts/two', content: post('Two') },
    { fullSlug: 'posts/alone', content: post('Alone', '') },
    { fullSlug: 'notes/three', content: post('Three') },
  ])
  return local
}

interface Setup extends SyncOptions {
  source?: StorySource
  visit?: Partial<Visit>
  env?: Record<string, string>
  options?: Partial<SiteOptions>
}

/** Makes a copy in a process of its own, and tells what that took. */
async function sync(local: LocalSpace, { source = posts, visit, env = environment, options, ...rest }: Setup = {}) {
  const { fetch, urls } = fetchFrom(local)
  const site = new Site({ env: (name) => env[name], dev: visit?.local ?? false, fetch, ...options })
  const result = await syncStories(site, { local: false, ...visit }, source, rest)
  return { ...result, slugs: slugsOf(result), requests: urls.length }
}

const slugsOf = ({ stories }: Sync) => stories.map(({ full_slug: slug }) => slug).toSorted()

/** Copies, lets something happen, and brings the copy up to date. */
async function change(happens: (local: LocalSpace) => void, setup: Setup = {}) {
  const local = createPosts()
  const { state: previous } = await sync(local, setup)
  happens(local)
  return sync(local, { ...setup, previous })
}

describe('a copy', () => {
  it('is made whole the first time, with the requests of its pages and one more', async () => {
    const local = createEmptySpace()
    local.addStories(numberedStories(60).map((story) => ({ ...story, fullSlug: `posts/${story.fullSlug}` })))
    const { kind, slugs, requests } = await sync(local)
    expect([kind, slugs.length, requests]).toEqual(['whole', 60, 4])
  })

  it('that is up to date costs one request', async () => {
    expect(await change(() => undefined)).toMatchObject({ kind: 'unchanged', requests: 1 })
  })

  it('takes one changed story for two requests and the space’s links', async () => {
    const { kind, slugs, requests } = await change((local) => {
      local.saveDraft('posts/one', post('One, again'))
      local.publish('posts/one')
    })
    expect([kind, slugs, requests]).toEqual(['partial', ['posts/one'], 3])
  })

  it('takes what is new', async () => {
    const added = { fullSlug: 'posts/four', content: post('Four') }
    expect(await change((local) => local.addStories([added]))).toMatchObject({ slugs: ['posts/four'], gone: [] })
  })

  it.each<[string, (local: LocalSpace) => void]>([
    ['unpublished', (local) => local.unpublish('posts/one')],
    ['deleted', (local) => local.delete('posts/one')],
    ['moved elsewhere', (local) => local.move('posts/one', 'notes/one')],
  ])('loses a story that was %s', async (_name, happens) => {
    const { kind, slugs, gone, state } = await change(happens)
    expect([kind, slugs, gone.length]).toEqual(['partial', [], 1])
    expect(Object.keys(state.stamps)).toHaveLength(2)
  })

  it('loses a story that became another content type', async () => {
    const { slugs, gone } = await change((local) => {
      local.saveDraft('posts/one', { _uid: 'one', component: 'page' })
      local.publish('posts/one')
    })
    expect([slugs, gone.length]).toEqual([[], 1])
  })

  it.each([
    ['notes/three', 'posts/three'],
    ['posts/one', 'posts/uno'],
  ])('takes a story that moved from %s to %s', async (from, to) => {
    expect(await change((local) => local.move(from, to))).toMatchObject({ slugs: [to], gone: [] })
  })

  it('takes the stories that show a related one that changed', async () => {
    const { slugs, stories } = await change((local) => {
      local.saveDraft('people/ada', { _uid: 'ada', component: 'person', name: 'Ada L.' })
      local.publish('people/ada')
    })
    expect(slugs).toEqual(['posts/one', 'posts/two'])
    expect(stories[0]?.content['author']).toMatchObject({ content: { name: 'Ada L.' } })
  })

  it('takes the stories whose related one went, and again when it comes back', async () => {
    const local = createPosts()
    const { state: first } = await sync(local)
    local.unpublish('people/ada')
    const without = await sync(local, { previous: first })
    expect(without.stories.map(({ content }) => content['author'])).toEqual([null, null])
    local.publish('people/ada')
    const back = await sync(local, { previous: without.state })
    expect(back.stories.map(({ content }) => content['author'])).toEqual([
      expect.objectContaining({ uuid: ada }),
      expect.objectContaining({ uuid: ada }),
    ])
  })

  it('takes the stories that link to one that moved', async () => {
    const linked = defineStories(defineSpace({ resolveLinks: 'url' }), { contentType: 'post', startsWith: 'posts/' })
    const link = { fieldtype: 'multilink', linktype: 'story', id: ada, url: '', cached_url: 'people/ada' }
    const local = createPosts()
    local.addStories([{ fullSlug: 'posts/linking', content: { ...post('Linking', ''), link } }])
    const { state: previous } = await sync(local, { source: linked })
    local.move('people/ada', 'people/lovelace')
    const { slugs } = await sync(local, { source: linked, previous })
    expect(slugs).toEqual(['posts/linking'])
  })

  it('takes a story whose page in another language’s folder moved', async () => {
    const group_id = '00000000-0000-4000-9000-000000000001'
    const about = (full_slug: string) => ({ slug: 'about', full_slug, group_id, content: post('About', '') })
    const local = createSpaceFrom([about('en/about'), about('de/about')], [])
    const inFolders = defineSpace({ languages: ['en', 'de'], translation: 'folders' })
    const english = defineStories(inFolders, { contentType: 'post', startsWith: 'en/' })
    const { state: previous, stories } = await sync(local, { source: english })
    expect(stories[0]?.alternates.map(({ href }) => href)).toEqual(['/en/about', '/de/about'])
    local.move('de/about', 'de/ueber-uns')
    const { slugs } = await sync(local, { source: english, previous })
    expect(slugs).toEqual(['en/about'])
  })

  it('asks for a story of another type in its folder once', async () => {
    const local = createPosts()
    const { state } = await sync(local)
    local.addStories([{ fullSlug: 'posts/about', content: { _uid: 'about', component: 'page' } }])
    const first = await sync(local, { previous: state })
    local.unpublish('notes/three')
    const second = await sync(local, { previous: first.state })
    expect([first.kind, first.requests, second.kind, second.requests]).toEqual(['unchanged', 3, 'unchanged', 2])
  })

  it('takes a story that comes to match the source, and one that was away while the copy was made', async () => {
    const featured = defineStories(space, {
      ...posts,
      filterQuery: { title: { in: ['One', 'Uno'] } },
      sortBy: undefined,
    })
    const local = createPosts()
    const { state } = await sync(local, { source: featured })
    local.publish('notes/three')
    const first = await sync(local, { source: featured, previous: state })
    local.saveDraft('posts/two', post('Uno'))
    local.publish('posts/two')
    const second = await sync(local, { source: featured, previous: first.state })
    expect([first.slugs, second.slugs]).toEqual([[], ['posts/two']])
  })

  it('among many stories of other types learns those once', async () => {
    const local = createEmptySpace()
    const other = numberedStories(60, 'page').map((story) => ({ ...story, fullSlug: `posts/${story.fullSlug}` }))
    const own = numberedStories(40).map((story) => ({ ...story, fullSlug: `posts/${story.fullSlug}` }))
    local.addStories([...other, ...own])
    const { state } = await sync(local)
    local.publish('posts/post-1')
    const first = await sync(local, { previous: state })
    local.publish('posts/post-2')
    const second = await sync(local, { previous: first.state })
    expect([first.kind, second.kind, second.requests]).toEqual(['whole', 'partial', 3])
  })

  it('of drafts takes what was saved, and costs the space’s links when nothing was', async () => {
    const editor: Setup = { visit: { local: true } }
    const local = createPosts()
    local.delete('posts/')
    const { state: previous } = await sync(local, editor)
    expect(await sync(local, { ...editor, previous })).toMatchObject({ kind: 'unchanged', requests: 1 })
    const { slugs } = await change((local) => local.saveDraft('posts/two', post('Two, again')), editor)
    expect(slugs).toEqual(['posts/two'])
  })

  it.each<[string, Setup]>([
    ['another version', { visit: { local: true } }],
    ['another token', { env: { ...environment, STORYBLOK_PUBLIC_TOKEN: tokens.preview, STORYBLOK_PREVIEW_TOKEN: '' } }],
    ['another language', { language: 'de', source: inTwoLanguages }],
    ['another option', { salt: 'ids by UUID' }],
    ['other stories', { source: defineStories(space, { contentType: 'post', startsWith: 'notes/' }) }],
    ['other relations', { source: defineStories(defineSpace(), { contentType: 'post', startsWith: 'posts/' }) }],
    ['another space', { env: { ...environment, STORYBLOK_SPACE_ID: '100002' } }],
  ])('of %s is made anew', async (_name, setup) => {
    const local = createPosts()
    const { state: previous } = await sync(local)
    expect((await sync(local, { ...setup, previous })).kind).toBe('whole')
    // The same again is not.
    expect((await sync(local, { previous })).kind).toBe('unchanged')
  })

  it('is made anew when most of it changed, since that is no slower', async () => {
    const local = createEmptySpace()
    local.addStories(numberedStories(60).map((story) => ({ ...story, fullSlug: `posts/${story.fullSlug}` })))
    const { state: previous } = await sync(local)
    for (const { fullSlug } of numberedStories(40)) local.publish(`posts/${fullSlug}`)
    expect((await sync(local, { previous })).kind).toBe('whole')
  })

  it('holds no token, nor content', async () => {
    const { state } = await sync(createPosts())
    const text = JSON.stringify(state satisfies SyncState)
    expect(Object.values(tokens).filter((token) => text.includes(token))).toEqual([])
    expect(text).not.toContain('Alone')
  })

  it('tells how far it came', async () => {
    const local = createEmptySpace()
    local.addStories(numberedStories(60).map((story) => ({ ...story, fullSlug: `posts/${story.fullSlug}` })))
    const told: unknown[] = []
    await sync(local, { onProgress: (progress) => told.push(progress) })
    expect(told.at(-1)).toEqual({ read: 60, total: 60 })
  })

  it('fails as a whole when Storyblok does, and the copy can stay', async () => {
    const local = createPosts()
    const { state: previous } = await sync(local)
    local.publish('posts/one')
    const down = { fetch: () => Promise.reject(new Error('down')), attempts: 1 }
    await expect(sync(local, { previous, options: down })).rejects.toMatchObject({ code: 'KB_UPSTREAM_FAILED' })
    expect((await sync(local, { previous })).slugs).toEqual(['posts/one'])
  })

  it('in a language with translated slugs stays up to date', async () => {
    const story = {
      slug: 'hello',
      full_slug: 'posts/hello',
      content: post('Hello', ''),
      translated_slugs: [{ lang: 'de', path: 'posts/hallo', name: 'Hallo', published: true }],
    }
    const local = createSpaceFrom([story], ['de'])
    const setup: Setup = { language: 'de', source: inTwoLanguages }
    const { state: previous } = await sync(local, setup)
    local.addStories([{ fullSlug: 'other', content: { _uid: 'o', component: 'page' } }])
    expect(await sync(local, { ...setup, previous })).toMatchObject({ kind: 'unchanged', requests: 2 })
  })
})
