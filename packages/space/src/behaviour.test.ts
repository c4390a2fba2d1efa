import { describe, expect, it } from 'vitest'
import type { Behaviour } from './behaviour.js'
import { documentedBehaviour } from './behaviour.js'
import type { LocalSpace } from './local-space.js'
import { ask, createSpace, demoContent, managementOf, tokens } from './test-support.js'

/** What is asked, and what comes of it: as documented, and with the other behaviour. */
interface Case {
  other: Partial<Behaviour>
  observe(space: LocalSpace): Promise<unknown>
  documented: unknown
  otherwise: unknown
}

const year = 365 * 24 * 60 * 60 * 1000
const now = new Date('2026-05-01T10:00:00.000Z')

const cases: Record<keyof Behaviour, Case> = {
  publicDraft: {
    other: { publicDraft: 'published' },
    observe: async (space) => (await ask(space, 'stories/about', { token: tokens.public, cv: '99999999999' })).status,
    documented: 401,
    otherwise: 200,
  },
  omittedVersion: {
    other: { omittedVersion: 'draft' },
    observe: async (space) => {
      const url = `http://space.test/v2/cdn/stories/membership?token=${tokens.preview}&cv=99999999999`
      return (await space.fetch(new Request(url))).status
    },
    documented: 404,
    otherwise: 200,
  },
  relationLimit: {
    other: { relationLimit: 1 },
    observe: async (space) =>
      (await ask(space, 'stories/home', { resolve_relations: 'featured.articles' })).body.rels.length,
    documented: 3,
    otherwise: 0,
  },
  linkLimits: {
    other: { linkLimits: { story: 0, url: 0, link: 0 } },
    observe: async (space) => (await ask(space, 'stories/home', { resolve_links: 'url' })).body.link_uuids?.length > 0,
    documented: false,
    otherwise: true,
  },
  oldCacheVersion: {
    other: { oldCacheVersion: 'answer' },
    observe: async (space) => (await ask(space, 'stories/home', { version: 'published', cv: '1700000000' })).status,
    documented: 301,
    otherwise: 200,
  },
  excessivePerPage: {
    other: { excessivePerPage: 'refuse' },
    observe: async (space) => (await ask(space, 'stories', { per_page: '101' })).status,
    documented: 200,
    otherwise: 422,
  },
  pagedLinks: {
    other: { pagedLinks: 'onRequest' },
    observe: async (space) => Object.keys((await ask(space, 'links')).body.links).length,
    documented: 25,
    otherwise: 66,
  },
  unpublishedAlternates: {
    other: { unpublishedAlternates: 'leftOut' },
    observe: async (space) => {
      const call = managementOf(space)
      const { group_id: group } = (await call('GET', 'stories/5014')).body.story
      const story = { name: 'Über', slug: 'ueber', group_id: group, content: { component: 'page' } }
      await call('POST', 'stories', { story })
      const query = { token: tokens.public, version: 'published', cv: '99999999999' }
      return (await ask(space, 'stories/about', query)).body.story.alternates.length
    },
    documented: 1,
    otherwise: 0,
  },
  translatedSlugPublished: {
    other: { translatedSlugPublished: 'date' },
    observe: async (space) => typeof (await ask(space, 'stories/about')).body.story.translated_slugs[0].published,
    documented: 'boolean',
    otherwise: 'string',
  },
  retryAfter: {
    other: { retryAfter: false },
    observe: async (space) => {
      space.setTime(now)
      for (let request = 0; request < 6; request++) await ask(space, 'stories', { per_page: '100' })
      return (await ask(space, 'stories', { per_page: '100' })).headers.get('retry-after')
    },
    documented: '1',
    otherwise: null,
  },
  wrapApiKeys: {
    other: { wrapApiKeys: false },
    observe: async (space) =>
      Object.keys((await managementOf(space)('POST', 'api_keys', { api_key: { access: 'public' } })).body).includes(
        'api_key',
      ),
    documented: true,
    otherwise: false,
  },
  personalTokenLife: {
    other: { personalTokenLife: 'forever' },
    observe: async (space) => {
      space.setTime(now)
      const token = { name: 'ci', scopes: ['stories:read'] }
      return (await managementOf(space)('POST', '/personal_access_tokens', token)).body.expires_at
    },
    documented: new Date(now.getTime() + year).toISOString(),
    otherwise: null,
  },
  legacyTokensUntil: {
    other: { legacyTokensUntil: null },
    observe: async (space) => {
      const call = managementOf(space)
      space.setTime(now)
      const { token } = (await call('POST', '/tokens', { name: 'old' })).body
      const use = async () => (await call('GET', 'stories', undefined, token.key)).status
      const before = await use()
      space.setTime(new Date('2026-12-01T00:00:00.000Z'))
      return [before, await use()]
    },
    documented: [200, 401],
    otherwise: [200, 200],
  },
  webhookRetries: {
    other: { webhookRetries: 1 },
    observe: async (space) => {
      const call = managementOf(space)
      const endpoint = { name: 'Site', endpoint: 'http://127.0.0.1:1/hook', actions: ['story.published'] }
      await call('POST', 'webhook_endpoints', { webhook_endpoint: endpoint })
      space.publish('about')
      await space.webhooksSettled()
      return (await call('GET', 'webhook_logs')).body.webhook_logs[0].retries
    },
    documented: 0,
    otherwise: 1,
  },
  storyOutsideScope: {
    other: { storyOutsideScope: 'unauthorized' },
    observe: async (space) => {
      const key = { access: 'private', story_ids: [5014] }
      const { body } = await managementOf(space)('POST', 'api_keys', { api_key: key })
      return (await ask(space, 'stories/home', { token: body.api_key.token })).status
    },
    documented: 404,
    otherwise: 401,
  },
}

describe('what Storyblok’s documents leave open', () => {
  it.each(Object.entries(cases))('is answered as documented, and otherwise on request: %s', async (_name, entry) => {
    const create = (behaviour: Partial<Behaviour>) =>
      createSpace({ content: demoContent, behaviour, rateLimit: entry === cases.retryAfter })
    expect(await entry.observe(create({}))).toEqual(entry.documented)
    expect(await entry.observe(create(entry.other))).toEqual(entry.otherwise)
  })

  it('has a case for every option', () => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(documentedBehaviour).toSorted())
  })
})
