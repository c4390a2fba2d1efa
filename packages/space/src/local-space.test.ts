import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLocalSpace } from './local-space.js'
import { ask, askPublished, createFolder, createSpace, demoContent, tokens } from './test-support.js'

describe('a local space', () => {
  it('can be empty', async () => {
    const space = createSpace({})
    expect((await ask(space, 'stories')).body.stories).toEqual([])
    expect((await ask(space, 'links')).body.links).toEqual({})
    expect((await ask(space, 'stories/home')).status).toBe(404)
  })

  it('makes up tokens of its own, one of each kind', async () => {
    const [one, other] = [createLocalSpace(), createLocalSpace()]
    for (const space of [one, other]) onTestFinished(() => space.close())
    expect(one.tokens.public).toMatch(/^[0-9A-Za-z]{22}tt$/)
    expect(new Set([...Object.values(one.tokens), ...Object.values(other.tokens)]).size).toBe(10)
    expect((await ask(one, 'stories', { token: one.tokens.preview })).status).toBe(200)
    expect((await ask(one, 'stories', { token: other.tokens.preview })).status).toBe(401)
  })

  it('keeps its content and tokens in a file', async () => {
    const data = join(createFolder({}), 'space.sqlite')
    const first = createLocalSpace({ content: demoContent, data })
    first.publish('membership')
    const kept = first.tokens
    first.close()
    const second = createLocalSpace({ content: demoContent, data })
    onTestFinished(() => second.close())
    expect(second.tokens).toEqual(kept)
    const answer = await ask(second, 'stories/membership', {
      token: kept.public,
      version: 'published',
      cv: '99999999999',
    })
    expect(answer.status).toBe(200)
  })

  it('listens on this machine, and on the next port when one is taken', async () => {
    const space = createSpace()
    const first = await space.listen()
    const second = await space.listen({ port: first.port })
    onTestFinished(async () => {
      await first.close()
      await second.close()
    })
    expect(second.port).toBeGreaterThan(first.port)
    for (const { url } of [first, second]) {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      expect((await fetch(`${url}/v2/cdn/spaces/me?token=${tokens.public}`)).status).toBe(200)
    }
  })

  it('tells people who open it what it is, and no token', async () => {
    const page = await (await createSpace().fetch(new Request('http://space.test/'))).text()
    expect(page).toContain('Chalkline')
    expect(page).toContain('60 stories')
    for (const token of Object.values(tokens)) expect(page).not.toContain(token)
  })

  it('closes although a client stays connected', async () => {
    const listener = await createSpace().listen()
    const client = request(listener.url, { headers: { connection: 'keep-alive' } })
    await new Promise((resolve) => client.once('response', resolve).end())
    await expect(listener.close()).resolves.toBeUndefined()
  })

  it('ends its servers when it is closed', async () => {
    const space = createSpace()
    const { url } = await space.listen()
    space.close()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('refuses what it does not understand', () => {
    expect(() => createLocalSpace({ behaviour: { nope: 1 } as never })).toThrow(
      'There is no behaviour nope. There are: publicDraft',
    )
    const space = createSpace()
    expect(() => space.setTime('soon' as never)).toThrow('A time is a valid Date')
    expect(() => space.setTime(new Date('soon'))).toThrow('A time is a valid Date')
    const folder = createFolder({ 'notes.txt': 'mine' })
    expect(() => space.export(folder)).toThrow('is not empty')
  })

  it('deletes and moves stories, and saves drafts', async () => {
    const space = createSpace()
    const cv = async () => (await ask(space, 'spaces/me')).body.space.version
    const before = await cv()
    expect(space.saveDraft('about', { _uid: 'u', component: 'page', title: 'New' })).toBe(true)
    expect(await cv()).toBe(before)
    expect((await ask(space, 'stories/about')).body.story.content.title).toBe('New')
    expect((await askPublished(space, 'stories/about')).body.story.content.title).not.toBe('New')
    expect(space.move('about', 'articles/about')).toBe(true)
    expect((await ask(space, 'stories/articles/about')).body.story).toMatchObject({ slug: 'about', parent_id: 5001 })
    expect(space.delete('articles/about')).toBe(true)
    expect((await ask(space, 'stories/articles/about')).status).toBe(404)
    expect(await cv()).toBeGreaterThan(before + 1)
    expect([space.delete('x'), space.move('x', 'y'), space.saveDraft('x', { _uid: 'u', component: 'p' })]).toEqual(
      Array(3).fill(false),
    )
  })
})
