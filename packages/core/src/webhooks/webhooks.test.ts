import { createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { Site } from '../site.js'
import { defineStories } from '../stories/source.js'
import { defineSpace } from '../stories/space.js'
import { createSpace, environment, fetchFrom } from '../test-support.js'
import { Secret } from '../tokens/secret.js'
import { answerWebhook } from './answer-webhook.js'
import { readWebhook } from './read-webhook.js'
import type { WebhookOptions } from './read-webhook.js'

const secret = new Secret('fake-webhook-secret', 'webhook')
const published = {
  text: 'The user published the Story Home (home)',
  action: 'published',
  space_id: 100001,
  story_id: 5001,
  full_slug: 'home',
}

const sign = (body: string, key = secret.reveal()) => createHmac('sha1', key).update(body).digest('hex')

function request(body: string, headers: Record<string, string> = { 'webhook-signature': sign(body) }): Request {
  return new Request('https://site.example/hook', { method: 'POST', body, headers })
}

const read = (body: unknown, headers?: Record<string, string>, options: Partial<WebhookOptions> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return readWebhook(request(text, headers), { secret, ...options })
}

describe('readWebhook', () => {
  it('reads an event that Storyblok signed', async () => {
    const body = JSON.stringify(published)
    const headers = { 'webhook-signature': sign(body), 'x-storyblok-topic': 'story.published' }
    expect(await read(body, headers, { spaceId: 100001 })).toEqual({
      topic: 'story.published',
      action: 'published',
      spaceId: 100001,
      storyId: 5001,
      fullSlug: 'home',
      text: published.text,
    })
  })

  it.each([
    [{ ...published, action: 'moved' }, 'story.moved'],
    [{ text: '', action: 'entries_updated', space_id: 1, datasource_slug: 'colors' }, 'entries_updated'],
    [{ text: '', action: 'release_merged', space_id: 1, release_id: 7 }, 'release_merged'],
  ])('tells the topic without its header, case %#', async (body, topic) => {
    expect((await read(body)).topic).toBe(topic)
  })

  it('reads the body as it was sent, spaces and letters beyond ASCII included', async () => {
    expect((await read('{ "action":"published",\n "space_id": 1, "text": "Ünï" }')).text).toBe('Ünï')
  })

  it.each([
    ['no signature', {}],
    ['an empty signature', { 'webhook-signature': '' }],
    ['a signature of another secret', { 'webhook-signature': sign(JSON.stringify(published), 'other') }],
    ['an upper-case signature', { 'webhook-signature': sign(JSON.stringify(published)).toUpperCase() }],
    ['a truncated signature', { 'webhook-signature': sign(JSON.stringify(published)).slice(0, 39) }],
    ['a signature of another body', { 'webhook-signature': sign('{}') }],
  ])('refuses %s', async (_name, headers) => {
    await expect(read(published, headers)).rejects.toMatchObject({ code: 'KB_WEBHOOK_REFUSED' })
  })

  it.each(['', 'null', '[]', '{"action":"published"}', '{"action":1,"space_id":1}', '{"space_id":1}', '{'])(
    'refuses what is no event: %s',
    async (body) => {
      await expect(read(body)).rejects.toMatchObject({ code: 'KB_WEBHOOK_REFUSED' })
    },
  )

  it('refuses another space’s event', async () => {
    await expect(read(published, undefined, { spaceId: 100002 })).rejects.toMatchObject({ code: 'KB_WEBHOOK_REFUSED' })
  })

  it('refuses everything without a secret', async () => {
    const options = { secret: new Secret('', 'webhook') }
    const headers = { 'webhook-signature': createHmac('sha1', '').update('{}').digest('hex') }
    await expect(read('{}', headers, options)).rejects.toThrow('No secret is configured')
  })

  it('refuses a body without end', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
    })
    const init = { method: 'POST', body: endless, duplex: 'half' }
    const reading = readWebhook(new Request('https://site.example/hook', init as RequestInit), { secret })
    await expect(reading).rejects.toThrow('It is too long.')
  })

  it('tells nothing of the secret', async () => {
    const error = await read(published, {}).catch(String)
    expect(error).not.toContain(secret.reveal())
  })
})

describe('answerWebhook', () => {
  const publishedBody = JSON.stringify(published)

  function open(env: Record<string, string> = { ...environment, STORYBLOK_WEBHOOK_SECRET: secret.reveal() }) {
    const local = createSpace()
    const site = new Site({ env: (name) => env[name], dev: false, fetch: fetchFrom(local).fetch })
    const find = () => site.visit({ local: false }).story(defineStories(defineSpace()), 'membership')
    return { local, site, find }
  }

  it('makes what is published show', async () => {
    const { local, site, find } = open()
    expect(await find()).toBeNull()
    local.publish('membership')
    const response = await answerWebhook(site, request(publishedBody))
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(await find()).not.toBeNull()
  })

  it.each([
    ['a signature that is wrong', undefined, { 'webhook-signature': 'x' }],
    ['no secret', { ...environment }, undefined],
    [
      'another space',
      { ...environment, STORYBLOK_SPACE_ID: '7', STORYBLOK_WEBHOOK_SECRET: secret.reveal() },
      undefined,
    ],
  ])('refuses with %s, and forgets nothing', async (_name, env, headers) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { local, site, find } = open(env)
    await find()
    local.publish('membership')
    expect((await answerWebhook(site, request(publishedBody, headers))).status).toBe(401)
    expect(await find()).toBeNull()
    expect(warn.mock.calls.join()).not.toContain(secret.reveal())
    warn.mockRestore()
  })
})
