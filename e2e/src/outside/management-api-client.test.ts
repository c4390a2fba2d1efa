import { createManagementApiClient } from '@storyblok/management-api-client'
import { describe, expect, it } from 'vitest'
import { serveDemoSpace } from '../support/space.ts'
import { tokens } from '../support/tokens.ts'

async function open(personalAccessToken: string) {
  const { space, listener } = await serveDemoSpace()
  return {
    space,
    listener,
    client: createManagementApiClient({ personalAccessToken, spaceId: space.id, baseUrl: listener.url }),
  }
}

describe('@storyblok/management-api-client', () => {
  it('reads stories, components and datasources', async () => {
    const { client } = await open(tokens.personal)
    const stories = await client.stories.list({ query: { story_only: true, per_page: 100 } })
    expect(stories.error).toBeUndefined()
    expect(stories.data?.stories?.some((story) => story.full_slug === 'home')).toBe(true)
    const components = await client.components.list({})
    expect(components.data?.components?.map(({ name }) => name)).toContain('article')
    const { data } = await client.spaces.get()
    expect(data?.space?.name).toBe('Chalkline')
  })

  it('creates, changes, publishes and deletes a story', async () => {
    const { client, listener } = await open(tokens.personal)
    const content = { _uid: 'u1', component: 'page', seo_title: 'Made outside' }
    const created = await client.stories.create({
      body: { story: { name: 'Made outside', slug: 'made-outside', content } },
    })
    const id = created.data?.story?.id ?? 0
    expect(id).toBeGreaterThan(0)
    const changed = await client.stories.update(id, {
      body: { story: { name: 'Changed outside', content } },
    })
    expect(changed.data?.story?.name).toBe('Changed outside')
    expect((await client.stories.publish(id, {})).error).toBeUndefined()
    const query = new URLSearchParams({ token: tokens.public, version: 'published' })
    const read = () => fetch(`${listener.url}/v2/cdn/stories/made-outside?${query}`)
    expect((await read()).status).toBe(200)
    expect((await client.stories.delete(id, {})).error).toBeUndefined()
    expect((await read()).status).toBe(404)
  })

  it('is refused with a token that is none', async () => {
    const { client } = await open('sb_pat_obviously-fake')
    const { response, error } = await client.stories.list({})
    expect(response.status).toBe(401)
    expect(error).toBeDefined()
  })
})
