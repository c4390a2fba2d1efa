import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LocalSpace } from '@keyblok/space'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Site } from '../site.js'
import type { SiteOptions } from '../site.js'
import { createEmptySpace, environment, fetchFrom, numberedStories } from '../test-support.js'
import { createBuildStore } from './build-store.js'
import { defineStories } from './source.js'
import { defineSpace } from './space.js'

const posts = defineStories(defineSpace(), { contentType: 'post' })

function createPosts(count: number): LocalSpace {
  const local = createEmptySpace()
  local.addStories(numberedStories(count))
  return local
}

/** One process of a build. */
function openProcess(local: LocalSpace, options: Partial<SiteOptions> = {}) {
  const recording = fetchFrom(local)
  const site = new Site({ env: (name) => environment[name], dev: false, fetch: recording.fetch, ...options })
  const reads = () => recording.urls.filter(({ searchParams }) => searchParams.has('cv')).length
  return { storyblok: site.visit({ local: false, building: true }), reads, urls: recording.urls }
}

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-build-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const filesIn = (folder: string) =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

describe('a build', () => {
  it('reads a source once, for all of its stories and its list', async () => {
    const { storyblok, urls } = openProcess(createPosts(100))
    const stories = await Promise.all(numberedStories(100).map(({ fullSlug }) => storyblok.story(posts, fullSlug)))
    expect(stories.map((story) => story?.content['number'])).toEqual(numberedStories(100).map((_, index) => index + 1))
    expect(await storyblok.all(posts)).toHaveLength(100)
    expect(await storyblok.story(posts, 'nowhere')).toBeNull()
    // The question for the cache version, and four pages of 25.
    expect(urls).toHaveLength(5)
  })

  it('renders a story as soon as its page was read', async () => {
    const { fetch } = fetchFrom(createPosts(200))
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const slow: typeof fetch = async (input, init) => {
      if (Number(new URL(input).searchParams.get('page')) > 2) await held
      return fetch(input, init)
    }
    const { storyblok } = openProcess(createPosts(0), { fetch: slow })
    const late = storyblok.story(posts, 'post-190')
    expect((await storyblok.story(posts, 'post-3'))?.content['number']).toBe(3)
    release()
    expect((await late)?.content['number']).toBe(190)
  })

  it('fails with its read, and asks again the next time', async () => {
    const { fetch } = fetchFrom(createPosts(30))
    let down = true
    const failing: typeof fetch = (input, init) => {
      const page = new URL(input).searchParams.get('page')
      return down && page === '2' ? Promise.resolve(new Response('{}', { status: 400 })) : fetch(input, init)
    }
    const { storyblok } = openProcess(createPosts(0), { fetch: failing })
    await expect(storyblok.story(posts, 'post-30')).rejects.toMatchObject({ code: 'KB_PARAMETER_INVALID' })
    down = false
    expect(await storyblok.story(posts, 'post-30')).not.toBeNull()
  })

  it('reads once for all of its processes, and for the next build when nothing changed', async () => {
    const local = createPosts(60)
    const folder = createFolder()
    const processes = [1, 2].map(() => openProcess(local, { buildStores: { published: createBuildStore(folder) } }))
    for (const { storyblok } of processes) {
      await storyblok.all(posts)
      expect(await storyblok.story(posts, 'post-7')).toMatchObject({ href: '/post-7' })
    }
    expect(processes.map(({ reads }) => reads())).toEqual([3, 0])
    expect(processes[1]!.urls).toHaveLength(1)

    local.publish('post-1')
    const next = openProcess(local, { buildStores: { published: createBuildStore(folder) } })
    await next.storyblok.all(posts)
    expect(next.reads()).toBe(3)
  })

  it('keeps drafts apart, and no token anywhere', async () => {
    const local = createPosts(3)
    local.addStories([
      { fullSlug: 'secret', published: false, content: { _uid: 's', component: 'post', text: 'unpublished' } },
    ])
    const folders = { published: createFolder(), draft: createFolder() }
    const buildStores = { published: createBuildStore(folders.published), draft: createBuildStore(folders.draft) }
    const staging = { ...environment, STORYBLOK_ENVIRONMENT: 'staging' }
    const drafts = openProcess(local, { env: (name) => staging[name as keyof typeof staging], buildStores })
    expect(await drafts.storyblok.story(posts, 'secret')).not.toBeNull()
    await drafts.storyblok.all(posts)

    const visitors = openProcess(local, { buildStores })
    expect(await visitors.storyblok.story(posts, 'secret')).toBeNull()
    await visitors.storyblok.all(posts)

    expect(filesIn(folders.draft)).toContain('unpublished')
    expect(filesIn(folders.published)).not.toContain('unpublished')
    expect(filesIn(folders.published)).toContain('post-1')
    expect(filesIn(folders.published) + filesIn(folders.draft)).not.toMatch(/fake[A-Z]{5,}/)
  })

  it('goes on with a store that is broken', async () => {
    const { storyblok } = openProcess(createPosts(3), { buildStores: { published: createBuildStore('/dev/null/no') } })
    expect(await storyblok.all(posts)).toHaveLength(3)
  })
})
