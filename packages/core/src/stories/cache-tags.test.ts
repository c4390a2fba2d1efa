import { createHmac } from 'node:crypto'
import type { LocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { Site } from '../site.js'
import { createEmptySpace, createSpace, environment, fetchFrom } from '../test-support.js'
import { answerWebhook } from '../webhooks/answer-webhook.js'
import { CacheTags } from './cache-tags.js'
import type { Storyblok } from './reader.js'
import { defineStories } from './source.js'
import { tagsOfChanges } from './space-changes.js'
import { defineSpace } from './space.js'

const secret = 'fakeWEBHOOKfakeWEBHOOKtt'
const space = defineSpace({ resolveRelations: ['post.author'] })
const posts = defineStories(space, { contentType: 'post', startsWith: 'posts/' })
const people = defineStories(space, { contentType: 'person', startsWith: 'people/' })
const all = defineStories(space)

const ada = '00000000-0000-4000-8000-0000000000aa'
const post = (title: string, author = '') => ({ _uid: title, component: 'post', title, author })

function createPosts(): LocalSpace {
  const local = createEmptySpace()
  local.addStories([
    { fullSlug: 'people/ada', uuid: ada, content: { _uid: 'ada', component: 'person', name: 'Ada' } },
    { fullSlug: 'posts/one', content: post('One', ada) },
    { fullSlug: 'posts/two', content: post('Two') },
  ])
  return local
}

/** The pages of a site, by what they read. */
const pages: Record<string, (storyblok: Storyblok) => Promise<unknown>> = {
  one: (storyblok) => storyblok.story(posts, 'one'),
  'one by uuid': async (storyblok) => {
    const story = await storyblok.story(posts, 'one')
    await storyblok.story(posts, { uuid: story?.uuid ?? ada })
  },
  two: (storyblok) => storyblok.story(posts, 'two'),
  ada: (storyblok) => storyblok.story(people, 'ada'),
  'list of posts': (storyblok) => storyblok.stories(posts, { perPage: 1 }),
  'all posts': (storyblok) => storyblok.all(posts),
  'each post': async (storyblok) => {
    for await (const story of storyblok.each(posts)) expect(story.content.component).toBe('post')
  },
  'list of people': (storyblok) => storyblok.all(people),
  'list of everything': (storyblok) => storyblok.all(all),
  navigation: (storyblok) => storyblok.links(space),
  missing: (storyblok) => storyblok.story(posts, 'nowhere'),
}

/** Reads every page, lets something happen, and tells which pages its webhook drops. */
async function dropped(happens: (local: LocalSpace) => void, event: Record<string, unknown>): Promise<string[]> {
  const local = createPosts()
  const env = { ...environment, STORYBLOK_SPACE_ID: '', STORYBLOK_WEBHOOK_SECRET: secret } as Record<string, string>
  const site = new Site({ env: (name) => env[name] || undefined, dev: false, fetch: fetchFrom(local).fetch })
  const tags = new Map<string, string[]>()
  const ids = new Map<string, number>()
  for (const [name, read] of Object.entries(pages)) {
    const storyblok = site.visit({ local: false })
    await read(storyblok)
    tags.set(name, storyblok.journal.tags)
    for (const { id, full_slug: slug } of storyblok.journal.stories) ids.set(slug, id)
  }
  happens(local)
  const body = JSON.stringify({ space_id: 1, story_id: ids.get(event['full_slug'] as string), ...event })
  const headers = { 'webhook-signature': createHmac('sha1', secret).update(body).digest('hex') }
  const invalid: string[] = []
  const request = new Request('https://site.example/hook', { method: 'POST', body, headers })
  const answer = await answerWebhook(site, request, {
    invalidate: async (names) => void invalid.push(...names),
  })
  expect(answer.status).toBe(200)
  return pagesWith(tags, invalid)
}

const pagesWith = (tags: ReadonlyMap<string, string[]>, invalid: readonly string[]) =>
  [...tags].filter(([, names]) => names.some((name) => invalid.includes(name))).map(([page]) => page)

/** Reads every page, lets something happen, and tells which pages the difference drops. */
async function differing(happens: (local: LocalSpace) => void, local = createPosts()): Promise<string[]> {
  const site = new Site({ env: (name) => environment[name], dev: false, fetch: fetchFrom(local).fetch })
  const tags = new Map<string, string[]>()
  for (const [name, read] of Object.entries(pages)) {
    const storyblok = site.visit({ local: false })
    await read(storyblok)
    tags.set(name, storyblok.journal.tags)
  }
  const links = () => site.visit({ local: false }).links(space, { includeDates: true })
  const before = await links()
  happens(local)
  await site.refresh()
  return pagesWith(tags, tagsOfChanges('STORYBLOK', before, await links()))
}

const lists = ['list of posts', 'all posts', 'each post', 'list of everything']

describe('a webhook drops', () => {
  it('the pages that show the story, and those that list its folder', async () => {
    const publish = (local: LocalSpace): void => {
      local.saveDraft('posts/two', post('Two, again'))
      local.publish('posts/two')
    }
    const event = { action: 'published', full_slug: 'posts/two' }
    expect(await dropped(publish, event)).toEqual(['two', ...lists, 'navigation', 'missing'])
  })

  it('the pages that show the story in another', async () => {
    const pagesOfAda = await dropped((local) => local.publish('people/ada'), {
      action: 'published',
      full_slug: 'people/ada',
    })
    expect(pagesOfAda).toEqual([
      'one',
      'one by uuid',
      'ada',
      ...lists.slice(0, 3),
      'list of people',
      'list of everything',
      'navigation',
      'missing',
    ])
  })

  it('the page that said there is none when one comes', async () => {
    const added = (local: LocalSpace): void =>
      local.addStories([{ fullSlug: 'posts/nowhere', content: post('Nowhere') }])
    const event = { action: 'published', full_slug: 'posts/nowhere', story_id: 99 }
    expect(await dropped(added, event)).toEqual([...lists, 'navigation', 'missing'])
  })

  it('everything when a story moved, or a release was merged', async () => {
    const everything = Object.keys(pages)
    const moved = { action: 'moved', full_slug: 'posts/zwei' }
    expect(await dropped((local) => local.move('posts/two', 'posts/zwei'), moved)).toEqual(everything)
    expect(await dropped(() => undefined, { action: 'merged', release_id: 1 })).toEqual(everything)
  })

  it.each(['asset.created', 'workflow.changed', 'user.added'])('nothing when it is not about content: %s', (topic) => {
    expect(new CacheTags('STORYBLOK').ofEvent({ topic, action: '', spaceId: 1, text: '', storyId: 1 })).toEqual([])
  })

  it('the pages that show a datasource', async () => {
    const site = new Site({ env: (name) => environment[name], dev: false, fetch: fetchFrom(createSpace()).fetch })
    const storyblok = site.visit({ local: false })
    await storyblok.datasource(space, 'rocks')
    const event = { topic: 'datasource.entries_updated', action: 'entries_updated', spaceId: 1, text: '' }
    const tags = new CacheTags('STORYBLOK')
    expect(storyblok.journal.tags).toContain(tags.ofEvent({ ...event, datasourceSlug: 'rocks' })[0])
    expect(storyblok.journal.tags).not.toContain(tags.ofEvent({ ...event, datasourceSlug: 'ropes' })[0])
  })
})

describe('what became of the stories drops', () => {
  it('no navigation for what was only published again', async () => {
    expect(await differing((local) => local.publish('posts/two'))).toEqual(['two', ...lists, 'missing'])
  })

  it('all that several changes make old, whoever told of them', async () => {
    const pagesOfBoth = await differing((local) => {
      local.publish('posts/two')
      local.unpublish('people/ada')
    })
    expect(pagesOfBoth).toEqual(Object.keys(pages))
  })

  it('what shows a story that moved, and the lists of both folders', async () => {
    const moved = await differing((local) => local.move('posts/two', 'people/two'))
    expect(moved).toEqual([
      'two',
      ...lists.slice(0, 3),
      'list of people',
      'list of everything',
      'navigation',
      'missing',
    ])
  })

  it('a page whose story misses another, once that comes', async () => {
    const local = createPosts()
    local.unpublish('people/ada')
    expect(await differing((space) => space.publish('people/ada'), local)).toContain('one')
  })

  it('the list of a folder that was empty', async () => {
    const local = createPosts()
    for (const slug of ['posts/one', 'posts/two']) local.delete(slug)
    expect(
      await differing((space) => space.addStories([{ fullSlug: 'posts/new', content: post('New') }]), local),
    ).toContain('each post')
  })

  it('nothing where nothing changed', async () => {
    expect(await differing(() => undefined)).toEqual([])
  })
})

describe('the tags of a page', () => {
  it('can be sent as a header', async () => {
    const local = createEmptySpace()
    local.addStories([{ fullSlug: 'größe, und/a', content: post('A') }])
    const site = new Site({ env: (name) => environment[name], dev: false, fetch: fetchFrom(local).fetch })
    const storyblok = site.visit({ local: false })
    await storyblok.all(defineStories(space, { startsWith: 'größe, und' }))
    const { tags } = storyblok.journal
    expect(tags.length).toBeGreaterThan(1)
    expect(tags.filter((tag) => !/^[!-+\--~]+$/.test(tag))).toEqual([])
  })

  it('are few, however much it shows', async () => {
    const local = createEmptySpace()
    const uuids = Array.from(
      { length: 150 },
      (_, index) => `0000000b-0000-4000-8000-${String(index).padStart(12, '0')}`,
    )
    const authors = uuids.map((uuid, index) => ({ fullSlug: `people/${index}`, uuid, content: post('Somebody') }))
    local.addStories([...authors, { fullSlug: 'posts/all', content: { ...post('All'), author: uuids } }])
    const site = new Site({ env: (name) => environment[name], dev: false, fetch: fetchFrom(local).fetch })
    const storyblok = site.visit({ local: false })
    const story = await storyblok.story(posts, 'all')
    expect(story?.content['author']).toHaveLength(150)
    expect(storyblok.journal.tags.length).toBeLessThan(10)
    expect(storyblok.journal.tags).toContain('storyblok:stories')
  })
})
